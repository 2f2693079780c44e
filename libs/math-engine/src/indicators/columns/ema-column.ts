import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** Rows after which it is looked whether a value was missing. */
const BLOCK = 1024;

interface Smoothing {
  readonly input: Float64Array;
  readonly out: Float64Array;
  readonly alpha: number;
}

/** Rows of a missing value are unknown and leave the average where it was. Returns the average after the last row. */
function gappyRows({ input, out, alpha }: Smoothing, at: { from: number; to: number }, before: number): number {
  const beta = 1 - alpha;
  let average = before;
  for (let i = at.from; i < at.to; i++) {
    const next = alpha * (input[i] as number) + beta * average;
    out[i] = next;
    if (next === next) average = next;
  }
  return average;
}

/** Four rows at a time from the average before them, so that no row has to wait for its neighbour; NaN when a value is missing. */
function fullRows({ input, out, alpha }: Smoothing, at: { from: number; to: number }, before: number): number {
  const beta = 1 - alpha;
  const beta2 = beta * beta;
  const beta3 = beta2 * beta;
  const beta4 = beta2 * beta2;
  let average = before;
  let i = at.from;
  for (const last = at.to - 3; i < last; i += 4) {
    const a = alpha * (input[i] as number);
    const b = alpha * (input[i + 1] as number) + beta * a;
    const c = alpha * (input[i + 2] as number);
    const d = alpha * (input[i + 3] as number) + beta * c + beta2 * b;
    out[i] = a + beta * average;
    out[i + 1] = b + beta2 * average;
    out[i + 2] = c + beta * b + beta3 * average;
    average = d + beta4 * average;
    out[i + 3] = average;
  }
  return gappyRows({ input, out, alpha }, { from: i, to: at.to }, average);
}

/** `Ema` over a whole column into `out` (returned); NaN during warm-up and for missing values. @throws SOS_INPUT for a bad period or columns of unequal length */
export function emaColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('emaColumn period', period);
  checkColumns(input, out);
  const length = input.length;
  let from = 0;
  let sum = 0;
  for (let seen = 0; from < length && seen < period; from++) {
    const x = input[from] as number;
    out[from] = Number.NaN;
    if (x !== x) continue;
    sum += x;
    if (++seen === period) out[from] = sum / period;
  }
  const smoothing = { input, out, alpha: 2 / (period + 1) };
  let average = sum / period;
  for (; from < length; from += BLOCK) {
    const at = { from, to: Math.min(from + BLOCK, length) };
    const next = fullRows(smoothing, at, average);
    average = next === next ? next : gappyRows(smoothing, at, average);
  }
  return out;
}
