import { csvRows } from '../files/csv-rows.js';
import { openSqlite } from '../files/sqlite-file.js';
import type { QuarantinedRows } from '../import-sink.js';
import { aggregatesBeside, AGGREGATES } from './oi-files.js';
import type { OiRow } from './oi-snapshot.js';

/** A row of vendor statistics: put-call ratio and spot at a minute. */
export interface StatRow {
  readonly symbol: string;
  readonly date: string;
  readonly clock: string;
  readonly pcr: number;
  readonly spot: number;
}

/** What a file of recorded open interest holds. */
export interface OiTables {
  readonly details: readonly OiRow[];
  readonly stats: readonly StatRow[];
  /** Expiry of a snapshot by `symbol date clock`. */
  readonly expiries: ReadonlyMap<string, string>;
  readonly quarantined: readonly QuarantinedRows[];
}

const NO_EXPIRIES: ReadonlyMap<string, string> = new Map();

function numberIn(cell: unknown): number {
  return cell === null || cell === '' || cell === undefined ? Number.NaN : Number(cell);
}

/** @throws SOS_DATA_CORRUPT */
export async function readOiDatabase(file: string): Promise<OiTables> {
  const database = await openSqlite(file);
  try {
    const details: OiRow[] = [];
    const select = 'select symbol, date, timestamp, strike, call_oi, put_oi from option_chain_details order by rowid';
    for (const [symbol, date, clock, strike, callOi, putOi] of database.rows(select))
      details.push({
        symbol: String(symbol),
        date: String(date),
        clock: String(clock),
        strike: numberIn(strike),
        callOi: numberIn(callOi),
        putOi: numberIn(putOi),
      });
    const expiries = new Map<string, string>();
    for (const [symbol, date, clock, expiry] of database.rows(
      `select symbol, date, timestamp, expiry from ${AGGREGATES}`,
    ))
      expiries.set(`${symbol} ${date} ${clock}`, String(expiry));
    const stats: StatRow[] = [];
    if (database.tables.includes('upstox_pcr_history'))
      for (const [symbol, date, clock, pcr, spot] of database.rows(
        'select symbol, date, time, pcr, spot from upstox_pcr_history',
      ))
        stats.push({
          symbol: String(symbol),
          date: String(date),
          clock: String(clock),
          pcr: numberIn(pcr),
          spot: numberIn(spot),
        });
    return { details, stats, expiries, quarantined: [] };
  } finally {
    database.close();
  }
}

type Cells = readonly string[];

async function readCsv(
  file: string,
  onBytes: (bytes: number) => void,
  take: (cells: Cells) => void,
): Promise<QuarantinedRows[]> {
  const quarantined: QuarantinedRows[] = [];
  let header: Cells | null = null;
  for await (const rows of csvRows(file, onBytes))
    for (const { line, cells } of rows) {
      if (!header) header = cells;
      else if (cells.length === header.length) take(cells);
      else quarantined.push({ file, line, reason: 'column-count', rows: 1, sample: cells.join(',').slice(0, 160) });
    }
  return quarantined;
}

/** @throws SOS_DATA_CORRUPT, also where the aggregates that tell the expiries are not beside the details */
export async function readOiCsv(file: string, onBytes: (bytes: number) => void): Promise<OiTables> {
  const details: OiRow[] = [];
  const quarantined = await readCsv(file, onBytes, ([symbol = '', date = '', clock = '', strike, callOi, putOi]) =>
    details.push({ symbol, date, clock, strike: numberIn(strike), callOi: numberIn(callOi), putOi: numberIn(putOi) }),
  );
  const expiries = new Map<string, string>();
  await readCsv(
    aggregatesBeside(file),
    () => undefined,
    ([symbol, date, clock, expiry = '']) => {
      expiries.set(`${symbol} ${date} ${clock}`, expiry);
    },
  );
  return { details, stats: [], expiries, quarantined };
}

/** @throws SOS_DATA_CORRUPT */
export async function readStatsCsv(file: string, onBytes: (bytes: number) => void): Promise<OiTables> {
  const stats: StatRow[] = [];
  const quarantined = await readCsv(file, onBytes, ([symbol = '', date = '', clock = '', pcr, spot]) =>
    stats.push({ symbol, date, clock, pcr: numberIn(pcr), spot: numberIn(spot) }),
  );
  return { details: [], stats, expiries: NO_EXPIRIES, quarantined };
}
