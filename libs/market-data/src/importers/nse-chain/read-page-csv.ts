import path from 'node:path';
import { isUnderlying, type EpochMs, type IstDate, type Underlying } from '@sos/domain';
import { corruptFile } from '../files/corrupt-file.js';
import { csvRows } from '../files/csv-rows.js';
import { ALL_IN_LOTS, makePageSide, type ChainPage, type PageField, type PageSide } from './chain-page.js';
import { nseDates } from './nse-date.js';

const FILE_NAME = /^([A-Z]+)_OptionChain_(\d{4}-\d{2}-\d{2})_(\d{2})-(\d{2})-(\d{2})_UTC\.csv$/;
const SIDE_FIELDS: readonly (readonly [PageField, string])[] = [
  ['ltp', 'LTP'],
  ['bid', 'BID'],
  ['ask', 'ASK'],
  ['bidQty', 'BIDQTY'],
  ['askQty', 'ASKQTY'],
  ['openInterest', 'OI'],
];

const REQUIRED = ['expiryDate', 'strikePrice', 'CE_LTP', 'PE_LTP', 'CE_OI', 'PE_OI'];

/** Underlying and time of fetching (UTC) told by a page's file name, or null when it tells none. */
export function pageCsvName(file: string): { readonly underlying: Underlying; readonly availableAt: EpochMs } | null {
  const m = FILE_NAME.exec(path.basename(file));
  const underlying = m?.[1] ?? '';
  const at = m ? Date.parse(`${m[2]}T${m[3]}:${m[4]}:${m[5]}Z`) : Number.NaN;
  return isUnderlying(underlying) && !Number.isNaN(at) ? { underlying, availableAt: at as EpochMs } : null;
}

interface CsvPage {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function checkedHeader(file: string, cells: readonly string[]): readonly string[] {
  const missing = REQUIRED.filter((name) => !cells.includes(name));
  if (missing.length === 0) return cells;
  throw corruptFile(file, `expected a header with ${REQUIRED.join(', ')}, found no ${missing.join(', ')}`);
}

async function readCsv(file: string, onBytes: (bytes: number) => void): Promise<CsvPage> {
  const rows: (readonly string[])[] = [];
  let header: readonly string[] | null = null;
  for await (const batch of csvRows(file, onBytes)) {
    for (const { line, cells } of batch) {
      header ??= checkedHeader(file, cells);
      if (cells.length !== header.length)
        throw corruptFile(file, `expected ${header.length} columns on line ${line}, found ${cells.length}`);
      if (header !== cells) rows.push(cells);
    }
  }
  if (!header || rows.length === 0) throw corruptFile(file, 'expected a header and the rows of a chain, found none');
  return { header, rows };
}

function cellNumber(cell: string | undefined): number {
  return cell === undefined || cell === '' || cell === 'NA' || cell === '-' ? Number.NaN : Number(cell);
}

function sideOf(page: CsvPage, side: 'CE' | 'PE'): PageSide {
  const out = makePageSide(page.rows.length);
  for (const [field, name] of SIDE_FIELDS) {
    const at = page.header.indexOf(`${side}_${name}`);
    for (let row = 0; at >= 0 && row < page.rows.length; row++) out[field][row] = cellNumber(page.rows[row]?.[at]);
  }
  return out;
}

/** The index value of a page: the last row that prints one. Rows without calls print none, broken ones print 0. */
function spotOf(page: CsvPage): number {
  const at = page.header.indexOf('underlying');
  const values = page.rows.map((row) => cellNumber(row[at]));
  return values.findLast((value) => value > 0) ?? Number.NaN;
}

/** Reads one chain page in CSV; its time is in the file's name only, in UTC, and is when it was available. @throws SOS_DATA_CORRUPT */
export async function* readPageCsv(file: string, onBytes: (bytes: number) => void): AsyncGenerator<ChainPage> {
  const name = pageCsvName(file);
  if (!name) throw corruptFile(file, 'expected a name as "NIFTY_OptionChain_2025-10-14_03-55-07_UTC.csv"');
  const page = await readCsv(file, onBytes);
  const text = (column: string): string[] => {
    const at = page.header.indexOf(column);
    return page.rows.map((row) => row[at] ?? '');
  };
  const expiry: (IstDate | '')[] = nseDates(text('expiryDate'));
  yield {
    file,
    underlying: name.underlying,
    eventTime: Number.NaN,
    availableAt: name.availableAt,
    spot: spotOf(page),
    inLots: ALL_IN_LOTS,
    rows: page.rows.length,
    inputRows: page.rows.length,
    expiry,
    strike: Float64Array.from(text('strikePrice'), cellNumber),
    call: sideOf(page, 'CE'),
    put: sideOf(page, 'PE'),
  };
}
