import type { Indicator } from '../indicator.js';
import { RollingStdev, type Deviation } from '../rolling-stdev/rolling-stdev.js';

export interface BollingerOptions {
  readonly period: number;
  /** Deviations between middle and band; usually 2. */
  readonly multiplier: number;
  /** Bollinger's own bands divide by n (`population`, the default). */
  readonly deviation?: Deviation;
}

/** Bollinger bands: `value` = `middle` (simple mean), `upper` and `lower` a multiple of the deviation away; warm-up `period`. */
export class Bollinger implements Indicator {
  upper = Number.NaN;
  lower = Number.NaN;
  value = Number.NaN;
  /** Standard deviation of the window. */
  deviation = Number.NaN;
  readonly warmup: number;
  private readonly stdev: RollingStdev;
  private readonly multiplier: number;

  constructor(options: BollingerOptions) {
    this.stdev = new RollingStdev(options.period, options.deviation ?? 'population');
    this.warmup = options.period;
    this.multiplier = options.multiplier;
  }

  get middle(): number {
    return this.value;
  }

  add(x: number): void {
    this.stdev.add(x);
    this.read();
  }

  replace(x: number): void {
    this.stdev.replace(x);
    this.read();
  }

  private read(): void {
    const { mean, value } = this.stdev;
    const reach = this.multiplier * value;
    this.value = mean;
    this.deviation = value;
    this.upper = mean + reach;
    this.lower = mean - reach;
  }
}
