import { checkPeriod } from '../check-period.js';
import type { Indicator } from '../indicator.js';

/**
 * Linearly weighted moving average: weights 1 (oldest) to `period` (newest); warm-up `period`.
 * Both running sums are taken afresh every `period` bars.
 */
export class Wma implements Indicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly ring: Float64Array;
  private readonly size: number;
  private readonly weights: number;
  private pos = 0;
  private count = 0;
  private sum = 0;
  /** Committed values weighted 1 (oldest) to `count` (newest). */
  private weighted = 0;
  private newest = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Wma period', period);
    this.warmup = period;
    this.size = period - 1;
    this.ring = new Float64Array(this.size);
    this.weights = (period * (period + 1)) / 2;
  }

  add(x: number): void {
    this.commit(this.newest);
    this.replace(x);
  }

  replace(x: number): void {
    this.newest = x;
    this.value = this.count === this.size ? (this.weighted + this.warmup * x) / this.weights : Number.NaN;
  }

  private commit(x: number): void {
    const { ring, size } = this;
    if (x !== x) {
      this.pos = this.count = this.sum = this.weighted = 0;
      return;
    }
    if (size === 0) return;
    if (this.count === size) {
      this.weighted += size * x - this.sum;
      this.sum += x - (ring[this.pos] as number);
    } else {
      this.weighted += ++this.count * x;
      this.sum += x;
    }
    ring[this.pos] = x;
    if (++this.pos === size) this.resum();
  }

  /** Called when the ring starts over, so that index order is age order. */
  private resum(): void {
    this.pos = 0;
    let sum = 0;
    let weighted = 0;
    for (let i = 0; i < this.size; i++) {
      const x = this.ring[i] as number;
      sum += x;
      weighted += (i + 1) * x;
    }
    this.sum = sum;
    this.weighted = weighted;
  }
}
