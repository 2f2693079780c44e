import { checkPeriod } from '../check-period.js';
import { checkColumns, type BarInput } from './run-indicator.js';

/** `Atr` over whole bars into `out` (returned); NaN during warm-up and for missing bars. @throws SOS_INPUT for a bad period or columns of unequal length */
export function atrColumn(bars: Omit<BarInput, 'volume'>, period: number, out: Float64Array): Float64Array {
  checkPeriod('atrColumn period', period);
  const { high, low, close } = bars;
  checkColumns(high, low, close, out);
  const keep = (period - 1) / period;
  const share = 1 / period;
  let previous = Number.NaN;
  let ranges = 0;
  let state = 0;
  for (let i = 0; i < close.length; i++) {
    const top = high[i] as number;
    const bottom = low[i] as number;
    const last = close[i] as number;
    out[i] = Number.NaN;
    if (top + bottom + last !== top + bottom + last) continue;
    // The true range spans the bar and the close before it.
    const range = Math.max(top, previous) - Math.min(bottom, previous);
    previous = last;
    if (range !== range) continue;
    if (ranges >= period) state = keep * state + share * range;
    else {
      state += range;
      if (++ranges === period) state *= share;
    }
    if (ranges >= period) out[i] = state;
  }
  return out;
}
