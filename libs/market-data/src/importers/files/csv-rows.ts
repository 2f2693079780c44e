import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { asCorruptFile } from './corrupt-file.js';

/** One row of a text file: its cells, trimmed, and its 1-based line. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

interface ParsedRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

/**
 * The rows of a comma-separated file, streamed; quotes, byte-order marks and either line ending are understood.
 * Rows may differ in their number of cells: the reader decides.
 * @throws SOS_DATA_CORRUPT for text that is not comma-separated (an open quote, binary content)
 */
export async function* csvRows(file: string, onBytes: (bytes: number) => void): AsyncGenerator<CsvRow> {
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  source.on('data', (chunk) => onBytes(chunk.length));
  source.on('error', (error) => parser.destroy(error));
  try {
    for await (const item of source.pipe(parser)) {
      const { record, info } = item as ParsedRecord;
      yield { line: info.lines, cells: record };
    }
  } catch (error) {
    throw asCorruptFile(file, 'comma-separated rows', error);
  } finally {
    source.destroy();
  }
}
