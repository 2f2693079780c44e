import { MS_PER_MINUTE } from '@sos/domain';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { moveToBreakEven } from './break-even.js';
import { closePosition } from './close-position.js';
import { closingPrice, isPrice, openingPrice } from './row-price.js';

/**
 * Applies one row of the position's contract that opened after the entry: leaves at its open when an exit is due, else stop, then target,
 * inside the row; else keeps the row as the last real price. A row without a price changes nothing.
 */
export function managePosition(turn: Turn, position: Position, row: number): void {
  if (isQuiet(position, row)) {
    keepBar(position, row);
    return;
  }
  const { series } = position;
  const openTime = series.openTime[row] as number;
  const open = openingPrice(series, row);
  if (openTime < position.trail.lastTime || !isPrice(open)) return;
  if (openTime > position.trail.lastTime && series.kind === 'bars') countMissing(turn, position, openTime);
  if (openTime >= position.exitAt) leaveAtOpen(turn, position, row);
  else holdThroughRow(turn, position, row);
}

/** A bar that follows the last one and stays between the levels: nearly every row, settled without further questions. */
function isQuiet({ series, stop, target, trail, exitAt }: Position, row: number): boolean {
  const openTime = series.openTime[row] as number;
  if (series.kind !== 'bars' || openTime !== trail.lastTime || openTime >= exitAt) return false;
  const open = series.open[row] as number;
  const close = series.close[row] as number;
  const low = series.low[row] as number;
  const high = series.high[row] as number;
  return open > stop && open < target && low > stop && high < target && close > stop && close < target;
}

function keepBar(position: Position, row: number): void {
  const { series, trail } = position;
  const low = series.low[row] as number;
  const high = series.high[row] as number;
  if (low < trail.low) trail.low = low;
  if (high > trail.high) trail.high = high;
  trail.lastTime = series.time[row] as number;
  trail.mark = series.close[row] as number;
  trail.lastRow = row;
  if (trail.mark >= position.breakEvenTrigger) moveToBreakEven(position, row);
}

function countMissing(turn: Turn, position: Position, openTime: number): void {
  const minutes = Math.round((openTime - position.trail.lastTime) / MS_PER_MINUTE);
  position.missingMinutes += minutes;
  turn.state.counts.missingMinutes += minutes;
}

function leaveAtOpen(turn: Turn, position: Position, row: number): void {
  const { series, fills } = position;
  const openTime = series.openTime[row] as number;
  if (openTime - position.exitAt > MS_PER_MINUTE) turn.state.counts.lateExits++;
  const mark = openingPrice(series, row);
  closePosition(turn, position, {
    time: openTime,
    orderedAt: position.exitAt,
    price: fills.sell(series, row, mark),
    mark,
    reason: position.exitReason,
    detail: position.exitDetail,
    bestPrice: null,
  });
}

/** A row that opens beyond a level decides at its open. Inside a row both levels may be touched in either order; the stop is assumed to come first. */
export function holdThroughRow(turn: Turn, position: Position, row: number): void {
  const { series } = position;
  const open = openingPrice(series, row);
  const isQuote = series.kind === 'quotes';
  const low = isQuote ? open : (series.low[row] as number);
  const high = isQuote ? open : (series.high[row] as number);
  if (open <= position.stop) stopOut(turn, position, { row, price: open, isAmbiguous: false });
  else if (open >= position.target) takeTarget(turn, position, { row, price: open });
  else if (low <= position.stop)
    stopOut(turn, position, { row, price: position.stop, isAmbiguous: high >= position.target });
  else if (high >= position.target) takeTarget(turn, position, { row, price: position.target });
  else keepRow(position, row);
}

interface Touch {
  readonly row: number;
  /** The open when the row began beyond the level, else the level. */
  readonly price: number;
}

/** A gap is dated at the row's open, a touch inside the row at its end. */
function touchTime({ series }: Position, { row, price }: Touch): number {
  return (price === openingPrice(series, row) ? series.openTime[row] : series.time[row]) as number;
}

function stopOut(turn: Turn, position: Position, touch: Touch & { readonly isAmbiguous: boolean }): void {
  const { series, fills, target } = position;
  const { row, price, isAmbiguous } = touch;
  const time = touchTime(position, touch);
  closePosition(turn, position, {
    time,
    orderedAt: time,
    price: fills.sell(series, row, price),
    mark: price,
    reason: position.stopMoved ? 'break-even' : 'stop',
    detail: price === position.stop ? 'stop touched' : 'opened beyond the stop',
    bestPrice: isAmbiguous ? fills.sell(series, row, target) : null,
  });
}

function takeTarget(turn: Turn, position: Position, touch: Touch): void {
  const { series, fills } = position;
  const time = touchTime(position, touch);
  closePosition(turn, position, {
    time,
    orderedAt: time,
    price: fills.sell(series, touch.row, touch.price),
    mark: touch.price,
    reason: 'target',
    detail: touch.price === position.target ? 'target touched' : 'opened beyond the target',
    bestPrice: null,
  });
}

function keepRow(position: Position, row: number): void {
  const { series, trail } = position;
  const isQuote = series.kind === 'quotes';
  const close = closingPrice(series, row);
  const low = isQuote ? close : (series.low[row] as number);
  const high = isQuote ? close : (series.high[row] as number);
  if (low > 0 && low < trail.low) trail.low = low;
  if (high > trail.high && isPrice(high)) trail.high = high;
  trail.lastTime = series.time[row] as number;
  if (!isPrice(close)) return;
  trail.mark = close;
  trail.lastRow = row;
  if (close >= position.breakEvenTrigger) moveToBreakEven(position, row);
}
