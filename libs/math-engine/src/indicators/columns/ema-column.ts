import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** `Ema` over a whole column into `out` (returned); NaN during warm-up and for missing values. @throws SOS_INPUT for a bad period or columns of unequal length */
export function emaColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('emaColumn period', period);
  checkColumns(input, out);
  const alpha = 2 / (period + 1);
  const beta = 1 - alpha;
  const length = input.length;
  let i = 0;
  let sum = 0;
  for (let seen = 0; i < length && seen < period; i++) {
    const x = input[i] as number;
    out[i] = Number.NaN;
    if (x !== x) continue;
    sum += x;
    if (++seen === period) out[i] = sum / period;
  }
  let average = sum / period;
  for (; i < length; i++) {
    const next = alpha * (input[i] as number) + beta * average;
    out[i] = next;
    if (next === next) average = next;
  }
  return out;
}
