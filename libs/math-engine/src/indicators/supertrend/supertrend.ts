import { Atr } from '../atr/atr.js';
import type { BarIndicator } from '../indicator.js';

/** Parameters of Supertrend; usually 10 and 3. */
export interface SupertrendOptions {
  /** Bars of the average true range, ≥ 1. */
  readonly period: number;
  /** Average true ranges between the bar's middle and its band. */
  readonly multiplier: number;
}

/**
 * Supertrend (O. Seban): the trailing band that the close has not crossed. `value` is the band in rupees, `direction` +1 while the trend is up (band
 * below), −1 while down; warm-up that of the Wilder ATR, `period + 1`. It starts downward when the first close is at or below the bar's middle. A missing bar is skipped.
 */
export class Supertrend implements BarIndicator {
  value = Number.NaN;
  direction: 1 | -1 | 0 = 0;
  readonly warmup: number;
  private readonly atr: Atr;
  private readonly multiplier: number;
  private upper = Number.NaN;
  private lower = Number.NaN;
  private close = Number.NaN;
  private trend: 1 | -1 | 0 = 0;
  private nextUpper = Number.NaN;
  private nextLower = Number.NaN;
  private nextClose = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(options: SupertrendOptions) {
    this.atr = new Atr(options.period);
    this.multiplier = options.multiplier;
    this.warmup = options.period + 1;
  }

  add(high: number, low: number, close: number): void {
    if (this.value === this.value) {
      this.upper = this.nextUpper;
      this.lower = this.nextLower;
      this.close = this.nextClose;
      this.trend = this.direction;
    }
    this.atr.add(high, low, close);
    this.read(high, low, close);
  }

  replace(high: number, low: number, close: number): void {
    this.atr.replace(high, low, close);
    this.read(high, low, close);
  }

  private read(high: number, low: number, close: number): void {
    const reach = this.multiplier * this.atr.value;
    if (reach !== reach) {
      this.value = Number.NaN;
      this.direction = this.trend;
      return;
    }
    const middle = (high + low) / 2;
    const upper = middle + reach;
    const lower = middle - reach;
    // A band only ever tightens, unless the close before had broken it.
    this.nextUpper = upper > this.upper && this.close <= this.upper ? this.upper : upper;
    this.nextLower = lower < this.lower && this.close >= this.lower ? this.lower : lower;
    this.nextClose = close;
    this.direction = this.turn(close, middle);
    this.value = this.direction > 0 ? this.nextLower : this.nextUpper;
  }

  private turn(close: number, middle: number): 1 | -1 {
    if (this.trend === 0) return close > middle ? 1 : -1;
    if (this.trend > 0) return close < this.nextLower ? -1 : 1;
    return close > this.nextUpper ? 1 : -1;
  }
}
