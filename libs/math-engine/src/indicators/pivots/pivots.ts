import { checkPeriod } from '../check-period.js';
import type { BarIndicator } from '../indicator.js';

/**
 * Swing pivots: a bar whose high is above all highs of `reach` bars on both sides (ties go to the earlier bar) is a pivot high, known only `reach` bars
 * later; likewise lows. `pivotHigh` and `pivotLow` are the newest known levels in rupees (NaN before any), `value` their middle; warm-up `2 · reach + 1`, and as
 * long as it takes for both kinds to occur. A missing bar starts the search afresh; known levels stay, `value` is NaN for that bar.
 */
export class Pivots implements BarIndicator {
  value = Number.NaN;
  pivotHigh = Number.NaN;
  pivotLow = Number.NaN;
  readonly warmup: number;
  private readonly reach: number;
  /** Committed highs and lows, a ring of 2 · reach bars. */
  private readonly highs: Float64Array;
  private readonly lows: Float64Array;
  private count = 0;
  private pos = 0;
  private knownHigh = Number.NaN;
  private knownLow = Number.NaN;
  private newestHigh = Number.NaN;
  private newestLow = Number.NaN;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(reach: number) {
    checkPeriod('Pivots reach', reach);
    this.reach = reach;
    this.warmup = 2 * reach + 1;
    this.highs = new Float64Array(2 * reach);
    this.lows = new Float64Array(2 * reach);
  }

  add(high: number, low: number, close: number): void {
    this.commit();
    this.replace(high, low, close);
  }

  replace(high: number, low: number, close: number): void {
    const missing = 0 * (high + low + close);
    this.newestHigh = high + missing;
    this.newestLow = low + missing;
    this.pivotHigh = this.knownHigh;
    this.pivotLow = this.knownLow;
    if (this.count === 2 * this.reach) this.search();
    this.value = (this.pivotHigh + this.pivotLow) / 2 + missing;
  }

  private search(): void {
    const { highs, lows, reach } = this;
    let middle = this.pos + reach;
    if (middle >= 2 * reach) middle -= 2 * reach;
    const top = highs[middle] as number;
    const bottom = lows[middle] as number;
    let isTop = this.newestHigh <= top;
    let isBottom = this.newestLow >= bottom;
    for (let k = 0, i = this.pos; k < 2 * reach; k++) {
      const high = highs[i] as number;
      const low = lows[i] as number;
      if (k < reach ? high >= top : high > top) isTop = false;
      if (k < reach ? low <= bottom : low < bottom) isBottom = false;
      if (++i === 2 * reach) i = 0;
    }
    if (isTop) this.pivotHigh = top;
    if (isBottom) this.pivotLow = bottom;
  }

  private commit(): void {
    this.knownHigh = this.pivotHigh;
    this.knownLow = this.pivotLow;
    if (this.newestHigh !== this.newestHigh) {
      this.count = this.pos = 0;
      return;
    }
    if (this.count < 2 * this.reach) this.count++;
    this.highs[this.pos] = this.newestHigh;
    this.lows[this.pos] = this.newestLow;
    if (++this.pos === 2 * this.reach) this.pos = 0;
  }
}
