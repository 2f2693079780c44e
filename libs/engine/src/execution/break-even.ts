import { paise, roundToTick } from '@sos/domain';
import type { Turn } from '../state/turn.js';
import type { Position } from '../state/position.js';

/**
 * Raises the stop so that leaving there pays entry, both orders' charges, half the spread and the slippage; it holds from the next row on,
 * because the low of this row may have come before its close. Does nothing while the price is not above that level.
 */
export function moveToBreakEven({ book }: Turn, position: Position, row: number): void {
  const level = breakEvenLevel(position, row, book.spot);
  if (level <= position.stop || level >= position.trail.mark) return;
  position.stop = level;
  position.exit.rest(roundToTick(level, position.fills.tick, 'nearest'), position.trail.lastTime);
  position.stopMoved = true;
  position.breakEvenTrigger = Number.POSITIVE_INFINITY;
}

/** The stop level in rupees whose fill leaves a net result of at least 0. */
function breakEvenLevel(position: Position, row: number, spot: number): number {
  const { entryPaise, units, entryCharges, charge, fills, series } = position;
  const { tick, slippage } = fills;
  let exitPaise: number = entryPaise;
  // Charges grow with the exit price; three rounds settle to well under a tick.
  for (let i = 0; i < 3; i++) {
    const costs = entryCharges.total + charge('SELL', paise(exitPaise * units)).total;
    exitPaise = Math.ceil((entryPaise * units + costs) / units / tick) * tick;
  }
  const half = fills.halfSpread({ series, row }, exitPaise / 100, spot);
  return (roundToTick(exitPaise / 100 + half, tick, 'up') + slippage) / 100;
}
