import { StringDecoder } from 'node:string_decoder';
import { parse } from 'csv-parse';
import { asCorruptFile, corruptFile } from './corrupt-file.js';
import { openedBytes } from './opened-bytes.js';

/** One row of a text file: its cells, trimmed, and its 1-based line. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What separates cells, and how bytes are letters. */
export interface CsvFormat {
  readonly delimiter: string;
  readonly encoding: 'utf8' | 'latin1';
}

interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

const [QUOTE, NUL] = [0x22, 0x00];

/** Looks for quotes, which make commas and line ends mean something else. @throws SOS_DATA_CORRUPT for binary content */
async function hasQuotes(file: string): Promise<boolean> {
  for await (const chunk of await openedBytes(file, () => undefined)) {
    const bytes = chunk as Buffer;
    if (bytes.includes(NUL)) throw corruptFile(file, 'expected comma-separated text, found binary content');
    if (bytes.includes(QUOTE)) return true;
  }
  return false;
}

function cellsOf(line: string, delimiter: string): string[] {
  const cells = line.split(delimiter);
  for (let i = 0; i < cells.length; i++) cells[i] = (cells[i] as string).trim();
  return cells;
}

/** Rows of text without quotes: every line end ends a row and every delimiter a cell. */
async function* plainRows(file: string, onBytes: (bytes: number) => void, format: CsvFormat): AsyncGenerator<CsvRow[]> {
  let line = 0;
  let rest = '';
  const rowsOf = (lines: readonly string[]): CsvRow[] => {
    const rows: CsvRow[] = [];
    for (const text of lines) {
      line++;
      const whole = line === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (whole.trim() !== '') rows.push({ line, cells: cellsOf(whole, format.delimiter) });
    }
    return rows;
  };
  const decoder = new StringDecoder(format.encoding);
  for await (const chunk of await openedBytes(file, onBytes)) {
    const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
    rest = lines.pop() ?? '';
    yield rowsOf(lines);
  }
  yield rowsOf([rest + decoder.end()]);
}

async function* quotedRows(
  file: string,
  onBytes: (bytes: number) => void,
  format: CsvFormat,
): AsyncGenerator<CsvRow[]> {
  const source = await openedBytes(file, onBytes);
  const { delimiter, encoding } = format;
  const layout = { relax_column_count: true, skip_empty_lines: true, trim: true } as const;
  const parser = parse({ ...layout, bom: true, info: true, delimiter, encoding });
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const item of source.pipe(parser)) {
      const { record, info } = item as ParsedRecord;
      yield [{ line: info.lines, cells: record }];
    }
  } finally {
    source.destroy();
  }
}

/**
 * The rows of a comma-separated file, plain or gzip, streamed in batches; quotes, byte-order marks and either line ending are understood.
 * Rows may differ in their number of cells: the reader decides.
 * @throws SOS_DATA_CORRUPT for text that is not comma-separated (an open quote, binary content)
 */
export async function* csvRows(
  file: string,
  onBytes: (bytes: number) => void,
  format: Partial<CsvFormat> = {},
): AsyncGenerator<CsvRow[]> {
  const whole: CsvFormat = { delimiter: format.delimiter ?? ',', encoding: format.encoding ?? 'utf8' };
  try {
    yield* (await hasQuotes(file)) ? quotedRows(file, onBytes, whole) : plainRows(file, onBytes, whole);
  } catch (error) {
    throw asCorruptFile(file, 'comma-separated rows', error);
  }
}
