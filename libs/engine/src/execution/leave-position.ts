import type { ExitReason } from '@sos/domain';
import { adverseWalk, fallAfterTouch } from '../simulation/market-span.js';
import { quoteAt } from '../simulation/simulated-order.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { closePosition } from './close-position.js';
import { bookOfRow, marketOf, standingQuote, walkOfRow } from './row-market.js';

/**
 * The resting stop triggers where the walk against the position meets it; whatever its limit does not sell is chased.
 * @param price the open when the row seen began beyond the stop, else the stop
 */
export function stopOut(turn: Turn, position: Position, price: number): void {
  const { fills, stop } = position;
  const { seen, market, book } = turn;
  const { from } = seen;
  const isGap = price !== stop || seen.open <= stop;
  begin(position, position.stopMoved ? 'break-even' : 'stop', isGap ? 'opened beyond the stop' : 'stop touched');
  walkOfRow(turn, position, false);
  const time = isGap ? from : Math.min(market.span.firstAt(stop, true, from), seen.time);
  noteDecision(position, price, fills.halfSpread(position, price, book.spot));
  position.exit.trigger(time);
  play(turn, position);
}

/**
 * The target is watched, not rested: once touched the order that protected it leaves, and the market is assumed to turn at that moment.
 * @param price the open when the row seen began beyond the target, else the target
 */
export function takeTarget(turn: Turn, position: Position, price: number): void {
  const { series, fills, target } = position;
  const { seen, market, book } = turn;
  const isGap = seen.open >= target;
  begin(position, 'target', isGap ? 'opened beyond the target' : 'target touched');
  if (series.kind === 'quotes') {
    leaveAt(turn, position);
    return;
  }
  const half = fills.halfSpread(position, price, book.spot);
  const { span } = market;
  adverseWalk(span, seen, false);
  if (!isGap) {
    seen.from = Math.min(span.firstAt(target, false, seen.from), seen.time);
    fallAfterTouch(span, seen, price);
  }
  noteDecision(position, price, half);
  position.exit.leave(quoteAt(price, half, seen.from));
  play(turn, position);
}

/** Sells at the market of a row's open: the stop that rested becomes a plain limit. */
export function leaveAt(turn: Turn, position: Position): void {
  const quote = bookOfRow(turn, position, position.fills);
  const { exitLedger } = position;
  position.leaving = true;
  exitLedger.decisionBid = quote.bid;
  exitLedger.decisionAsk = quote.ask;
  position.exit.leave(quote);
  walkOfRow(turn, position, false);
  play(turn, position);
}

/** Shows an exit at work its next row: first what the last quote still gave, then the new prices. */
export function playOn(turn: Turn, position: Position): void {
  if (position.series.kind === 'quotes') {
    playStanding(turn, position, turn.seen.openTime);
    if (!position.open) return;
  }
  position.exit.show(bookOfRow(turn, position, position.fills));
  walkOfRow(turn, position, false);
  play(turn, position);
}

/** Plays an exit at work against the last quote until an instant. */
export function playStanding(turn: Turn, position: Position, until: number): void {
  const { series, fills, trail } = position;
  const at = { series, row: trail.lastRow };
  if (trail.lastRow < 0 || !(until > (series.openTime[trail.lastRow] as number))) return;
  standingQuote(turn, at);
  position.exit.play(marketOf(turn, at, fills), until);
  if (position.exit.chase.isOver) closePosition(turn, position, trail.mark);
}

function begin(position: Position, reason: ExitReason, detail: string): void {
  position.leaving = true;
  position.exitReason = reason;
  position.exitDetail = detail;
  position.exitLedger.reason = reason;
}

/** What the book was when the exit was decided on; the bid of a price below half a spread is nobody's. */
function noteDecision({ exitLedger }: Position, price: number, half: number): void {
  exitLedger.decisionBid = price > half ? price - half : Number.NaN;
  exitLedger.decisionAsk = price + half;
}

/** Plays the exit against the turn's span to the end of the row seen. */
function play(turn: Turn, position: Position): void {
  const { fills, exit, trail } = position;
  const { seen, market } = turn;
  exit.play(marketOf(turn, position, fills), seen.time);
  if (exit.chase.isOver) {
    closePosition(turn, position, market.span.priceAt(position.exitLedger.lastFillAt));
    return;
  }
  trail.low = Math.min(trail.low, seen.low);
  trail.high = Math.max(trail.high, seen.high);
  trail.lastTime = seen.time;
  trail.mark = seen.close === seen.close ? seen.close : seen.open;
  trail.lastRow = seen.row;
}
