import type { Indicator } from '../indicator.js';
import { RollingStdev, type Deviation } from '../rolling-stdev/rolling-stdev.js';

/** Parameters of Bollinger bands. */
export interface BollingerOptions {
  /** Bars of the window, ≥ 1 (≥ 2 for a sample deviation). */
  readonly period: number;
  /** Deviations between middle and band; usually 2. */
  readonly multiplier: number;
  /** Bollinger's own bands divide by n (`population`, the default). */
  readonly deviation?: Deviation;
}

/** Bollinger bands: `value` = `middle` (simple mean), `upper` and `lower` a multiple of the deviation away, in the unit of the input; warm-up `period`. */
export class Bollinger implements Indicator {
  readonly warmup: number;
  private readonly stdev: RollingStdev;
  private readonly multiplier: number;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(options: BollingerOptions) {
    this.stdev = new RollingStdev(options.period, options.deviation ?? 'population');
    this.warmup = options.period;
    this.multiplier = options.multiplier;
  }

  get value(): number {
    return this.stdev.mean;
  }

  get middle(): number {
    return this.stdev.mean;
  }

  get upper(): number {
    return this.stdev.mean + this.multiplier * this.stdev.value;
  }

  get lower(): number {
    return this.stdev.mean - this.multiplier * this.stdev.value;
  }

  /** Standard deviation of the window. */
  get deviation(): number {
    return this.stdev.value;
  }

  add(x: number): void {
    this.stdev.add(x);
  }

  replace(x: number): void {
    this.stdev.replace(x);
  }
}
