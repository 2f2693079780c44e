import { makeChainTape, type ChainTape, type IstDate, type SeriesSource, type Underlying } from '@sos/domain';

import type { Queryable } from '../client.js';
import { copyOut, type ColumnKind, type NumberTable } from '../copy/copy-out.js';
import { idList, timestampLiteral } from '../copy/timestamp-literal.js';
import { QUOTE_VALUES, sideColumns } from './chain-rows.js';
import type { TimeRange } from './read-candles.js';

export interface ChainRead extends TimeRange {
  readonly chainId: number;
  readonly sourceId: number;
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly source: SeriesSource;
}

const SNAPSHOT_KINDS: readonly ColumnKind[] = ['time', 'time', 'float'];
const VALUES = 14;
const QUOTE_KINDS: readonly ColumnKind[] = ['time', 'float', ...Array.from({ length: VALUES }, () => 'float' as const)];

function where(read: ChainRead): string {
  return `chain_id = ${idList([read.chainId])} and source_id = ${idList([read.sourceId])}
    and available_at >= ${timestampLiteral(read.from)} and available_at < ${timestampLiteral(read.to)}`;
}

/** The stored tape of one chain from one source; strikes are all that any snapshot of the range names. */
export async function readChain(sql: Queryable, read: ChainRead): Promise<ChainTape> {
  const [snapshots, quotes] = await Promise.all([
    copyOut(sql, {
      select: `select available_at, event_time, spot from chain_snapshots where ${where(read)} order by available_at`,
      kinds: SNAPSHOT_KINDS,
    }),
    // No order by: each row finds its cell by snapshot and strike.
    copyOut(sql, {
      select: `select available_at, strike, ${QUOTE_VALUES} from option_chain_quotes where ${where(read)}`,
      kinds: QUOTE_KINDS,
      expectedRows: 32_768,
    }),
  ]);
  return assemble(read, snapshots, quotes);
}

function assemble(read: ChainRead, snapshots: NumberTable, quotes: NumberTable): ChainTape {
  const [available = new Float64Array(0), event = available, spot = available] = snapshots.columns;
  const [at = new Float64Array(0), strike = at, ...values] = quotes.columns;
  const strikes = Float64Array.from(new Set(strike)).sort();
  const { underlying, expiry, source } = read;
  const tape = makeChainTape({ underlying, expiry, source, strikes, length: snapshots.length });
  tape.availableAt.set(available);
  tape.eventTime.set(event);
  tape.spot.set(spot);
  const cells = cellsOf({ available, at, strikes, strike });
  const targets = [...sideColumns(tape.call), ...sideColumns(tape.put)];
  for (const [k, target] of targets.entries()) scatter(target, values[k] ?? new Float64Array(0), cells);
  return tape;
}

interface CellKeys {
  readonly available: Float64Array;
  readonly strikes: Float64Array;
  readonly at: Float64Array;
  readonly strike: Float64Array;
}

/** Index in the tape of each quote row. */
function cellsOf({ available, strikes, at, strike }: CellKeys): Int32Array {
  const snapshotOf = new Map<number, number>();
  for (let s = 0; s < available.length; s++) snapshotOf.set(available[s] as number, s);
  const strikeOf = new Map<number, number>();
  for (let k = 0; k < strikes.length; k++) strikeOf.set(strikes[k] as number, k);
  const cells = new Int32Array(at.length);
  for (let i = 0; i < at.length; i++) {
    const snapshot = snapshotOf.get(at[i] as number) ?? -1;
    cells[i] = snapshot < 0 ? -1 : snapshot * strikes.length + (strikeOf.get(strike[i] as number) ?? 0);
  }
  return cells;
}

function scatter(target: Float64Array, values: Float64Array, cells: Int32Array): void {
  for (let i = 0; i < values.length; i++) {
    const cell = cells[i] as number;
    if (cell >= 0) target[cell] = values[i] as number;
  }
}
