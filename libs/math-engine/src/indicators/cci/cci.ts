/* eslint-disable max-params -- the bar contract: an object per bar would be allocated in every hot loop */
import { CCI } from 'technicalindicators';
import { checkPeriod } from '../check-period.js';
import { fromTechnicalIndicators } from '../from-technical-indicators.js';
import type { BarIndicator } from '../indicator.js';

/** Commodity channel index (D. Lambert, 1980) of the typical price over `period` bars, by technicalindicators; warm-up `period`. NaN where the price did not move. */
export class Cci implements BarIndicator {
  readonly warmup: number;
  private readonly inner: BarIndicator;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('Cci period', period, 2);
    this.warmup = period;
    this.inner = fromTechnicalIndicators({
      bars: period,
      calculate: ({ high, low, close }) => CCI.calculate({ high, low, close, period }).at(-1),
    });
  }

  get value(): number {
    return this.inner.value;
  }

  add(high: number, low: number, close: number, volume: number): void {
    this.inner.add(high, low, close, volume);
  }

  replace(high: number, low: number, close: number, volume: number): void {
    this.inner.replace(high, low, close, volume);
  }
}
