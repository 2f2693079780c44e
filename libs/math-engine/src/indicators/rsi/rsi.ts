import { checkPeriod } from '../check-period.js';
import type { Indicator } from '../indicator.js';

/**
 * Relative strength index, 0..100, with Wilder's smoothing (New Concepts in Technical Trading Systems, 1978) at full precision; warm-up `period + 1`.
 * 50 where the series did not move at all. A missing value is skipped: the next change is taken from the last present value.
 */
export class Rsi implements Indicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly period: number;
  private readonly keep: number;
  private readonly share: number;
  /** Committed average gain and loss; sums while fewer than `period` changes are committed. */
  private gain = 0;
  private loss = 0;
  /** Committed changes; -1 before the first committed value. */
  private changes = -1;
  private previous = Number.NaN;
  private newest = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Rsi period', period);
    this.period = period;
    this.warmup = period + 1;
    this.share = 1 / period;
    this.keep = (period - 1) / period;
  }

  add(x: number): void {
    const last = this.newest;
    if (last === last) this.commit(last);
    this.replace(x);
  }

  replace(x: number): void {
    this.newest = x;
    if (this.changes < this.period - 1) {
      this.value = Number.NaN;
      return;
    }
    const change = x - this.previous;
    const total = Math.abs(change);
    // The gain without a branch that nobody can predict.
    const up = 0.5 * (total + change);
    // In the seeding bar the sums are not yet averages; a common factor cancels in the ratio.
    const keep = this.changes < this.period ? 1 : this.period - 1;
    const gains = keep * this.gain + up;
    const all = keep * (this.gain + this.loss) + total;
    this.value = all === 0 ? 50 : (100 * gains) / all;
  }

  private commit(x: number): void {
    const change = x - this.previous;
    this.previous = x;
    if (this.changes < 0) {
      this.changes = 0;
      return;
    }
    const up = 0.5 * (Math.abs(change) + change);
    const down = up - change;
    if (this.changes >= this.period) {
      this.gain = this.keep * this.gain + this.share * up;
      this.loss = this.keep * this.loss + this.share * down;
      return;
    }
    this.gain += up;
    this.loss += down;
    if (++this.changes === this.period) {
      this.gain *= this.share;
      this.loss *= this.share;
    }
  }
}
