import type { ExitReason } from '@sos/domain';
import type { MarketQuote } from './limit-chase/market-quote.js';
import { adverseWalk, fallAfterTouch, standingPrice, type MarketSpan } from '../simulation/market-span.js';
import { quoteAt } from '../simulation/simulated-order.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import type { BelievedRow } from './believed-row.js';
import { closePosition } from './close-position.js';
import { bookOfRow, marketOf, minuteOf, standingQuote, walkOfRow } from './row-market.js';

interface RowPrices {
  readonly row: number;
  readonly prices: BelievedRow;
}

/** A level that the row reached. */
export interface Touch extends RowPrices {
  /** Instant from which the row counts for the position. */
  readonly from: number;
  /** The open when the row began beyond the level, else the level. */
  readonly price: number;
}

/** The resting stop triggers where the walk against the position meets it; whatever its limit does not sell is chased. */
export function stopOut(turn: Turn, position: Position, touch: Touch & { readonly isAmbiguous: boolean }): void {
  const { series, fills, target, stop } = position;
  const { row, prices, from, price, isAmbiguous } = touch;
  const at = { series, row };
  const isGap = price !== stop || prices.open <= stop;
  begin(position, {
    reason: position.stopMoved ? 'break-even' : 'stop',
    detail: isGap ? 'opened beyond the stop' : 'stop touched',
  });
  if (isAmbiguous) position.bestPrice = fills.sell(target, fills.halfSpread(at, target, turn.book.spot));
  const walk =
    series.kind === 'quotes'
      ? standingPrice(prices.open, from, from)
      : adverseWalk(minuteOf(at, prices), false, { at: from, price: prices.open });
  const time = isGap ? from : Math.min(walk.firstAt(stop, true, from), series.time[row] as number);
  const half = fills.halfSpread(at, price, turn.book.spot);
  noteDecision(position, quoteAt(price, half, time));
  position.exit.trigger(time);
  play(turn, position, { row, prices, span: walk });
}

/** The target is watched, not rested: once touched the order that protected it leaves, and the market is assumed to turn at that moment. */
export function takeTarget(turn: Turn, position: Position, { row, prices, from, price }: Touch): void {
  const { series, fills, target } = position;
  const at = { series, row };
  const isGap = prices.open >= target;
  begin(position, { reason: 'target', detail: isGap ? 'opened beyond the target' : 'target touched' });
  const half = fills.halfSpread(at, price, turn.book.spot);
  if (series.kind === 'quotes') {
    leaveAt(turn, position, { row, prices });
    return;
  }
  const minute = minuteOf(at, prices);
  const walk = adverseWalk(minute, false, { at: from, price: prices.open });
  const time = isGap ? from : Math.min(walk.firstAt(target, false, from), minute.time);
  const quote = quoteAt(price, half, time);
  noteDecision(position, quote);
  position.exit.leave(quote);
  position.leaving = true;
  play(turn, position, { row, prices, span: isGap ? walk : fallAfterTouch(minute, { at: time, price }) });
}

/** Sells at the market of a row's open: the stop that rested becomes a plain limit. */
export function leaveAt(turn: Turn, position: Position, { row, prices }: RowPrices): void {
  const { series, fills } = position;
  const quote = bookOfRow(turn, { series, row }, fills);
  position.leaving = true;
  noteDecision(position, quote);
  position.exit.leave(quote);
  play(turn, position, { row, prices, span: walkOfRow({ series, row }, prices, false) });
}

/** Shows an exit at work its next row: first what the last quote still gave, then the new prices. */
export function playOn(turn: Turn, position: Position, { row, prices }: RowPrices): void {
  const { series, fills } = position;
  const at = { series, row };
  const openTime = series.openTime[row] as number;
  if (series.kind === 'quotes') {
    playStanding(turn, position, openTime);
    if (!position.open) return;
  }
  position.exit.show(bookOfRow(turn, at, fills));
  play(turn, position, { row, prices, span: walkOfRow(at, prices, false) });
}

/** Plays an exit at work against the last quote until an instant. */
export function playStanding(turn: Turn, position: Position, until: number): void {
  const { series, fills, trail } = position;
  const at = { series, row: trail.lastRow };
  if (trail.lastRow < 0 || !(until > (series.openTime[trail.lastRow] as number))) return;
  position.exit.play(marketOf(turn, at, { span: standingQuote(at, until), fills }), until);
  settle(turn, position, trail.mark);
}

function begin(position: Position, { reason, detail }: { readonly reason: ExitReason; readonly detail: string }): void {
  position.leaving = true;
  position.exitReason = reason;
  position.exitDetail = detail;
  position.exitLedger.reason = reason;
}

function noteDecision({ exitLedger }: Position, { bid, ask }: MarketQuote): void {
  exitLedger.decisionBid = bid;
  exitLedger.decisionAsk = ask;
}

function play(turn: Turn, position: Position, { row, prices, span }: RowPrices & { readonly span: MarketSpan }): void {
  const { series, fills, exit, trail } = position;
  const time = series.time[row] as number;
  exit.play(marketOf(turn, { series, row }, { span, fills }), time);
  const lived = exit.chase.isOver ? position.exitLedger.lastFillAt : time;
  if (exit.chase.isOver) {
    settle(turn, position, span.priceAt(lived));
    return;
  }
  trail.low = Math.min(trail.low, prices.low);
  trail.high = Math.max(trail.high, prices.high);
  trail.lastTime = time;
  trail.mark = prices.close === prices.close ? prices.close : prices.open;
  trail.lastRow = row;
}

function settle(turn: Turn, position: Position, mark: number): void {
  if (position.exit.chase.isOver) closePosition(turn, position, mark);
}
