import { MS_PER_MINUTE, type OptionSeries } from '@sos/domain';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { moveToBreakEven } from './break-even.js';
import { closePosition } from './close-position.js';
import { closingPrice, openingPrice, sellPrice } from './fill-price.js';

/**
 * Applies one row of the position's contract that opened after the entry: leaves at its open when an exit is due, else stop, then target,
 * inside the row; else keeps the row as the last real price. A row without a price changes nothing.
 */
export function managePosition(turn: Turn, position: Position, series: OptionSeries, row: number): void {
  const openTime = series.openTime[row] as number;
  const open = openingPrice(series, row);
  if (openTime < position.lastTime || !(open > 0)) return;
  countMissing(turn, position, series.kind === 'bars' ? openTime : position.lastTime);
  if (openTime >= position.exitAt) {
    leaveAtOpen(turn, position, series, row);
    return;
  }
  holdThroughRow(turn, position, series, row);
}

function countMissing(turn: Turn, position: Position, openTime: number): void {
  const minutes = Math.round((openTime - position.lastTime) / MS_PER_MINUTE);
  if (minutes <= 0) return;
  position.missingMinutes += minutes;
  turn.state.counts.missingMinutes += minutes;
}

function leaveAtOpen(turn: Turn, position: Position, series: OptionSeries, row: number): void {
  const openTime = series.openTime[row] as number;
  if (openTime - position.exitAt > MS_PER_MINUTE) turn.state.counts.lateExits++;
  const terms = { config: turn.state.config, tick: position.tick, price: openingPrice(series, row) };
  closePosition(turn, position, {
    time: openTime,
    orderedAt: position.exitAt,
    price: sellPrice(series, row, terms),
    mark: terms.price,
    reason: position.exitReason,
    detail: position.exitDetail,
    bestPrice: null,
  });
}

/** A row that opens beyond a level decides at its open. Inside a row both levels may be touched in either order; the stop is assumed to come first. */
export function holdThroughRow(turn: Turn, position: Position, series: OptionSeries, row: number): void {
  const open = openingPrice(series, row);
  const close = closingPrice(series, row);
  const isQuote = series.kind === 'quotes';
  const low = isQuote ? open : Math.min(open, series.low[row] as number);
  const high = isQuote ? open : Math.max(open, series.high[row] as number);
  if (open >= position.target) takeTarget(turn, position, { series, row, open, high });
  else if (low <= position.stop) stopOut(turn, position, { series, row, open, high });
  else if (high >= position.target) takeTarget(turn, position, { series, row, open, high });
  else keepRow(turn, position, { series, row, low, high, close });
}

interface RowTouch {
  readonly series: OptionSeries;
  readonly row: number;
  readonly open: number;
  readonly high: number;
}

function stopOut(turn: Turn, position: Position, { series, row, open, high }: RowTouch): void {
  const gapped = open <= position.stop;
  const terms = { config: turn.state.config, tick: position.tick, price: gapped ? open : position.stop };
  const ambiguous = !gapped && high >= position.target;
  const best = { ...terms, price: position.target };
  const time = (gapped ? series.openTime[row] : series.time[row]) as number;
  closePosition(turn, position, {
    time,
    orderedAt: time,
    price: sellPrice(series, row, terms),
    mark: terms.price,
    reason: position.stopMoved ? 'break-even' : 'stop',
    detail: gapped ? 'opened beyond the stop' : 'stop touched',
    bestPrice: ambiguous ? sellPrice(series, row, best) : null,
  });
}

function takeTarget(turn: Turn, position: Position, { series, row, open }: RowTouch): void {
  const gapped = open >= position.target;
  const terms = { config: turn.state.config, tick: position.tick, price: gapped ? open : position.target };
  const time = (gapped ? series.openTime[row] : series.time[row]) as number;
  closePosition(turn, position, {
    time,
    orderedAt: time,
    price: sellPrice(series, row, terms),
    mark: terms.price,
    reason: 'target',
    detail: gapped ? 'opened beyond the target' : 'target touched',
    bestPrice: null,
  });
}

interface RowHeld {
  readonly series: OptionSeries;
  readonly row: number;
  readonly low: number;
  readonly high: number;
  readonly close: number;
}

function keepRow(turn: Turn, position: Position, { series, row, low, high, close }: RowHeld): void {
  if (low < position.low) position.low = low;
  if (high > position.high) position.high = high;
  position.lastTime = series.time[row] as number;
  if (!(close > 0)) return;
  position.mark = close;
  const terms = { config: turn.state.config, tick: position.tick, price: close };
  position.lastSellPaise = sellPrice(series, row, terms);
  if (close >= position.breakEvenTrigger) moveToBreakEven(turn, position, series, row);
}
