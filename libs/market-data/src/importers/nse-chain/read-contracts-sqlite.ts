import { isUnderlying, istInstant, MS_PER_MINUTE, parseIstDate, type IstDate, type Underlying } from '@sos/domain';
import { corruptFile } from '../files/corrupt-file.js';
import { openSqlite, type SqliteFile, type SqliteValue } from '../files/sqlite-file.js';
import { ALL_IN_LOTS, makePageSide, type ChainPage } from './chain-page.js';
import { parseNseDate } from './nse-date.js';
import type { RefusedRows } from './refused-rows.js';

/** Tables by which a recorded database of NSE chains is known. */
export const CONTRACTS_TABLES: readonly string[] = ['option_chain_data', 'stocks'];

interface Row {
  readonly symbol: string;
  readonly date: string;
  readonly clock: string;
  readonly expiry: IstDate | '';
  readonly strike: number;
  /** Call volume and open interest, put volume and open interest, in lots. */
  readonly quantities: readonly [number, number, number, number];
}

const QUERY = `select s.symbol, d.date, d.timestamp, d.expiry_date, d.strike_price, d.call_volume, d.call_oi, d.put_volume, d.put_oi
  from option_chain_data d left join stocks s on s.id = d.stock_id order by d.stock_id, d.id`;
const SPOT_QUERY = `select s.symbol, o.date, o.timestamp, o.ltp from oi_data o join stocks s on s.id = o.stock_id`;

function numberIn(value: SqliteValue | undefined): number {
  return value === null || value === undefined || value === '' ? Number.NaN : Number(value);
}

function rowOf(values: readonly SqliteValue[]): Row {
  const [symbol, date, clock, expiry, strike, ...rest] = values;
  const [callVolume, callOi, putVolume, putOi] = rest.map(numberIn);
  return {
    symbol: String(symbol),
    date: String(date),
    clock: String(clock),
    expiry: parseNseDate(String(expiry)) ?? '',
    strike: numberIn(strike),
    quantities: [callVolume ?? Number.NaN, callOi ?? Number.NaN, putVolume ?? Number.NaN, putOi ?? Number.NaN],
  };
}

/** Rows as they were fetched: a page ends where the minute changes or a strike comes again. */
function* fetchedPages(rows: Iterable<Row>): Generator<Row[]> {
  let page: Row[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const [last] = page;
    const key = `${row.expiry} ${row.strike}`;
    const isSame = last?.symbol === row.symbol && last.date === row.date && last.clock === row.clock;
    if (last && (!isSame || seen.has(key))) {
      yield page;
      page = [];
      seen.clear();
    }
    page.push(row);
    seen.add(key);
  }
  if (page.length > 0) yield page;
}

function instantOf(file: string, row: Row): number {
  try {
    // The minute is when the page was fetched, cut to the minute: it was known at the minute's end.
    return istInstant(parseIstDate(row.date), row.clock) + MS_PER_MINUTE;
  } catch (error) {
    throw corruptFile(file, `expected a date and a clock, found "${row.date}" and "${row.clock}"`, error);
  }
}

function pageOf(
  file: string,
  rows: readonly Row[],
  of: { underlying: Underlying; at: number; spot: number },
): ChainPage {
  const [call, put] = [makePageSide(rows.length), makePageSide(rows.length)];
  rows.forEach(({ quantities }, i) => {
    [call.volume[i], call.openInterest[i], put.volume[i], put.openInterest[i]] = quantities;
  });
  return {
    file,
    underlying: of.underlying,
    eventTime: Number.NaN,
    availableAt: of.at,
    spot: of.spot,
    inLots: ALL_IN_LOTS,
    rows: rows.length,
    inputRows: rows.length,
    expiry: rows.map((row) => row.expiry),
    strike: Float64Array.from(rows, (row) => row.strike),
    call,
    put,
  };
}

function spotsOf(database: SqliteFile): Map<string, number> {
  const spots = new Map<string, number>();
  if (!database.tables.includes('oi_data')) return spots;
  for (const [symbol, date, clock, price] of database.rows(SPOT_QUERY))
    if (numberIn(price) > 0) spots.set(`${symbol} ${date} ${clock}`, numberIn(price));
  return spots;
}

/**
 * Reads a database of NSE chain pages: open interest and volume in contracts (lots), times cut to the minute, the index value of the same minute. Rows of
 * shares are refused: only index options are ours.
 * @throws SOS_DATA_CORRUPT
 */
export async function* readContractsSqlite(file: string): AsyncGenerator<ChainPage | RefusedRows> {
  const database = await openSqlite(file);
  try {
    const spots = spotsOf(database);
    function* all(): Generator<Row> {
      for (const values of database.rows(QUERY)) yield rowOf(values);
    }
    for (const rows of fetchedPages(all())) {
      const [first] = rows;
      if (!first) continue;
      const { symbol, date, clock } = first;
      const sample = `${symbol} chain of ${rows.length} rows at ${date} ${clock}`;
      if (!isUnderlying(symbol)) yield { refused: 'unknown-contract', file, rows: rows.length, sample };
      else {
        const spot = spots.get(`${symbol} ${date} ${clock}`) ?? Number.NaN;
        yield pageOf(file, rows, { underlying: symbol, at: instantOf(file, first), spot });
      }
    }
  } finally {
    database.close();
  }
}
