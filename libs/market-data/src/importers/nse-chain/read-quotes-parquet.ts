import { istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { corruptFile } from '../files/corrupt-file.js';
import { parquetColumns, type ParquetColumns } from '../files/parquet-columns.js';
import { underlyingNamed } from '../index-bars/bar-layout.js';
import { ALL_IN_LOTS, makePageSide, type ChainPage } from './chain-page.js';
import { nseDates } from './nse-date.js';

const STAMP = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/;

/** Columns by which a recorded table of option quotes (one row per option and minute) is known. */
export const QUOTES_PARQUET_COLUMNS: readonly string[] = [
  'timestamp',
  'symbol',
  'expiry',
  'strike',
  'option_type',
  'spot',
  'ltp',
  'volume',
  'oi',
];

interface QuoteTable {
  readonly file: string;
  readonly stamp: readonly string[];
  readonly symbol: readonly string[];
  readonly expiry: ReturnType<typeof nseDates>;
  readonly right: readonly string[];
  readonly strike: Float64Array;
  readonly spot: Float64Array;
  readonly ltp: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
}

function tableOf(file: string, columns: ParquetColumns): QuoteTable {
  return {
    file,
    stamp: columns.texts('timestamp'),
    symbol: columns.texts('symbol'),
    expiry: nseDates(columns.texts('expiry')),
    right: columns.texts('option_type'),
    strike: columns.numbers('strike'),
    spot: columns.numbers('spot'),
    ltp: columns.numbers('ltp'),
    volume: columns.numbers('volume'),
    openInterest: columns.numbers('oi'),
  };
}

function instantOf(file: string, stamp: string): EpochMs {
  const m = STAMP.exec(stamp);
  if (!m) throw corruptFile(file, `expected timestamp as YYYYMMDDHHMM, found "${stamp}"`);
  return istInstant(parseIstDate(`${m[1]}-${m[2]}-${m[3]}`), `${m[4]}:${m[5]}`);
}

/** Rows of the table by contract pair: the page row of each expiry and strike, in order of appearance. */
function pageOf(table: QuoteTable, rows: readonly number[]): ChainPage {
  const first = rows[0] ?? 0;
  const pageRows = new Map<string, { readonly at: number; readonly from: number }>();
  for (const row of rows) {
    const key = `${table.expiry[row]}|${table.strike[row]}`;
    if (!pageRows.has(key)) pageRows.set(key, { at: pageRows.size, from: row });
  }
  const call = makePageSide(pageRows.size);
  const put = makePageSide(pageRows.size);
  for (const row of rows) {
    const at = pageRows.get(`${table.expiry[row]}|${table.strike[row]}`)?.at ?? 0;
    const side = table.right[row] === 'PE' ? put : call;
    side.ltp[at] = table.ltp[row] as number;
    side.volume[at] = table.volume[row] as number;
    side.openInterest[at] = table.openInterest[row] as number;
  }
  const order = [...pageRows.values()];
  const underlying = underlyingNamed(table.symbol[first] ?? '');
  if (!underlying) throw corruptFile(table.file, `expected an index, found "${table.symbol[first]}"`);
  const at = instantOf(table.file, table.stamp[first] ?? '');
  return {
    file: table.file,
    underlying,
    eventTime: at,
    availableAt: at,
    spot: Math.round((table.spot[first] as number) * 100) / 100,
    inLots: ALL_IN_LOTS,
    rows: order.length,
    inputRows: rows.length,
    expiry: order.map(({ from }) => table.expiry[from] ?? ''),
    strike: Float64Array.from(order, ({ from }) => table.strike[from] as number),
    call,
    put,
  };
}

/** Reads a table of option quotes as one page per minute; it has no bid, ask or sizes. @throws SOS_DATA_CORRUPT */
export async function* readQuotesParquet(file: string): AsyncGenerator<ChainPage> {
  const table = tableOf(file, await parquetColumns(file, QUOTES_PARQUET_COLUMNS));
  const byStamp = new Map<string, number[]>();
  table.stamp.forEach((stamp, row) => {
    const rows = byStamp.get(stamp);
    if (rows) rows.push(row);
    else byStamp.set(stamp, [row]);
  });
  for (const stamp of [...byStamp.keys()].sort()) yield pageOf(table, byStamp.get(stamp) ?? []);
}
