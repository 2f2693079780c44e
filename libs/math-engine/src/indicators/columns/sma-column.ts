import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** Rows between fresh sums, which bound the rounding of the running one. */
const FRESH = 1024;

/** Rows from `from` on that are unknown until a full window of present values ends: the row after it, or the end of the column. Fills `out` up to there. */
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

/** `Sma` over a whole column into `out` (returned), NaN where the window is not full of present values. One pass. @throws SOS_INPUT for a bad period or columns of unequal length */
export function smaColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('smaColumn period', period);
  checkColumns(input, out);
  const share = 1 / period;
  const length = input.length;
  let i = skipToWindow(input, out, { from: 0, period });
  while (i <= length) {
    let sum = windowSum(input, i - period, i);
    out[i - 1] = sum * share;
    const end = Math.min(i + FRESH, length);
    for (; i < end; i++) {
      sum += (input[i] as number) - (input[i - period] as number);
      out[i] = sum * share;
      if (sum !== sum) break;
    }
    if (sum !== sum) i = skipToWindow(input, out, { from: i, period });
    else if (i === length) break;
  }
  return out;
}
