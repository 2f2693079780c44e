import { checkPeriod } from '../check-period.js';
import type { Indicator } from '../indicator.js';

/**
 * Exponential moving average, α = 2 / (period + 1), seeded with the simple mean of the first `period` values; warm-up `period`.
 * A missing value leaves the average where it was.
 */
export class Ema implements Indicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly alpha: number;
  private readonly beta: number;
  /** Committed average, or the running sum while fewer than `period` values are committed. */
  private state = 0;
  private count = 0;
  private newest = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Ema period', period);
    this.warmup = period;
    this.alpha = 2 / (period + 1);
    this.beta = 1 - this.alpha;
  }

  add(x: number): void {
    const last = this.newest;
    if (last === last) {
      if (this.count >= this.warmup) this.state = this.alpha * last + this.beta * this.state;
      else {
        this.state += last;
        if (++this.count === this.warmup) this.state /= this.warmup;
      }
    }
    this.replace(x);
  }

  replace(x: number): void {
    this.newest = x;
    if (this.count >= this.warmup) this.value = this.alpha * x + this.beta * this.state;
    else this.value = this.count === this.warmup - 1 ? (this.state + x) / this.warmup : Number.NaN;
  }
}
