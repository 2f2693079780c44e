import { checkColumns, type BarInput } from './run-indicator.js';

/** Rows after which it is looked whether a bar was missing. */
const BLOCK = 1024;
/** The typical price is a third of high + low + close: dividing by three volumes at the end saves a product per bar. */
const PARTS = 3;

/** Traded volume and value of the session so far. */
interface Traded {
  volume: number;
  value: number;
}

interface Pass {
  readonly bars: BarInput;
  readonly out: Float64Array;
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

/** Rows of a missing bar are unknown and change nothing; 0 / 0 before the first trade is unknown too. */
function gappyRows({ bars, out }: Pass, rows: Rows, traded: Traded): void {
  const { high, low, close, volume } = bars;
  for (let i = rows.from; i < rows.to; i++) {
    const size = volume[i] as number;
    const nextValue = traded.value + ((high[i] as number) + (low[i] as number) + (close[i] as number)) * size;
    const nextVolume = traded.volume + size;
    out[i] = nextValue / (PARTS * nextVolume);
    if (nextValue !== nextValue) continue;
    traded.volume = nextVolume;
    traded.value = nextValue;
  }
}

/** False, with `traded` as it was, when a bar is missing. */
function fullRows({ bars, out }: Pass, rows: Rows, traded: Traded): boolean {
  const { high, low, close, volume } = bars;
  let total = traded.volume;
  let value = traded.value;
  for (let i = rows.from; i < rows.to; i++) {
    const size = volume[i] as number;
    value += ((high[i] as number) + (low[i] as number) + (close[i] as number)) * size;
    total += size;
    out[i] = value / (PARTS * total);
  }
  if (value !== value) return false;
  traded.volume = total;
  traded.value = value;
  return true;
}

/**
 * `SessionVwap` over whole bars into `out` (returned).
 * @param starts rows at which a session begins, ascending; rows before the first count as one session
 * @throws SOS_INPUT for columns of unequal length
 */
export function vwapColumn(bars: BarInput, starts: ArrayLike<number>, out: Float64Array): Float64Array {
  const { high, low, close, volume } = bars;
  checkColumns(high, low, close, volume, out);
  const pass = { bars, out };
  let begin = 0;
  for (let session = 0; session <= starts.length; session++) {
    const end = session < starts.length ? Math.min(starts[session] as number, close.length) : close.length;
    const traded = { volume: 0, value: 0 };
    for (let from = begin; from < end; from += BLOCK) {
      const rows = { from, to: Math.min(from + BLOCK, end) };
      if (!fullRows(pass, rows, traded)) gappyRows(pass, rows, traded);
    }
    begin = Math.max(begin, end);
  }
  return out;
}
