import { checkColumns, type BarInput } from './run-indicator.js';

/** One session, rows `from` (inclusive) to `to` (exclusive). */
function vwapRows(bars: BarInput, out: Float64Array, session: { from: number; to: number }): void {
  const { high, low, close, volume } = bars;
  let total = 0;
  let worth = 0;
  for (let i = session.from; i < session.to; i++) {
    const size = volume[i] as number;
    const price = ((high[i] as number) + (low[i] as number) + (close[i] as number)) * (1 / 3);
    const nextTotal = total + size;
    const nextWorth = worth + price * size;
    // 0 / 0 before the first trade, NaN for a missing bar: unknown either way.
    out[i] = nextWorth / nextTotal;
    if (nextWorth !== nextWorth) continue;
    total = nextTotal;
    worth = nextWorth;
  }
}

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
    vwapRows(bars, out, { from, to });
    from = Math.max(from, to);
  }
  return out;
}
