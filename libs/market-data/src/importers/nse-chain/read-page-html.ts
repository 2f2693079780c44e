import path from 'node:path';
import {
  isAppError,
  isUnderlying,
  istInstant,
  MS_PER_MINUTE,
  parseIstDate,
  type EpochMs,
  type IstDate,
} from '@sos/domain';
import { corruptFile } from '../files/corrupt-file.js';
import { csvRows } from '../files/csv-rows.js';
import type { ImportOptions } from '../importer.js';
import { makePageSide, type ChainPage, type PageField, type PageSide } from './chain-page.js';
import type { RefusedRows } from './refused-rows.js';

const FILE_NAME = /^(\d{1,2})_(\d{2})\.csv$/;
const FOLDER_DATE = /(\d{4}-\d{2}-\d{2})$/;
const COLUMNS = 23;
const [HEADER_MARK, STRIKE] = ['Strike Price', 11];
/** Columns of calls; those of puts mirror them around the strike, but for the two sides of the book. */
const CALLS: readonly (readonly [PageField, number])[] = [
  ['openInterest', 1],
  ['volume', 3],
  ['ltp', 5],
  ['bidQty', 7],
  ['bid', 8],
  ['ask', 9],
  ['askQty', 10],
];
const PUTS: readonly (readonly [PageField, number])[] = [
  ['bidQty', 12],
  ['bid', 13],
  ['ask', 14],
  ['askQty', 15],
  ['ltp', 17],
  ['volume', 19],
  ['openInterest', 21],
];

/** When a page was fetched by the names of its folder (the day) and file (the clock); null when they tell neither. */
export function pageHtmlTime(file: string): EpochMs | null {
  const clock = FILE_NAME.exec(path.basename(file));
  const day = FOLDER_DATE.exec(path.dirname(file))?.[1];
  if (!clock || day === undefined) return null;
  try {
    return istInstant(parseIstDate(day), `${(clock[1] ?? '').padStart(2, '0')}:${clock[2]}`);
  } catch {
    return null;
  }
}

/** Cells of a web page: words between tabs and line ends; `-` is nothing, commas group thousands (of any kind: `12,34,567`). */
function cellNumber(cell: string | undefined): number {
  const text = (cell ?? '').replace(/[\s,]/g, '');
  return text === '' || text === '-' ? Number.NaN : Number(text);
}

function sideOf(rows: readonly (readonly string[])[], columns: readonly (readonly [PageField, number])[]): PageSide {
  const side = makePageSide(rows.length);
  rows.forEach((cells, row) => {
    for (const [field, at] of columns) side[field][row] = cellNumber(cells[at]);
  });
  return side;
}

async function tableRows(file: string, onBytes: (bytes: number) => void): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  let isHeaderSeen = false;
  for await (const batch of csvRows(file, onBytes, { encoding: 'latin1' }))
    for (const { line, cells } of batch) {
      const isTotal = cells[0] === 'Total';
      if (!isHeaderSeen) isHeaderSeen = cells[STRIKE] === HEADER_MARK;
      else if (!isTotal && cells.length !== COLUMNS)
        throw corruptFile(file, `expected ${COLUMNS} columns on line ${line}, found ${cells.length}`);
      else if (!isTotal) rows.push(cells);
    }
  if (!isHeaderSeen || rows.length === 0)
    throw corruptFile(file, `expected a header with "${HEADER_MARK}" in column ${STRIKE + 1} and rows, found none`);
  return rows;
}

function namedExpiry(text: string | undefined): IstDate | null {
  try {
    return text === undefined ? null : parseIstDate(text);
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/**
 * Reads a table that was saved from NSE's web page of before 2020: two header lines, cells over several lines, latin-1, `-` for nothing, thousands
 * separators; open interest in units, volume in contracts. The table names neither its underlying nor its expiry: without both in the options its
 * rows are refused.
 * @throws SOS_DATA_CORRUPT
 */
export async function* readPageHtml(
  file: string,
  onBytes: (bytes: number) => void,
  options: ImportOptions,
): AsyncGenerator<ChainPage | RefusedRows> {
  const rows = await tableRows(file, onBytes);
  const at = pageHtmlTime(file);
  if (at === null) throw corruptFile(file, 'expected a clock as name in a folder that ends in a date, found neither');
  const underlying = options.underlying ?? '';
  const expiry = namedExpiry(options.expiry);
  if (!isUnderlying(underlying) || !expiry) {
    const sample = `table of ${rows.length} strikes from ${cellNumber(rows[0]?.[STRIKE])}: it names neither underlying nor expiry`;
    yield { refused: 'unknown-contract', file, rows: rows.length, sample };
    return;
  }
  yield {
    file,
    underlying,
    eventTime: Number.NaN,
    availableAt: at + MS_PER_MINUTE,
    spot: Number.NaN,
    inLots: { volume: true, openInterest: false },
    rows: rows.length,
    inputRows: rows.length,
    expiry: rows.map(() => expiry),
    strike: Float64Array.from(rows, (cells) => cellNumber(cells[STRIKE])),
    call: sideOf(rows, CALLS),
    put: sideOf(rows, PUTS),
  };
}
