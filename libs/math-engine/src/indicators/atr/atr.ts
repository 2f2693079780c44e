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
  /** Half of 1 / period: ranges are computed twice as large. */
  private readonly share: number;
  /** Committed average; the sum of twice the ranges while seeding. */
  private state = 0;
  /** Committed true ranges; -1 before the first committed bar. */
  private ranges = -1;
  private isWarm = false;
  private previousClose = Number.NaN;
  private newestClose = Number.NaN;
  /** Twice the true range of the forming bar, while seeding. */
  private newestRange = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Atr period', period);
    this.period = period;
    this.warmup = period + 1;
    this.share = 0.5 / period;
    this.keep = (period - 1) / period;
  }

  add(high: number, low: number, close: number): void {
    if (!this.isWarm) this.seed();
    else if (this.value === this.value) {
      this.state = this.value;
      this.previousClose = this.newestClose;
    }
    this.replace(high, low, close);
  }

  replace(high: number, low: number, close: number): void {
    const { previousClose } = this;
    // Twice the largest of the three spans without a branch that nobody can predict; 0 · close spoils a bar that lacks only its close.
    const range = high - low + Math.abs(high - previousClose) + Math.abs(low - previousClose) + 0 * close;
    this.newestClose = close;
    if (this.isWarm) {
      this.value = this.keep * this.state + this.share * range;
      return;
    }
    // The first bar has no close before it: nothing but its presence counts.
    this.newestRange = this.ranges < 0 ? 0 * (high + low + close) : range;
    this.value = this.ranges === this.period - 1 ? (this.state + range) * this.share : Number.NaN;
  }

  /** Commits a bar of the warm-up. */
  private seed(): void {
    if (this.newestRange !== this.newestRange) return;
    this.previousClose = this.newestClose;
    this.state += this.newestRange;
    if (++this.ranges < this.period) return;
    this.state *= this.share;
    this.isWarm = true;
  }
}
