import { checkPeriod } from '../check-period.js';
import { checkColumns, type BarInput } from './run-indicator.js';

/** Rows after which it is looked whether a bar was missing. */
const BLOCK = 1024;

interface Smoothing {
  readonly bars: Omit<BarInput, 'volume'>;
  readonly out: Float64Array;
  readonly period: number;
}

/** The committed average and the close that the next true range is taken from. */
interface Ranges {
  average: number;
  previous: number;
}

/** Rows of a missing bar are unknown and change nothing. */
function gappyRows({ bars, out, period }: Smoothing, at: { from: number; to: number }, state: Ranges): void {
  const { high, low, close } = bars;
  const keep = (period - 1) / period;
  const share = 0.5 / period;
  let { average, previous } = state;
  for (let i = at.from; i < at.to; i++) {
    const top = high[i] as number;
    const bottom = low[i] as number;
    const last = close[i] as number;
    // Twice the span of bar and close before, without a branch that nobody can predict; a missing close makes it unknown too.
    const range = top - bottom + Math.abs(top - previous) + Math.abs(bottom - previous) + 0 * last;
    const next = keep * average + share * range;
    out[i] = next;
    if (next !== next) continue;
    average = next;
    previous = last;
  }
  state.average = average;
  state.previous = previous;
}

/** Two rows at a time, so that the second does not wait for the first. False, with `state` as it was, when a bar is missing. */
function fullRows({ bars, out, period }: Smoothing, at: { from: number; to: number }, state: Ranges): boolean {
  const { high, low, close } = bars;
  const keep = (period - 1) / period;
  const keep2 = keep * keep;
  const share = 0.5 / period;
  let { average, previous } = state;
  let i = at.from;
  for (const last = at.to - 1; i < last; i += 2) {
    const top = high[i] as number;
    const bottom = low[i] as number;
    const between = close[i] as number;
    const nextTop = high[i + 1] as number;
    const nextBottom = low[i + 1] as number;
    const range = share * (top - bottom + Math.abs(top - previous) + Math.abs(bottom - previous));
    const nextRange = share * (nextTop - nextBottom + Math.abs(nextTop - between) + Math.abs(nextBottom - between));
    previous = close[i + 1] as number;
    out[i] = range + keep * average;
    average = nextRange + keep * range + keep2 * average;
    out[i + 1] = average;
  }
  if (Number.isNaN(average + previous)) return false;
  state.average = average;
  state.previous = previous;
  gappyRows({ bars, out, period }, { from: i, to: at.to }, state);
  return true;
}

/** `Atr` over whole bars into `out` (returned); NaN during warm-up and for missing bars. @throws SOS_INPUT for a bad period or columns of unequal length */
export function atrColumn(bars: Omit<BarInput, 'volume'>, period: number, out: Float64Array): Float64Array {
  checkPeriod('atrColumn period', period);
  const { high, low, close } = bars;
  checkColumns(high, low, close, out);
  const length = close.length;
  const state = { average: 0, previous: Number.NaN };
  let from = 0;
  for (let ranges = -1; from < length && ranges < period; from++) {
    const [top, bottom, last] = [high[from] as number, low[from] as number, close[from] as number];
    out[from] = Number.NaN;
    if (Number.isNaN(top + bottom + last)) continue;
    const range = top - bottom + Math.abs(top - state.previous) + Math.abs(bottom - state.previous);
    if (ranges >= 0) state.average += (0.5 / period) * range;
    state.previous = last;
    if (++ranges === period) out[from] = state.average;
  }
  const smoothing = { bars, out, period };
  for (; from < length; from += BLOCK) {
    const at = { from, to: Math.min(from + BLOCK, length) };
    if (!fullRows(smoothing, at, state)) gappyRows(smoothing, at, state);
  }
  return out;
}
