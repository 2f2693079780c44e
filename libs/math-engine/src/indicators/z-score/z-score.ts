import type { Indicator } from '../indicator.js';
import { RollingStdev, type Deviation } from '../rolling-stdev/rolling-stdev.js';

/** How many standard deviations the newest value lies from the mean of the last `period` values (itself included); warm-up `period`. NaN where they are all equal. */
export class ZScore implements Indicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly stdev: RollingStdev;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number, deviation: Deviation = 'sample') {
    this.stdev = new RollingStdev(period, deviation);
    this.warmup = period;
  }

  add(x: number): void {
    this.stdev.add(x);
    this.read(x);
  }

  replace(x: number): void {
    this.stdev.replace(x);
    this.read(x);
  }

  private read(x: number): void {
    const { mean, value } = this.stdev;
    this.value = value > 0 ? (x - mean) / value : Number.NaN;
  }
}
