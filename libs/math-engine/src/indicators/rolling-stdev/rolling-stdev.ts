import { checkPeriod } from '../check-period.js';
import type { Indicator } from '../indicator.js';

/** `population` divides by n, `sample` by n − 1. */
export type Deviation = 'population' | 'sample';

/**
 * Mean and standard deviation of the last `period` values; warm-up `period`. `value` is the deviation, `mean` the mean.
 * Sums are of differences to a recent value and are taken afresh every `period` bars, so that a small deviation of large prices keeps its digits.
 */
export class RollingStdev implements Indicator {
  value = Number.NaN;
  /** Mean of the same window; NaN while `value` is. */
  mean = Number.NaN;
  readonly warmup: number;
  private readonly ring: Float64Array;
  private readonly size: number;
  private readonly share: number;
  private readonly perDegree: number;
  private pos = 0;
  private count = 0;
  /** The value that all differences are taken from. */
  private origin = 0;
  private sum = 0;
  private squares = 0;
  private newest = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number, deviation: Deviation = 'population') {
    checkPeriod('RollingStdev period', period, deviation === 'sample' ? 2 : 1);
    this.warmup = period;
    this.size = period - 1;
    this.share = 1 / period;
    this.perDegree = 1 / (deviation === 'sample' ? period - 1 : period);
    this.ring = new Float64Array(this.size);
  }

  add(x: number): void {
    this.commit(this.newest);
    this.replace(x);
  }

  replace(x: number): void {
    this.newest = x;
    if (this.count !== this.size || x !== x) {
      this.value = this.mean = Number.NaN;
      return;
    }
    const d = x - this.origin;
    const sum = this.sum + d;
    const shift = sum * this.share;
    const spread = this.squares + d * d - sum * shift;
    this.mean = this.origin + shift;
    this.value = spread > 0 ? Math.sqrt(spread * this.perDegree) : 0;
  }

  private commit(x: number): void {
    const { ring, size } = this;
    if (x !== x || size === 0) {
      this.pos = this.count = this.sum = this.squares = 0;
      if (x === x) this.origin = x;
      return;
    }
    if (this.count === 0) this.origin = x;
    const d = x - this.origin;
    this.sum += d;
    this.squares += d * d;
    if (this.count === size) {
      const old = (ring[this.pos] as number) - this.origin;
      this.sum -= old;
      this.squares -= old * old;
    } else this.count++;
    ring[this.pos] = x;
    if (++this.pos === size) this.resum(x);
  }

  private resum(origin: number): void {
    this.pos = 0;
    this.origin = origin;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < this.size; i++) {
      const d = (this.ring[i] as number) - origin;
      sum += d;
      squares += d * d;
    }
    this.sum = sum;
    this.squares = squares;
  }
}
