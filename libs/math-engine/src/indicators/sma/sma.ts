import { checkPeriod } from '../check-period.js';
import type { Indicator } from '../indicator.js';

/**
 * Simple moving average of the last `period` values; warm-up `period`.
 * The running sum is taken afresh every `period` bars, so that its rounding never grows with the length of the series.
 */
export class Sma implements Indicator {
  value = Number.NaN;
  readonly warmup: number;
  /** The committed values before the forming one, a ring. */
  private readonly ring: Float64Array;
  private readonly size: number;
  private readonly share: number;
  private pos = 0;
  private count = 0;
  private sum = 0;
  private newest = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Sma period', period);
    this.warmup = period;
    this.size = period - 1;
    this.share = 1 / period;
    this.ring = new Float64Array(this.size);
  }

  add(x: number): void {
    this.commit(this.newest);
    this.replace(x);
  }

  replace(x: number): void {
    this.newest = x;
    this.value = this.count === this.size ? (this.sum + x) * this.share : Number.NaN;
  }

  private commit(x: number): void {
    const { ring, size } = this;
    if (x !== x) {
      this.pos = this.count = this.sum = 0;
      return;
    }
    if (size === 0) return;
    if (this.count === size) this.sum += x - (ring[this.pos] as number);
    else {
      this.count++;
      this.sum += x;
    }
    ring[this.pos] = x;
    if (++this.pos === size) {
      this.pos = 0;
      let sum = 0;
      for (let i = 0; i < size; i++) sum += ring[i] as number;
      this.sum = sum;
    }
  }
}
