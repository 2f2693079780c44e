import { checkPeriod } from '../check-period.js';
import type { BarIndicator } from '../indicator.js';

/**
 * Average true range with Wilder's smoothing (1978), in rupees, seeded with the mean of the first `period` true ranges; warm-up `period + 1`, because a true
 * range needs the close before. A missing bar is skipped: the next true range is taken from the last present close.
 */
export class Atr implements BarIndicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly period: number;
  private readonly keep: number;
  private readonly share: number;
  private state = 0;
  /** Committed true ranges; -1 before the first committed bar. */
  private ranges = -1;
  private previousClose = Number.NaN;
  private newestRange = Number.NaN;
  private newestClose = Number.NaN;

  constructor(period: number) {
    checkPeriod('Atr period', period);
    this.period = period;
    this.warmup = period + 1;
    this.share = 1 / period;
    this.keep = (period - 1) / period;
  }

  add(high: number, low: number, close: number): void {
    if (this.newestClose === this.newestClose) this.commit();
    this.replace(high, low, close);
  }

  replace(high: number, low: number, close: number): void {
    const span = high - low;
    this.newestClose = span === span ? close : Number.NaN;
    if (this.ranges < 0) return;
    const up = Math.abs(high - this.previousClose);
    const down = Math.abs(low - this.previousClose);
    // The largest of the three without a branch that nobody can predict; 0 · close spoils a bar that lacks only its close.
    const range = 0.5 * (span + up + down) + 0 * close;
    this.newestRange = range;
    if (this.ranges >= this.period) this.value = this.keep * this.state + this.share * range;
    else this.value = this.ranges === this.period - 1 ? (this.state + range) * this.share : Number.NaN;
  }

  private commit(): void {
    this.previousClose = this.newestClose;
    if (this.ranges < 0) {
      this.ranges = 0;
      return;
    }
    if (this.ranges >= this.period) this.state = this.keep * this.state + this.share * this.newestRange;
    else {
      this.state += this.newestRange;
      if (++this.ranges === this.period) this.state *= this.share;
    }
  }
}
