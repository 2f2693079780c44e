import { checkPeriod } from '../check-period.js';
import type { Indicator } from '../indicator.js';

/**
 * Rate of change in percent against the value `period` bars before: 100 · (x / xₙ − 1); warm-up `period + 1`.
 * NaN while either end is missing or the base is 0.
 */
export class Roc implements Indicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly ring: Float64Array;
  private pos = 0;
  private newest = Number.NaN;
  private started = false;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Roc period', period);
    this.warmup = period + 1;
    this.ring = new Float64Array(period).fill(Number.NaN);
  }

  add(x: number): void {
    if (this.started) {
      this.ring[this.pos] = this.newest;
      if (++this.pos === this.ring.length) this.pos = 0;
    }
    this.started = true;
    this.replace(x);
  }

  replace(x: number): void {
    this.newest = x;
    const base = this.ring[this.pos] as number;
    this.value = base === 0 ? Number.NaN : (100 * (x - base)) / base;
  }
}
