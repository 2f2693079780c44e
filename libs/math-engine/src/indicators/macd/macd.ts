import { AppError } from '@sos/domain';
import { Ema } from '../ema/ema.js';
import type { Indicator } from '../indicator.js';

/** Periods of the three averages, in bars; usually 12, 26 and 9. */
export interface MacdOptions {
  /** Bars of the fast EMA, ≥ 1. */
  readonly fast: number;
  /** Bars of the slow EMA, more than the fast one's. */
  readonly slow: number;
  /** Bars of the signal line's EMA, ≥ 1. */
  readonly signal: number;
}

/**
 * Moving average convergence/divergence: `value` = EMA(fast) − EMA(slow) from bar `slow` on, `signal` its EMA from bar `slow + signal − 1` on, `histogram` their
 * difference. `warmup` is that of `value`.
 */
export class Macd implements Indicator {
  value = Number.NaN;
  signal = Number.NaN;
  histogram = Number.NaN;
  readonly warmup: number;
  private readonly fast: Ema;
  private readonly slow: Ema;
  private readonly smooth: Ema;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(options: MacdOptions) {
    if (options.fast >= options.slow)
      throw new AppError('SOS_INPUT', `Macd: expected fast < slow, found ${options.fast} and ${options.slow}`);
    this.fast = new Ema(options.fast);
    this.slow = new Ema(options.slow);
    this.smooth = new Ema(options.signal);
    this.warmup = options.slow;
  }

  add(x: number): void {
    this.fast.add(x);
    this.slow.add(x);
    const value = this.fast.value - this.slow.value;
    this.smooth.add(value);
    this.read(value);
  }

  replace(x: number): void {
    this.fast.replace(x);
    this.slow.replace(x);
    const value = this.fast.value - this.slow.value;
    this.smooth.replace(value);
    this.read(value);
  }

  private read(value: number): void {
    this.value = value;
    this.signal = this.smooth.value;
    this.histogram = value - this.signal;
  }
}
