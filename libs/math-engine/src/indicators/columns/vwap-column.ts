import { checkColumns, type BarInput } from './run-indicator.js';

/**
 * `SessionVwap` over whole bars into `out` (returned).
 * @param starts rows at which a session begins, ascending; rows before the first count as one session
 * @throws SOS_INPUT for columns of unequal length
 */
export function vwapColumn(bars: BarInput, starts: ArrayLike<number>, out: Float64Array): Float64Array {
  const { high, low, close, volume } = bars;
  checkColumns(high, low, close, volume, out);
  let from = 0;
  for (let session = 0; session <= starts.length; session++) {
    const to = session < starts.length ? Math.min(starts[session] as number, close.length) : close.length;
    let total = 0;
    let worth = 0;
    for (let i = from; i < to; i++) {
      const size = volume[i] as number;
      const price = ((high[i] as number) + (low[i] as number) + (close[i] as number)) * (1 / 3);
      const traded = price * size;
      if (traded === traded) {
        total += size;
        worth += traded;
        out[i] = total > 0 ? worth / total : Number.NaN;
      } else out[i] = Number.NaN;
    }
    from = Math.max(from, to);
  }
  return out;
}
