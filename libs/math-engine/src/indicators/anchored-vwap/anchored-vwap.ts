/* eslint-disable max-params -- the bar contract: an object per bar would be allocated in every hot loop */
import type { BarIndicator } from '../indicator.js';

/**
 * Volume-weighted average of the typical price (high + low + close) / 3 since the last `anchor()`, in rupees; warm-up 1 bar with volume.
 * `deviation` is the volume-weighted standard deviation of the typical price around it: bands lie at `value ± k · deviation` (`band(k)`). Bars without known
 * volume are missing: NaN for that bar, the sums untouched. NaN until a bar has volume > 0.
 */
export class AnchoredVwap implements BarIndicator {
  value = Number.NaN;
  readonly warmup = 1;
  /** Committed sums of volume, volume · d and volume · d² with d = typical price − origin, which keeps the digits of small deviations. */
  private volume = 0;
  private first = 0;
  private second = 0;
  private origin = 0;
  /** Of the forming bar; no volume while it is missing. */
  private distance = 0;
  private size = 0;

  /** Volume-weighted standard deviation of the typical price around the average, in rupees; NaN while `value` is. */
  get deviation(): number {
    const { volume, size, distance, value } = this;
    if (value !== value) return Number.NaN;
    const total = volume + size;
    const mean = (this.first + size * distance) / total;
    const variance = (this.second + size * distance * distance) / total - mean * mean;
    return variance > 0 ? Math.sqrt(variance) : 0;
  }

  /** Forgets everything before: the next bar is the first of the average. */
  anchor(): void {
    this.volume = this.first = this.second = this.distance = this.size = 0;
    this.value = Number.NaN;
  }

  add(high: number, low: number, close: number, volume: number): void {
    const size = this.size;
    const worth = size * this.distance;
    this.volume += size;
    this.first += worth;
    this.second += worth * this.distance;
    this.replace(high, low, close, volume);
  }

  replace(high: number, low: number, close: number, volume: number): void {
    const price = (high + low + close) * (1 / 3);
    // Until something is committed nothing is tied to an origin.
    if (this.volume === 0) this.origin = price;
    const distance = price - this.origin;
    const total = this.volume + volume;
    const value = this.origin + (this.first + volume * distance) / total;
    if (value !== value || !(volume >= 0) || total === 0) {
      this.distance = this.size = 0;
      this.value = Number.NaN;
      return;
    }
    this.distance = distance;
    this.size = volume;
    this.value = value;
  }

  /** The band `k` deviations above (k > 0) or below (k < 0). */
  band(k: number): number {
    return this.value + k * this.deviation;
  }
}
