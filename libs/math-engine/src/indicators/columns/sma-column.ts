import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** Rows between fresh sums, which bound the rounding of the running one. */
const FRESH = 1024;

function windowSum(input: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += input[i] as number;
  return sum;
}

/** `Sma` over a whole column into `out` (returned), NaN where the window is not full of present values. One pass. @throws SOS_INPUT for a bad period or columns of unequal length */
export function smaColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('smaColumn period', period);
  checkColumns(input, out);
  const share = 1 / period;
  let sum = 0;
  /** Present values in a row, up to this one. */
  let run = 0;
  for (let start = 0; start < input.length; start += FRESH) {
    const end = Math.min(start + FRESH, input.length);
    if (run >= period) sum = windowSum(input, start - period, start);
    for (let i = start; i < end; i++) {
      const x = input[i] as number;
      if (x !== x) {
        run = sum = 0;
        out[i] = Number.NaN;
        continue;
      }
      sum += run >= period ? x - (input[i - period] as number) : x;
      out[i] = ++run >= period ? sum * share : Number.NaN;
    }
  }
  return out;
}
