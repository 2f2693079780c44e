import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** Rows between fresh sums, which bound the rounding of the running one; fewer after a missing value, as rows past it were summed in vain. */
const FRESH = 1024;
const FRESH_AFTER_GAP = 32;

/** Rows from `from` on that are unknown until a full window of present values ends: the row after it, or beyond the end of the column. Fills `out` up to there. */
function skipToWindow(input: Float64Array, out: Float64Array, at: { from: number; period: number }): number {
  let run = 0;
  let i = at.from;
  for (; i < input.length && run < at.period; i++) {
    const x = input[i] as number;
    run = x === x ? run + 1 : 0;
    out[i] = Number.NaN;
  }
  return run === at.period ? i : input.length + 1;
}

function windowSum(input: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += input[i] as number;
  return sum;
}

/**
 * Rows `from`..`to` from the window that ends before `from`, four at a time, so that no row has to wait for its neighbour; whether a value was missing is looked at once, as
 * NaN stays in the sum. Returns the row after the last known one.
 */
function meanRows(input: Float64Array, out: Float64Array, at: { from: number; to: number; period: number }): number {
  const { from, to, period } = at;
  const share = 1 / period;
  let sum = windowSum(input, from - period, from);
  out[from - 1] = sum * share;
  let i = from;
  for (const last = to - 3; i < last; i += 4) {
    const j = i - period;
    const a = (input[i] as number) - (input[j] as number);
    const b = a + ((input[i + 1] as number) - (input[j + 1] as number));
    const c = (input[i + 2] as number) - (input[j + 2] as number);
    const d = c + ((input[i + 3] as number) - (input[j + 3] as number));
    out[i] = (sum + a) * share;
    out[i + 1] = (sum + b) * share;
    out[i + 2] = (sum + (b + c)) * share;
    sum += b + d;
    out[i + 3] = sum * share;
  }
  for (; i < to; i++) {
    sum += (input[i] as number) - (input[i - period] as number);
    out[i] = sum * share;
  }
  if (sum === sum) return to;
  let known = from;
  while (out[known] === out[known]) known++;
  return known;
}

/** `Sma` over a whole column into `out` (returned), NaN where the window is not full of present values. One pass. @throws SOS_INPUT for a bad period or columns of unequal length */
export function smaColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('smaColumn period', period);
  checkColumns(input, out);
  const length = input.length;
  let from = skipToWindow(input, out, { from: 0, period });
  let reach = FRESH;
  while (from <= length) {
    const to = Math.min(from + reach, length);
    const known = meanRows(input, out, { from, to, period });
    reach = known === to ? Math.min(2 * reach, FRESH) : FRESH_AFTER_GAP;
    if (known < to) from = skipToWindow(input, out, { from: known, period });
    else if (to === length) break;
    else from = to;
  }
  return out;
}
