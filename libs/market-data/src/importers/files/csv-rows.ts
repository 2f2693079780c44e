import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { asCorruptFile, corruptFile } from './corrupt-file.js';

/** One row of a text file: its cells, trimmed, and its 1-based line. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

const CHUNK_BYTES = 1 << 18;
const [QUOTE, NUL] = [0x22, 0x00];

/** Looks for quotes, which make commas and line ends mean something else. @throws SOS_DATA_CORRUPT for binary content */
async function hasQuotes(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) {
    const bytes = chunk as Buffer;
    if (bytes.includes(NUL)) throw corruptFile(file, 'expected comma-separated text, found binary content');
    if (bytes.includes(QUOTE)) return true;
  }
  return false;
}

function cellsOf(line: string): string[] {
  const cells = line.split(',');
  for (let i = 0; i < cells.length; i++) cells[i] = (cells[i] as string).trim();
  return cells;
}

/** Rows of text without quotes: every line end ends a row and every comma a cell. */
async function* plainRows(file: string, onBytes: (bytes: number) => void): AsyncGenerator<CsvRow[]> {
  let line = 0;
  let rest = '';
  const rowsOf = (lines: readonly string[]): CsvRow[] => {
    const rows: CsvRow[] = [];
    for (const text of lines) {
      line++;
      const whole = line === 1 ? text.replace(/^\uFEFF/, '') : text;
      if (whole.trim() !== '') rows.push({ line, cells: cellsOf(whole) });
    }
    return rows;
  };
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES, encoding: 'utf8' })) {
    const text = chunk as string;
    onBytes(Buffer.byteLength(text));
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield rowsOf(lines);
  }
  yield rowsOf([rest]);
}

async function* quotedRows(file: string, onBytes: (bytes: number) => void): AsyncGenerator<CsvRow[]> {
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  source.on('data', (chunk) => onBytes(chunk.length));
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
 * The rows of a comma-separated file, streamed in batches; quotes, byte-order marks and either line ending are understood.
 * Rows may differ in their number of cells: the reader decides.
 * @throws SOS_DATA_CORRUPT for text that is not comma-separated (an open quote, binary content)
 */
export async function* csvRows(file: string, onBytes: (bytes: number) => void): AsyncGenerator<CsvRow[]> {
  try {
    yield* (await hasQuotes(file)) ? quotedRows(file, onBytes) : plainRows(file, onBytes);
  } catch (error) {
    throw asCorruptFile(file, 'comma-separated rows', error);
  }
}
