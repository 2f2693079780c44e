import { istInstant, isUnderlying, parseIstDate } from '@sos/domain';
import { corruptFile } from '../files/corrupt-file.js';
import { parquetColumns, type ParquetColumns } from '../files/parquet-columns.js';
import { ALL_IN_LOTS, type ChainPage, type PageSide } from './chain-page.js';
import { nseDates, parseNseDate } from './nse-date.js';

const SIDE_COLUMNS = ['LTP', 'Bid_Price', 'Ask_Price', 'Bid_Qty', 'Ask_Qty', 'Volume', 'OI'];
const STAMP = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;

/** Columns by which a recorded NSE page in parquet is known. */
export const PAGE_PARQUET_COLUMNS: readonly string[] = [
  'Fetch_Time',
  'Symbol',
  'Expiry_Date',
  'Strike_Price',
  'collection_timestamp',
  ...SIDE_COLUMNS.flatMap((name) => [`CALLS_${name}`, `PUTS_${name}`]),
];

function sideOf(columns: ParquetColumns, side: 'CALLS' | 'PUTS'): PageSide {
  const column = (name: string): Float64Array => columns.numbers(`${side}_${name}`);
  return {
    ltp: column('LTP'),
    bid: column('Bid_Price'),
    ask: column('Ask_Price'),
    bidQty: column('Bid_Qty'),
    askQty: column('Ask_Qty'),
    volume: column('Volume'),
    openInterest: column('OI'),
  };
}

function pageTime(file: string, text: string): number {
  const [day = '', clock = ''] = text.split(' ');
  const date = parseNseDate(day);
  if (!date) throw corruptFile(file, `expected Fetch_Time as "29-Aug-2025 09:22:45", found "${text}"`);
  return istInstant(date, clock);
}

function collectedAt(file: string, text: string): number {
  const m = STAMP.exec(text);
  if (!m) throw corruptFile(file, `expected collection_timestamp as YYYYMMDD_HHMMSS, found "${text}"`);
  return istInstant(parseIstDate(`${m[1]}-${m[2]}-${m[3]}`), `${m[4]}:${m[5]}:${m[6]}`);
}

/** Reads one recorded NSE option-chain page (one parquet file = one page). @throws SOS_DATA_CORRUPT */
export async function* readPageParquet(file: string): AsyncGenerator<ChainPage> {
  const columns = await parquetColumns(file, PAGE_PARQUET_COLUMNS);
  if (columns.rows === 0) throw corruptFile(file, 'expected the rows of an option chain, found none');
  const symbol = columns.texts('Symbol')[0] ?? '';
  if (!isUnderlying(symbol)) throw corruptFile(file, `expected the symbol of an index, found "${symbol}"`);
  yield {
    file,
    underlying: symbol,
    eventTime: pageTime(file, columns.texts('Fetch_Time')[0] ?? ''),
    availableAt: collectedAt(file, columns.texts('collection_timestamp')[0] ?? ''),
    spot: Number.NaN,
    inLots: ALL_IN_LOTS,
    rows: columns.rows,
    inputRows: columns.rows,
    expiry: nseDates(columns.texts('Expiry_Date')),
    strike: columns.numbers('Strike_Price'),
    call: sideOf(columns, 'CALLS'),
    put: sideOf(columns, 'PUTS'),
  };
}
