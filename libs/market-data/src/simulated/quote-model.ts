/** Ticks per rupee of options: 0.05. */

// Bound once: in a sandbox (Jest) each look-up of the global costs more than the function.
const { ceil, floor } = Math;
const TICKS_PER_RUPEE = 20;
const TICK = 1 / TICKS_PER_RUPEE;
/** Width of the quotes by time value and by intrinsic value (recorded 2025-08-29: 0.2 at the money, 0.05 far out, 1.9 at 500 points in the money). */
const WIDTH_OF_TIME_VALUE = 0.0015;
const WIDTH_OF_INTRINSIC = 0.0008;
const WIDTH_OF_INTRINSIC_SQUARED = 5.5e-6;
/** Quotes are wide in the first minutes. */
const OPENING_WIDTH = 1.2;
const OPENING_MINUTES = 6;
/** Premium in rupees at which the value that stands at the best quotes has doubled. */
const SMALL_PREMIUM = 3;
/** Guards prices that are on the grid against the last bit. */
const NUDGE = 1e-9;

/** How wide quotes are after that many minutes of a session, relative to the middle of the day. */
export function openingWidth(minutes: number): number {
  return minutes < OPENING_MINUTES ? 1 + (OPENING_WIDTH * (OPENING_MINUTES - minutes)) / OPENING_MINUTES : 1;
}

/** Distance between buyers and sellers around a fair premium before they step to the grid, rupees. @param scale underlying's and minute's width */
export function quoteWidth(scale: number, fair: number, intrinsic: number): number {
  const deep = WIDTH_OF_INTRINSIC_SQUARED * intrinsic + WIDTH_OF_INTRINSIC;
  return scale * (WIDTH_OF_TIME_VALUE * (fair - intrinsic) + deep * intrinsic);
}

/** The best bid in whole ticks for a fair premium: at or below it; 0 when no tick is left. */
export function bidTicks(fair: number, width: number): number {
  const ticks = floor((fair - 0.5 * width) * TICKS_PER_RUPEE + NUDGE);
  return ticks > 0 ? ticks : 0;
}

/** The best offer in whole ticks: at or above the fair premium and above the bid. */
export function askTicks(fair: number, width: number, bid: number): number {
  const ticks = ceil((fair + 0.5 * width) * TICKS_PER_RUPEE - NUDGE);
  return ticks > bid ? ticks : bid + 1;
}

/** Whole ticks in rupees, exactly on the grid. */
export function rupeesOfTicks(ticks: number): number {
  return ticks / TICKS_PER_RUPEE;
}

/** A trade's price for a fair premium: between the quotes, on the grid, at least one tick. @param luck 32 random bits, of which the upper half is used */
export function tradePrice(fair: number, width: number, luck: number): number {
  const side = ((luck >>> 24) - ((luck >>> 16) & 255)) / 256;
  const ticks = floor((fair + 0.5 * width * side) * TICKS_PER_RUPEE + 0.5);
  return (ticks > 1 ? ticks : 1) / TICKS_PER_RUPEE;
}

// How much of the usual value stands at a quote, by chance: mostly less, sometimes several times as much.
const WEALTH = Float64Array.from({ length: 256 }, (_, i) => {
  const u = (i + 0.5) / 256;
  return 0.25 + 0.5 * u + 2.2 * u * u * u;
});

/** Lots that stand at the best quotes on an average day. @param bid NaN = nobody bids @param lots rupees at an at-the-money quote over the lot size */
export function usualLots(bid: number, ask: number, lots: number): number {
  const per = 1 / (TICK + (bid > 0 ? 0.5 * (bid + ask) : 0.5 * ask));
  return lots * per * (1 + SMALL_PREMIUM * per);
}

/** Lots at one quote by chance. @param luck 8 random bits */
export function lotsAtQuote(usual: number, luck: number): number {
  const found = (usual * (WEALTH[luck] as number) + 0.5) | 0;
  return found > 1 ? found : 1;
}
