import { MS_PER_MINUTE } from '@sos/domain';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { believeRow } from './believed-row.js';
import { moveToBreakEven } from './break-even.js';
import { leaveAt, playOn, stopOut, takeTarget } from './leave-position.js';
import { isPrice, openingPrice } from './row-price.js';

/**
 * Applies one row of the position's contract that opened after the entry: an exit at work goes on; else the position leaves at the row's open when an exit is due, else by
 * stop, then target, inside the row; else the row is kept as the last real price. A row without a believed price changes nothing.
 */
export function managePosition(turn: Turn, position: Position, row: number): void {
  position.row = row;
  if (isQuiet(position, row)) {
    keepBar(turn, position, row);
    return;
  }
  const { series, trail } = position;
  const openTime = series.openTime[row] as number;
  if (openTime < trail.lastTime || !isPrice(openingPrice(series, row))) return;
  if (openTime > trail.lastTime && series.kind === 'bars') countMissing(turn, position, openTime);
  if (!believeRow(turn, position)) {
    trail.lastTime = series.time[row] as number;
    return;
  }
  if (position.leaving) playOn(turn, position);
  else if (openTime >= position.exitAt) leaveAtOpen(turn, position);
  else liveThrough(turn, position);
}

/** A bar that follows the last one and stays between the levels: nearly every row, settled without further questions. */
function isQuiet({ series, stop, target, trail, exitAt, leaving }: Position, row: number): boolean {
  const openTime = series.openTime[row] as number;
  if (leaving || series.kind !== 'bars' || openTime !== trail.lastTime || openTime >= exitAt) return false;
  const open = series.open[row] as number;
  const close = series.close[row] as number;
  const low = series.low[row] as number;
  const high = series.high[row] as number;
  return open > stop && open < target && low > stop && high < target && close > stop && close < target;
}

function keepBar(turn: Turn, position: Position, row: number): void {
  const { series, trail } = position;
  const low = series.low[row] as number;
  const high = series.high[row] as number;
  if (low < trail.low) trail.low = low;
  if (high > trail.high) trail.high = high;
  trail.lastTime = series.time[row] as number;
  trail.mark = series.close[row] as number;
  trail.lastRow = row;
  if (trail.mark >= position.breakEvenTrigger) moveToBreakEven(turn, position, row);
}

function countMissing(turn: Turn, position: Position, openTime: number): void {
  const minutes = Math.round((openTime - position.trail.lastTime) / MS_PER_MINUTE);
  position.missingMinutes += minutes;
  turn.state.counts.missingMinutes += minutes;
}

function leaveAtOpen(turn: Turn, position: Position): void {
  if (turn.seen.openTime - position.exitAt > MS_PER_MINUTE) turn.state.counts.lateExits++;
  position.exitLedger.reason = position.exitReason;
  leaveAt(turn, position);
}

/** The row seen, of which what opens beyond a level decides at its open. Inside a row both levels may be touched in either order; the stop is assumed to come first. */
export function liveThrough(turn: Turn, position: Position): void {
  const { open, low, high } = turn.seen;
  const { stop, target } = position;
  if (open <= stop) stopOut(turn, position, open);
  else if (open >= target) takeTarget(turn, position, open);
  else if (low <= stop) {
    if (high >= target) noteBest(turn, position);
    stopOut(turn, position, stop);
  } else if (high >= target) takeTarget(turn, position, target);
  else keepRow(turn, position);
}

/** Stop and target were reached in one row: what the target would have paid is kept. */
function noteBest({ book }: Turn, position: Position): void {
  const { fills, target } = position;
  position.bestPrice = fills.sell(target, fills.halfSpread(position, target, book.spot));
}

function keepRow(turn: Turn, position: Position): void {
  const { trail } = position;
  const { row, time, low, high, close } = turn.seen;
  if (low > 0 && low < trail.low) trail.low = low;
  if (high > trail.high && isPrice(high)) trail.high = high;
  trail.lastTime = time;
  if (!isPrice(close)) return;
  trail.mark = close;
  trail.lastRow = row;
  if (close >= position.breakEvenTrigger) moveToBreakEven(turn, position, row);
}
