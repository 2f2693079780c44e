import { checkPeriod } from '../check-period.js';
import { checkColumns, type BarInput } from './run-indicator.js';

/** `Atr` over whole bars into `out` (returned); NaN during warm-up and for missing bars. @throws SOS_INPUT for a bad period or columns of unequal length */
export function atrColumn(bars: Omit<BarInput, 'volume'>, period: number, out: Float64Array): Float64Array {
  checkPeriod('atrColumn period', period);
  const { high, low, close } = bars;
  checkColumns(high, low, close, out);
  const keep = (period - 1) / period;
  const share = 1 / period;
  const length = close.length;
  let previous = Number.NaN;
  let sum = 0;
  let i = 0;
  for (let ranges = -1; i < length && ranges < period; i++) {
    const [top, bottom, last] = [high[i] as number, low[i] as number, close[i] as number];
    out[i] = Number.NaN;
    if (Number.isNaN(top + bottom + last)) continue;
    if (ranges >= 0) sum += 0.5 * (top - bottom + Math.abs(top - previous) + Math.abs(bottom - previous));
    previous = last;
    if (++ranges === period) out[i] = sum * share;
  }
  let state = sum * share;
  for (; i < length; i++) {
    const top = high[i] as number;
    const bottom = low[i] as number;
    const last = close[i] as number;
    // The span of bar and close before, without a branch that nobody can predict; a missing close makes it unknown too.
    const range = 0.5 * (top - bottom + Math.abs(top - previous) + Math.abs(bottom - previous)) + 0 * last;
    const next = keep * state + share * range;
    out[i] = next;
    if (next !== next) continue;
    state = next;
    previous = last;
  }
  return out;
}
