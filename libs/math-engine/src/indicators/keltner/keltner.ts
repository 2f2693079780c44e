import { Atr } from '../atr/atr.js';
import { Ema } from '../ema/ema.js';
import type { BarIndicator } from '../indicator.js';

/** Parameters of Keltner channels. */
export interface KeltnerOptions {
  /** Bars of the EMA in the middle, ≥ 1. */
  readonly period: number;
  /** Bars of the average true range, ≥ 1. */
  readonly atrPeriod: number;
  /** Average true ranges between middle and band. */
  readonly multiplier: number;
}

/** Keltner channels: `value` = `middle` = EMA of the close, bands a multiple of the Wilder ATR away; warm-up max(period, atrPeriod + 1). */
export class Keltner implements BarIndicator {
  value = Number.NaN;
  upper = Number.NaN;
  lower = Number.NaN;
  readonly warmup: number;
  private readonly average: Ema;
  private readonly range: Atr;
  private readonly multiplier: number;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(options: KeltnerOptions) {
    this.average = new Ema(options.period);
    this.range = new Atr(options.atrPeriod);
    this.multiplier = options.multiplier;
    this.warmup = Math.max(options.period, options.atrPeriod + 1);
  }

  get middle(): number {
    return this.value;
  }

  add(high: number, low: number, close: number): void {
    this.average.add(close + 0 * (high + low));
    this.range.add(high, low, close);
    this.read();
  }

  replace(high: number, low: number, close: number): void {
    // A bar that lacks any field counts as missing for both parts.
    this.average.replace(close + 0 * (high + low));
    this.range.replace(high, low, close);
    this.read();
  }

  private read(): void {
    const reach = this.multiplier * this.range.value;
    this.upper = this.average.value + reach;
    this.lower = this.average.value - reach;
    this.value = reach === reach ? this.average.value : Number.NaN;
  }
}
