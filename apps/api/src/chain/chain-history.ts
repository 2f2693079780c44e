import type { ChainHistory } from '@sos/contracts';
import type { ChainSide, ChainTape } from '@sos/domain';
import { chainFigures } from './chain-figures.js';
import { snapshotAt, type TableAt } from './chain-table.js';

// A heat map wider than this has columns of less than a millimetre on a screen.
const MOST_COLUMNS = 75;

const listed = (column: Float64Array, length: number): (number | null)[] =>
  Array.from(column.subarray(0, length), (x) => (Number.isNaN(x) ? null : x));

function changes(side: ChainSide, rows: readonly number[], { width, columns }: { width: number; columns: number[] }) {
  return rows.map((k) =>
    columns.map((s) => {
      const change = (side.openInterest[s * width + k] as number) - (side.openInterest[k] as number);
      return Number.isNaN(change) ? null : change;
    }),
  );
}

/** How a chain came to be what it was at an instant, or null before its first snapshot. */
export function chainHistory(tape: ChainTape, { at, reach }: TableAt): ChainHistory | null {
  const last = snapshotAt(tape, at);
  if (last < 0) return null;
  const length = last + 1;
  const figures = chainFigures(tape);
  const middle = figures.atm[last] as number;
  const stride = Math.ceil(length / MOST_COLUMNS);
  const columns: number[] = [];
  for (let s = last; s >= 0; s -= stride) columns.unshift(s);
  const { strikes } = tape;
  const rows = [...strikes.keys()].filter((k) => middle >= 0 && Math.abs(k - middle) <= reach);
  const shape = { width: strikes.length, columns };
  return {
    time: Array.from(tape.eventTime.subarray(0, length)),
    spot: listed(tape.spot, length),
    pcr: listed(figures.pcr, length),
    pcrVelocity: listed(figures.pcrVelocity, length),
    straddle: listed(figures.straddle, length),
    heatTime: columns.map((s) => tape.eventTime[s] as number),
    heatStrikes: rows.map((k) => strikes[k] as number),
    callChange: changes(tape.call, rows, shape),
    putChange: changes(tape.put, rows, shape),
  };
}
