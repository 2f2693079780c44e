import { checkPeriod } from '../check-period.js';
import type { BollingerOptions } from '../bollinger/bollinger.js';
import { checkColumns } from './run-indicator.js';

/** Bands as columns, each as long as the input. */
export interface BollingerColumns {
  readonly middle: Float64Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

/** Rows between fresh sums. */
const FRESH = 512;

/** `Bollinger` over a whole column into `out` (returned); NaN where the window is not full of present values. @throws SOS_INPUT for bad options or columns of unequal length */
export function bollingerColumns(
  input: Float64Array,
  options: BollingerOptions,
  out: BollingerColumns,
): BollingerColumns {
  const { period, multiplier, deviation = 'population' } = options;
  checkPeriod('bollingerColumns period', period, deviation === 'sample' ? 2 : 1);
  const { middle, upper, lower } = out;
  checkColumns(input, middle, upper, lower);
  const share = 1 / period;
  const perDegree = 1 / (deviation === 'sample' ? period - 1 : period);
  let origin = 0;
  let sum = 0;
  let squares = 0;
  let run = 0;
  let fresh = 0;
  for (let i = 0; i < input.length; i++) {
    const x = input[i] as number;
    if (x !== x) {
      run = 0;
      middle[i] = upper[i] = lower[i] = Number.NaN;
      continue;
    }
    if (run === 0 || --fresh <= 0) {
      // Differences to a recent value keep the digits of a small deviation.
      origin = x;
      sum = squares = 0;
      fresh = FRESH;
      for (let k = i - Math.min(run, period); k < i; k++) {
        const d = (input[k] as number) - origin;
        sum += d;
        squares += d * d;
      }
    }
    const d = x - origin;
    sum += d;
    squares += d * d;
    if (run >= period) {
      const old = (input[i - period] as number) - origin;
      sum -= old;
      squares -= old * old;
    }
    if (++run < period) {
      middle[i] = upper[i] = lower[i] = Number.NaN;
      continue;
    }
    const shift = sum * share;
    const mean = origin + shift;
    const reach = multiplier * Math.sqrt(Math.max(0, squares - sum * shift) * perDegree);
    middle[i] = mean;
    upper[i] = mean + reach;
    lower[i] = mean - reach;
  }
  return out;
}
