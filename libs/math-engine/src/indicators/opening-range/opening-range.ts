import { checkPeriod } from '../check-period.js';
import type { BarIndicator } from '../indicator.js';

/**
 * Highest high and lowest low of the first `bars` bars of a session, in rupees; `high` and `low` are NaN until that many present bars were added since
 * `startSession()`. `value` places the newest close in the range: 0 at the low, 1 at the high, outside for a breakout; NaN for a range of no width.
 */
export class OpeningRange implements BarIndicator {
  value = Number.NaN;
  high = Number.NaN;
  low = Number.NaN;
  readonly warmup: number;
  private seen = 0;
  private top = Number.NEGATIVE_INFINITY;
  private bottom = Number.POSITIVE_INFINITY;
  private newestHigh = Number.NaN;
  private newestLow = Number.NaN;
  private present = false;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(bars: number) {
    checkPeriod('OpeningRange bars', bars);
    this.warmup = bars;
  }

  /** Begins a new session. */
  startSession(): void {
    this.seen = 0;
    this.top = Number.NEGATIVE_INFINITY;
    this.bottom = Number.POSITIVE_INFINITY;
    this.present = false;
    this.value = this.high = this.low = Number.NaN;
  }

  add(high: number, low: number, close: number): void {
    if (this.present && this.seen < this.warmup) {
      this.seen++;
      this.top = Math.max(this.top, this.newestHigh);
      this.bottom = Math.min(this.bottom, this.newestLow);
    }
    this.replace(high, low, close);
  }

  replace(high: number, low: number, close: number): void {
    this.newestHigh = high;
    this.newestLow = low;
    const sum = high + low + close;
    this.present = sum === sum;
    if (this.seen === this.warmup) this.settle(this.top, this.bottom, close);
    else if (this.seen === this.warmup - 1 && this.present)
      this.settle(Math.max(this.top, high), Math.min(this.bottom, low), close);
    else this.value = this.high = this.low = Number.NaN;
    if (!this.present) this.value = Number.NaN;
  }

  private settle(high: number, low: number, close: number): void {
    this.high = high;
    this.low = low;
    this.value = high > low ? (close - low) / (high - low) : Number.NaN;
  }
}
