import { UNDERLYING_PROFILES } from './underlying-profile.js';
import type { ExpiryState } from './expiry-state.js';

/** Ticks per rupee of options: 0.05. */
const TICKS_PER_RUPEE = 20;
const TICK = 1 / TICKS_PER_RUPEE;
/** Width of the quotes by time value and by intrinsic value (recorded 2025-08-29: 0.2 at the money, 0.05 far out, 1.9 at 500 points in the money). */
const WIDTH_OF_TIME_VALUE = 0.0015;
const WIDTH_OF_INTRINSIC = 0.0008;
const WIDTH_OF_INTRINSIC_SQUARED = 5.5e-6;
const INTRINSIC_SCALE = 24_500;
/** Quotes are wide in the first minutes. */
const OPENING_WIDTH = 1.2;
const OPENING_MINUTES = 6;
/** Premium in rupees at which the value that stands at the best quotes has doubled. */
const SMALL_PREMIUM = 3;

/** Distance between buyers and sellers around a fair premium before they step to the grid, rupees. */
export function quoteWidth(state: ExpiryState, parts: { fair: number; intrinsic: number }, minute: number): number {
  const { spread } = UNDERLYING_PROFILES[state.market.underlying];
  const { fair, intrinsic } = parts;
  const early = minute < OPENING_MINUTES ? 1 + (OPENING_WIDTH * (OPENING_MINUTES - minute)) / OPENING_MINUTES : 1;
  const deep =
    (WIDTH_OF_INTRINSIC_SQUARED * INTRINSIC_SCALE * intrinsic) / (state.forward[0] as number) + WIDTH_OF_INTRINSIC;
  return spread * early * (WIDTH_OF_TIME_VALUE * (fair - intrinsic) + deep * intrinsic);
}

/** The best bid for a fair premium: at or below it on the grid; NaN when no tick is left. */
export function bidPrice(fair: number, width: number): number {
  const ticks = Math.floor((fair - 0.5 * width) * TICKS_PER_RUPEE + 1e-9);
  return ticks >= 1 ? ticks / TICKS_PER_RUPEE : Number.NaN;
}

/** The best offer for a fair premium: at or above it on the grid and above the bid. */
export function askPrice(fair: number, width: number): number {
  const low = Math.floor((fair - 0.5 * width) * TICKS_PER_RUPEE + 1e-9);
  const high = Math.ceil((fair + 0.5 * width) * TICKS_PER_RUPEE - 1e-9);
  return Math.max(high, low + 1, 1) / TICKS_PER_RUPEE;
}

/** A trade's price for a fair premium: between the quotes, on the grid, at least one tick. @param luck -1 (at the bid) to 1 (at the offer) */
export function tradePrice(fair: number, width: number, luck: number): number {
  return Math.max(1, Math.round((fair + 0.5 * width * luck) * TICKS_PER_RUPEE)) / TICKS_PER_RUPEE;
}

/** Units that stand at the best price of one side. @param luck uniform in (0, 1) */
export function quoteUnits(state: ExpiryState, fair: number, luck: number): number {
  const { quoteValue } = UNDERLYING_PROFILES[state.market.underlying];
  const value = quoteValue * (1 + SMALL_PREMIUM / (fair + TICK));
  const wealth = 0.25 + 0.5 * luck + 2.2 * luck * luck * luck;
  return Math.max(1, Math.round((value * wealth) / (state.lot * (fair + TICK)))) * state.lot;
}
