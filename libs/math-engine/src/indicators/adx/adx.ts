import { checkPeriod } from '../check-period.js';
import type { BarIndicator } from '../indicator.js';

/**
 * Average directional index, 0..100, with `plusDi` and `minusDi`, all Wilder-smoothed (1978); `value` (ADX) warms up after `2 · period` bars, the
 * directional indicators after `period + 1`. DX is 0 where neither direction moved. A missing bar is skipped.
 */
export class Adx implements BarIndicator {
  value = Number.NaN;
  plusDi = Number.NaN;
  minusDi = Number.NaN;
  readonly warmup: number;
  private readonly period: number;
  private readonly keep: number;
  /** Committed Wilder sums of true range and directional moves. */
  private range = 0;
  private plus = 0;
  private minus = 0;
  /** Committed sum of DX while seeding, then the ADX. */
  private adx = 0;
  /** Committed changes of bar; -1 before the first bar. */
  private changes = -1;
  private previousHigh = Number.NaN;
  private previousLow = Number.NaN;
  private previousClose = Number.NaN;
  private high = Number.NaN;
  private low = Number.NaN;
  private close = Number.NaN;
  private nextRange = 0;
  private nextPlus = 0;
  private nextMinus = 0;
  private nextAdx = 0;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Adx period', period);
    this.period = period;
    this.keep = (period - 1) / period;
    this.warmup = 2 * period;
  }

  add(high: number, low: number, close: number): void {
    if (this.close === this.close) this.commit();
    this.replace(high, low, close);
  }

  replace(high: number, low: number, close: number): void {
    this.high = high;
    this.low = low;
    this.close = close + 0 * (high + low);
    if (this.changes < 0) return;
    this.smooth();
    const changes = this.changes + 1;
    if (changes < this.period) return;
    this.plusDi = this.nextRange === 0 ? 0 : (100 * this.nextPlus) / this.nextRange;
    this.minusDi = this.nextRange === 0 ? 0 : (100 * this.nextMinus) / this.nextRange;
    const both = this.plusDi + this.minusDi;
    const dx = both === 0 ? 0 : (100 * Math.abs(this.plusDi - this.minusDi)) / both;
    const strengths = changes - this.period + 1;
    if (strengths > this.period) this.nextAdx = this.keep * this.adx + dx / this.period;
    else this.nextAdx = strengths === this.period ? (this.adx + dx) / this.period : this.adx + dx;
    this.value = strengths >= this.period ? this.nextAdx : Number.NaN;
  }

  private smooth(): void {
    const up = this.high - this.previousHigh;
    const down = this.previousLow - this.low;
    const range = Math.max(
      this.high - this.low,
      Math.abs(this.high - this.previousClose),
      Math.abs(this.low - this.previousClose),
    );
    const missing = 0 * this.close;
    const keep = this.changes >= this.period ? this.keep : 1;
    this.nextRange = keep * this.range + range + missing;
    this.nextPlus = keep * this.plus + (up > down && up > 0 ? up : 0) + missing;
    this.nextMinus = keep * this.minus + (down > up && down > 0 ? down : 0) + missing;
  }

  private commit(): void {
    this.previousHigh = this.high;
    this.previousLow = this.low;
    this.previousClose = this.close;
    if (this.changes >= 0) {
      this.range = this.nextRange;
      this.plus = this.nextPlus;
      this.minus = this.nextMinus;
      this.adx = this.nextAdx;
    }
    this.changes++;
  }
}
