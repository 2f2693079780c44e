/** A price so many times away from its neighbours on both sides is a misprint. */
const FREAK_TIMES = 8;
/** Below this distance, in rupees, eight times is what a cheap option does. */
const FREAK_DISTANCE = 5;
/** Prices have two decimals; half of one is the noise of floats. */
const PRICE_NOISE = 0.005;

/** The four prices of a bar, rupees. */
export interface BarPrices {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** True when four known prices above zero make a bar: high and low contain open and close. */
export function isOhlc({ open, high, low, close }: BarPrices): boolean {
  return low > 0 && high >= Math.max(open, close) && low <= Math.min(open, close);
}

/** True when a price is a multiple of a tick given in paise. */
export function isOnTick(price: number, tickPaise: number): boolean {
  const steps = (price * 100) / tickPaise;
  return Math.abs(steps - Math.round(steps)) * tickPaise < PRICE_NOISE * 100;
}

/** True when a price lies eight times away from both its neighbours, on the same side: a misprint. Unknown neighbours (NaN) tell nothing. */
export function isFreakPrint(price: number, before: number, after: number): boolean {
  const [least, most] = [Math.min(before, after), Math.max(before, after)];
  const isHigh = price > most * FREAK_TIMES && price - most > FREAK_DISTANCE;
  return isHigh || (price * FREAK_TIMES < least && least - price > FREAK_DISTANCE);
}
