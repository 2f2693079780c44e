import { isUnderlying, istInstant, MS_PER_MINUTE, parseIstDate, type IstDate, type Underlying } from '@sos/domain';
import { makePageSide, type ChainPage } from '../nse-chain/chain-page.js';

/** One row of open interest per strike as recorded. */
export interface OiRow {
  readonly symbol: string;
  readonly date: string;
  readonly clock: string;
  readonly strike: number;
  readonly callOi: number;
  readonly putOi: number;
}

/** The strikes of one symbol that were recorded at one minute. */
export interface OiSnapshot {
  readonly symbol: string;
  readonly date: string;
  readonly clock: string;
  readonly rows: OiRow[];
}

const UNITS = { volume: false, openInterest: false } as const;

/** The minute of a snapshot as written, epoch ms, NaN where it is no time. */
export function stampOfSnapshot({ date, clock }: Pick<OiSnapshot, 'date' | 'clock'>): number {
  try {
    return istInstant(parseIstDate(date), clock);
  } catch {
    return Number.NaN;
  }
}

/** The snapshots of a table by symbol and minute, each symbol ascending. */
export function snapshotsOf(rows: Iterable<OiRow>): OiSnapshot[] {
  const found = new Map<string, OiSnapshot>();
  for (const row of rows) {
    const key = `${row.symbol} ${row.date} ${row.clock}`;
    const snapshot = found.get(key) ?? { symbol: row.symbol, date: row.date, clock: row.clock, rows: [] };
    snapshot.rows.push(row);
    found.set(key, snapshot);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, snapshot]) => snapshot);
}

/** The underlying of a snapshot, or null. */
export function underlyingOf(snapshot: OiSnapshot): Underlying | null {
  return isUnderlying(snapshot.symbol) ? snapshot.symbol : null;
}

/** A snapshot as a page of open interest in units. Its minute is when it was fetched, cut to the minute: it was known at the minute's end. */
export function pageOfSnapshot(
  snapshot: OiSnapshot,
  of: { readonly file: string; readonly underlying: Underlying; readonly expiry: IstDate },
): ChainPage {
  const { rows } = snapshot;
  const [call, put] = [makePageSide(rows.length), makePageSide(rows.length)];
  rows.forEach((row, i) => {
    call.openInterest[i] = row.callOi;
    put.openInterest[i] = row.putOi;
  });
  return {
    file: of.file,
    underlying: of.underlying,
    eventTime: Number.NaN,
    availableAt: stampOfSnapshot(snapshot) + MS_PER_MINUTE,
    spot: Number.NaN,
    inLots: UNITS,
    rows: rows.length,
    inputRows: rows.length,
    expiry: rows.map(() => of.expiry),
    strike: Float64Array.from(rows, (row) => row.strike),
    call,
    put,
  };
}
