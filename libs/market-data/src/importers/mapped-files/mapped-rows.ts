import { didYouMean } from '@sos/domain';
import { corruptFile } from '../files/corrupt-file.js';
import { csvRows } from '../files/csv-rows.js';
import { jsonDocuments } from '../files/json-documents.js';
import { parquetColumnNames, parquetValues } from '../files/parquet-columns.js';
import { child } from '../feed/json-fields.js';
import type { Mapping } from './mapping-schema.js';

/** A row of a data file, whatever its format. */
export interface MappedRow {
  /** 1-based line, null where rows are not lines. */
  readonly line: number | null;
  /** False where the row is damaged: it has another number of cells than the header, or is no JSON. */
  readonly isWhole: boolean;
  /** The value of a column; an empty text where there is none. */
  value(column: string): string | number;
  /** The row as found. */
  text(): string;
}

/** Where rows come from. */
export interface RowSource {
  readonly file: string;
  readonly mapping: Mapping;
  /** Columns without which the file is not what the mapping says. */
  readonly needed: readonly string[];
  onBytes(bytes: number): void;
}

function checkColumns(source: RowSource, present: readonly string[]): void {
  const missing = source.needed.filter((name) => !present.includes(name));
  if (missing.length === 0) return;
  const named = missing.map((name) => `"${name}"${didYouMean(name, present)}`).join(', ');
  throw corruptFile(source.file, `expected the columns that its mapping names, found no ${named}`);
}

async function* csvMapped(source: RowSource): AsyncGenerator<MappedRow> {
  let header: readonly string[] | null = null;
  const at = new Map<string, number>();
  const { delimiter } = source.mapping;
  for await (const rows of csvRows(source.file, source.onBytes, { delimiter })) {
    for (const { line, cells } of rows) {
      if (!header) {
        header = cells;
        checkColumns(source, header);
        header.forEach((name, i) => at.set(name, i));
        continue;
      }
      yield {
        line,
        isWhole: cells.length === header.length,
        value: (column) => cells[at.get(column) ?? -1] ?? '',
        text: () => cells.join(delimiter),
      };
    }
  }
  if (!header) throw corruptFile(source.file, 'expected a header and rows, found an empty file');
}

function scalar(value: unknown): string | number {
  return typeof value === 'string' || typeof value === 'number' ? value : '';
}

/** A field of a document; dots lead into objects within it. */
function fieldOf(document: unknown, column: string): string | number {
  const direct = child(document, column);
  return scalar(direct === undefined ? column.split('.').reduce<unknown>(child, document) : direct);
}

async function* jsonMapped(source: RowSource): AsyncGenerator<MappedRow> {
  for await (const { documents, lines, refused } of jsonDocuments(source.file, source.onBytes)) {
    for (let i = 0; i < documents.length; i++) {
      const document = documents[i];
      const value = (column: string): string | number => fieldOf(document, column);
      yield { line: lines?.[i] ?? null, isWhole: true, value, text: () => JSON.stringify(document) ?? '' };
    }
    for (const { line, text } of refused) yield { line, isWhole: false, value: () => '', text: () => text };
  }
}

async function* parquetMapped(source: RowSource): AsyncGenerator<MappedRow> {
  const present = await parquetColumnNames(source.file);
  if (present) checkColumns(source, present);
  const wanted = [...new Set(source.needed)];
  const { rows, columns } = await parquetValues(source.file, wanted);
  for (let row = 0; row < rows; row++) {
    const value = (column: string): string | number => columns.get(column)?.[row] ?? '';
    yield { line: null, isWhole: true, value, text: () => wanted.map(value).join(',') };
  }
}

/** The rows of a file by the format that its mapping names. @throws SOS_DATA_CORRUPT for another format, or missing columns */
export function mappedRows(source: RowSource): AsyncGenerator<MappedRow> {
  const { format } = source.mapping;
  if (format === 'csv') return csvMapped(source);
  return format === 'parquet' ? parquetMapped(source) : jsonMapped(source);
}

const GROUPED = /^-?\d{1,3}(,\d{2,3})+(\.\d+)?$/;
const MISSING = new Set(['', '-', 'NA', 'N/A', 'null', 'NaN', 'nan']);

/** A number as vendors write it: thousands separators are read, `-`, `NA` and nothing are unknown (NaN). */
export function numberOfCell(value: string | number): number {
  if (typeof value === 'number') return value;
  const text = value.trim();
  if (MISSING.has(text)) return Number.NaN;
  return Number(GROUPED.test(text) ? text.replaceAll(',', '') : text);
}

/** True when a cell says nothing, as opposed to something that is no number. */
export function isBlank(value: string | number): boolean {
  return typeof value === 'string' && MISSING.has(value.trim());
}
