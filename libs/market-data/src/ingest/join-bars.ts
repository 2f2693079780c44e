import { makeBarColumns, type BarColumns } from '@sos/domain';

const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const;

/** Pieces of bars one after the other; of bars that close at the same time or earlier than one before them only the first is kept. */
export function joinBars(pieces: readonly BarColumns[]): BarColumns {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) return only;
  const joined = makeBarColumns(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces)
    for (let row = 0; row < piece.length; row++) {
      if (at > 0 && (piece.time[row] as number) <= (joined.time[at - 1] as number)) continue;
      for (const name of COLUMNS) joined[name][at] = piece[name][row] as number;
      at++;
    }
  return at === joined.length ? joined : rowsUpTo(joined, at);
}

function rowsUpTo(bars: BarColumns, length: number): BarColumns {
  const cut = makeBarColumns(length);
  for (const name of COLUMNS) cut[name].set(bars[name].subarray(0, length));
  return cut;
}
