import type { BollingerOptions } from '../bollinger/bollinger.js';
import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** Bands as columns, each as long as the input. */
export interface BollingerColumns {
  readonly middle: Float64Array;
  readonly upper: Float64Array;
  readonly lower: Float64Array;
}

/** Rows between fresh sums; fewer after a missing value, as rows past it were summed in vain. */
const FRESH = 512;
const FRESH_AFTER_GAP = 32;

interface Bands {
  readonly input: Float64Array;
  readonly period: number;
  readonly multiplier: number;
  readonly perDegree: number;
  readonly out: BollingerColumns;
}

/**
 * Rows `from`..`to` by sums of differences to a recent value, which keep the digits of a small deviation; whether a value was missing is looked at once, as NaN stays in the
 * sums. Returns the row after the last known one.
 */
function bandRows(bands: Bands, from: number, to: number): number {
  const { input, period, multiplier, perDegree } = bands;
  const { middle, upper, lower } = bands.out;
  const share = 1 / period;
  const origin = input[from - 1] as number;
  let sum = 0;
  let squares = 0;
  for (let k = from - period; k < from; k++) {
    const d = (input[k] as number) - origin;
    sum += d;
    squares += d * d;
  }
  for (let i = from; i < to; i++) {
    const x = input[i] as number;
    const old = input[i - period] as number;
    const change = x - old;
    sum += change;
    // d² − d_old², whose factors lose nothing.
    squares += change * (x - origin + (old - origin));
    const shift = sum * share;
    const spread = squares - sum * shift;
    const mean = origin + shift;
    const reach = spread > 0 ? multiplier * Math.sqrt(spread * perDegree) : 0;
    middle[i] = mean;
    upper[i] = mean + reach;
    lower[i] = mean - reach;
  }
  if (sum === sum) return to;
  let known = from;
  while (middle[known] === middle[known]) known++;
  return known;
}

/** The row where the first full window of present values after `from` ends, by the plain definition; everything before is unknown. */
function firstRow(bands: Bands, from: number): number {
  const { input, period, multiplier, perDegree } = bands;
  const { middle, upper, lower } = bands.out;
  let run = 0;
  for (let i = from; i < input.length; i++) {
    const x = input[i] as number;
    run = x === x ? run + 1 : 0;
    middle[i] = upper[i] = lower[i] = Number.NaN;
    if (run < period) continue;
    let sum = 0;
    let squares = 0;
    for (let k = i - period + 1; k <= i; k++) sum += (input[k] as number) - x;
    for (let k = i - period + 1; k <= i; k++) squares += ((input[k] as number) - x - sum / period) ** 2;
    const reach = multiplier * Math.sqrt(squares * perDegree);
    middle[i] = x + sum / period;
    upper[i] = x + sum / period + reach;
    lower[i] = x + sum / period - reach;
    return i;
  }
  return input.length;
}

/** `Bollinger` over a whole column into `out` (returned); NaN where the window is not full of present values. @throws SOS_INPUT for bad options or columns of unequal length */
export function bollingerColumns(
  input: Float64Array,
  options: BollingerOptions,
  out: BollingerColumns,
): BollingerColumns {
  const { period, multiplier, deviation = 'population' } = options;
  checkPeriod('bollingerColumns period', period, deviation === 'sample' ? 2 : 1);
  checkColumns(input, out.middle, out.upper, out.lower);
  const bands = { input, period, multiplier, perDegree: 1 / (deviation === 'sample' ? period - 1 : period), out };
  let from = firstRow(bands, 0) + 1;
  let reach = FRESH;
  while (from < input.length) {
    const to = Math.min(from + reach, input.length);
    const known = bandRows(bands, from, to);
    reach = known === to ? Math.min(2 * reach, FRESH) : FRESH_AFTER_GAP;
    from = known === to ? to : firstRow(bands, known) + 1;
  }
  return out;
}
