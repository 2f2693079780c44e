import { AppError } from '../errors/app-error.js';
import { paise, type Paise } from './money.js';

/** How an order price moves to the tick grid: a buyer's limit rounds up, a seller's down, a mark to the nearest. */
export type TickRounding = 'up' | 'down' | 'nearest';

/**
 * The only maker of order prices: a market price in rupees to whole paise on the tick grid.
 * @param rupees finite, ≥ 0
 * @param tick tick size in paise, ≥ 1
 * @throws SOS_INVARIANT for a price that is not finite or negative
 */
export function roundToTick(rupees: number, tick: Paise, rounding: TickRounding): Paise {
  if (!Number.isFinite(rupees) || rupees < 0)
    throw new AppError('SOS_INVARIANT', `expected a price in rupees ≥ 0, found ${rupees}`);
  const steps = (rupees * 100) / tick;
  // Prices such as 104.35 are a hair off the grid in binary; within a millionth of a tick they are on it.
  const near = Math.round(steps);
  if (Math.abs(steps - near) < 1e-6) return paise(near * tick);
  const whole = rounding === 'up' ? Math.ceil(steps) : rounding === 'down' ? Math.floor(steps) : near;
  return paise(whole * tick);
}
