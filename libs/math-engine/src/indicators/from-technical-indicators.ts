/* eslint-disable max-params -- the bar contract: an object per bar would be allocated in every hot loop */
import { checkPeriod } from './check-period.js';
import type { BarIndicator } from './indicator.js';

/** The last bars in the form that technicalindicators takes, oldest first. */
export interface BarWindow {
  readonly high: number[];
  readonly low: number[];
  readonly close: number[];
  readonly volume: number[];
}

/** An indicator of the `technicalindicators` package and how many bars it remembers. */
export interface AdaptedIndicator {
  /** Bars that determine the newest value, which is also the warm-up. */
  readonly bars: number;
  /** Newest value over exactly `bars` bars, through a `calculate` of technicalindicators. */
  readonly calculate: (window: BarWindow) => number | undefined;
}

/**
 * Puts an indicator of finite memory from the `technicalindicators` package behind the `BarIndicator` contract: the value is the package's own over the last
 * `bars` bars, recomputed on each call because the package cannot take a forming bar back. O(bars) per bar with allocation: for what is not hot.
 */
export function fromTechnicalIndicators(adapted: AdaptedIndicator): BarIndicator {
  return new Adapted(adapted);
}

class Adapted implements BarIndicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly calculate: AdaptedIndicator['calculate'];
  private readonly window: BarWindow = { high: [], low: [], close: [], volume: [] };

  constructor(adapted: AdaptedIndicator) {
    checkPeriod('technicalindicators window', adapted.bars);
    this.warmup = adapted.bars;
    this.calculate = adapted.calculate;
  }

  add(high: number, low: number, close: number, volume: number): void {
    const { window } = this;
    if (window.close.length === this.warmup) for (const column of this.columns()) column.shift();
    window.high.push(high);
    window.low.push(low);
    window.close.push(close);
    window.volume.push(volume);
    this.read();
  }

  replace(high: number, low: number, close: number, volume: number): void {
    for (const column of this.columns()) column.pop();
    this.add(high, low, close, volume);
  }

  private columns(): number[][] {
    const { high, low, close, volume } = this.window;
    return [high, low, close, volume];
  }

  private read(): void {
    const { high, low, close } = this.window;
    const isMissing = close.some((x, i) => Number.isNaN(x + (high[i] ?? Number.NaN) + (low[i] ?? Number.NaN)));
    const ready = close.length === this.warmup && !isMissing;
    this.value = ready ? (this.calculate(this.window) ?? Number.NaN) : Number.NaN;
  }
}
