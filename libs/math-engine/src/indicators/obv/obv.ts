/* eslint-disable max-params -- the bar contract: an object per bar would be allocated in every hot loop */
import type { BarIndicator } from '../indicator.js';

/** On-balance volume in units: volume is added on a higher close and taken off on a lower one; warm-up 2 (0 at the first change's base). A missing bar is skipped. */
export class Obv implements BarIndicator {
  value = Number.NaN;
  readonly warmup = 2;
  private state = 0;
  private previousClose = Number.NaN;
  private newestClose = Number.NaN;
  private newestTotal = Number.NaN;

  add(high: number, low: number, close: number, volume: number): void {
    if (this.newestClose === this.newestClose) {
      this.previousClose = this.newestClose;
      if (this.newestTotal === this.newestTotal) this.state = this.newestTotal;
    }
    this.replace(high, low, close, volume);
  }

  replace(_high: number, _low: number, close: number, volume: number): void {
    this.newestClose = volume === volume ? close : Number.NaN;
    const change = close - this.previousClose;
    this.newestTotal = this.state + (change > 0 ? volume : change < 0 ? -volume : 0 * (change + volume));
    this.value = this.newestTotal;
  }
}
