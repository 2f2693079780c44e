import { checkPeriod } from '../check-period.js';
import type { BarIndicator } from '../indicator.js';
import { RollingMax } from '../rolling-max/rolling-max.js';
import { RollingMin } from '../rolling-min/rolling-min.js';
import { Sma } from '../sma/sma.js';

/** Parameters of the stochastic oscillator. */
export interface StochasticOptions {
  /** Bars of the range, ≥ 1. */
  readonly period: number;
  /** Bars over which %K is averaged; 1 (default) is the fast stochastic, 3 the slow one. */
  readonly smoothing?: number;
  /** Bars of the %D average. */
  readonly signal: number;
}

/**
 * Stochastic oscillator (G. Lane), 0..100: `value` = %K, the close's place in the range of the last `period` bars, `signal` = %D, its simple mean.
 * Warm-up of %K is `period + smoothing − 1`. NaN where the range has no width, as nothing can be said of a place in it.
 */
export class Stochastic implements BarIndicator {
  value = Number.NaN;
  signal = Number.NaN;
  readonly warmup: number;
  private readonly top: RollingMax;
  private readonly bottom: RollingMin;
  private readonly k: Sma;
  private readonly d: Sma;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(options: StochasticOptions) {
    const smoothing = options.smoothing ?? 1;
    checkPeriod('Stochastic period', options.period);
    this.top = new RollingMax(options.period);
    this.bottom = new RollingMin(options.period);
    this.k = new Sma(smoothing);
    this.d = new Sma(options.signal);
    this.warmup = options.period + smoothing - 1;
  }

  add(high: number, low: number, close: number): void {
    const missing = 0 * (high + low + close);
    this.top.add(high + missing);
    this.bottom.add(low + missing);
    this.k.add(this.place(close));
    this.d.add(this.k.value);
    this.read();
  }

  replace(high: number, low: number, close: number): void {
    const missing = 0 * (high + low + close);
    this.top.replace(high + missing);
    this.bottom.replace(low + missing);
    this.k.replace(this.place(close));
    this.d.replace(this.k.value);
    this.read();
  }

  private place(close: number): number {
    const range = this.top.value - this.bottom.value;
    return range === 0 ? Number.NaN : (100 * (close - this.bottom.value)) / range;
  }

  private read(): void {
    this.value = this.k.value;
    this.signal = this.d.value;
  }
}
