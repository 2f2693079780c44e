/**
 * A streaming indicator of one series. `add` closes the forming bar and opens the next; `replace` corrects the forming bar as often as wanted, so that
 * `add(a); replace(b)` always equals `add(b)`. Neither allocates.
 *
 * NaN input is a missing value: `value` is NaN for that bar. A windowed indicator then waits for a full window of present values; a recursive one
 * (EMA, RSI, ATR, ...) keeps its state and goes on with the next present value. Neither is poisoned for ever.
 */
export interface Indicator {
  /** Closes the forming bar and opens the next with this value; NaN is a missing value. */
  add(x: number): void;
  /** Corrects the forming bar, as often as wanted. */
  replace(x: number): void;
  /** Newest value; NaN until `warmup` present inputs were seen, and for a missing input. */
  readonly value: number;
  /** Number of present inputs needed before `value` is a number. */
  readonly warmup: number;
}

/**
 * A streaming indicator of bars, under the same laws as `Indicator`. Prices in rupees, `volume` in units within the bar.
 * A bar is missing when any of the fields that the indicator reads is NaN; fields it does not read are ignored.
 */
export interface BarIndicator {
  /** Closes the forming bar and opens the next; prices in rupees, volume in units, NaN is missing. */
  add(high: number, low: number, close: number, volume: number): void;
  /** Corrects the forming bar, as often as wanted. */
  replace(high: number, low: number, close: number, volume: number): void;
  readonly value: number;
  readonly warmup: number;
}
