import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/** `Rsi` over a whole column into `out` (returned); NaN during warm-up and for missing values. @throws SOS_INPUT for a bad period or columns of unequal length */
export function rsiColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('rsiColumn period', period);
  checkColumns(input, out);
  const length = input.length;
  const keep = period - 1;
  const share = 1 / period;
  let i = 0;
  let previous = Number.NaN;
  // Gains and all moves as Wilder's averages times `period`: the factor cancels in their ratio.
  let gains = 0;
  let moves = 0;
  for (let changes = 0; i < length && changes < period; i++) {
    const x = input[i] as number;
    out[i] = Number.NaN;
    if (x !== x) continue;
    const change = x - previous;
    previous = x;
    if (change !== change) continue;
    gains += change > 0 ? change : 0;
    moves += Math.abs(change);
    if (++changes === period) out[i] = moves === 0 ? 50 : (100 * gains) / moves;
  }
  const decay = keep * share;
  for (; i < length; i++) {
    const x = input[i] as number;
    if (x !== x) {
      out[i] = Number.NaN;
      continue;
    }
    const change = x - previous;
    const size = Math.abs(change);
    previous = x;
    gains = decay * gains + 0.5 * (size + change);
    moves = decay * moves + size;
    out[i] = moves === 0 ? 50 : (100 * gains) / moves;
  }
  return out;
}
