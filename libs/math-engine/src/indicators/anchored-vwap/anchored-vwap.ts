/* eslint-disable max-params -- the bar contract: an object per bar would be allocated in every hot loop */
import type { BarIndicator } from '../indicator.js';

/**
 * Volume-weighted average of the typical price (high + low + close) / 3 since the last `anchor()`, in rupees; warm-up 1 bar with volume.
 * `deviation` is the volume-weighted standard deviation of the typical price around it: bands lie at `value ± k · deviation` (`band(k)`). Bars without known
 * volume are missing: NaN for that bar, the sums untouched. NaN until a bar has volume > 0.
 */
export class AnchoredVwap implements BarIndicator {
  value = Number.NaN;
  deviation = Number.NaN;
  readonly warmup = 1;
  /** Sums of volume, volume · d and volume · d² with d = typical price − origin, which keeps the digits of small deviations. */
  private volume = 0;
  private first = 0;
  private second = 0;
  private origin = Number.NaN;
  private newestPrice = Number.NaN;
  private newestVolume = 0;

  /** Forgets everything before: the next bar is the first of the average. */
  anchor(): void {
    this.volume = this.first = this.second = this.newestVolume = 0;
    this.origin = this.newestPrice = this.value = this.deviation = Number.NaN;
  }

  add(high: number, low: number, close: number, volume: number): void {
    this.commit();
    this.replace(high, low, close, volume);
  }

  replace(high: number, low: number, close: number, volume: number): void {
    const price = (high + low + close) / 3;
    this.newestPrice = price;
    this.newestVolume = volume;
    const origin = this.origin === this.origin ? this.origin : price;
    const d = price - origin;
    const total = this.volume + volume;
    if (!(total > 0)) {
      this.value = this.deviation = Number.NaN;
      return;
    }
    const mean = (this.first + volume * d) / total;
    this.value = origin + mean;
    const variance = (this.second + volume * d * d) / total - mean * mean;
    this.deviation = variance > 0 ? Math.sqrt(variance) : variance === variance ? 0 : Number.NaN;
  }

  /** The band `k` deviations above (k > 0) or below (k < 0). */
  band(k: number): number {
    return this.value + k * this.deviation;
  }

  private commit(): void {
    const price = this.newestPrice;
    const volume = this.newestVolume;
    if (!(volume > 0) || price !== price) return;
    if (this.origin !== this.origin) this.origin = price;
    const d = price - this.origin;
    this.volume += volume;
    this.first += volume * d;
    this.second += volume * d * d;
  }
}
