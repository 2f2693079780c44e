import { readFile } from 'node:fs/promises';
import { parquetMetadata, parquetRead, type DecodedArray, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { asCorruptFile, corruptFile } from './corrupt-file.js';

/** Whole columns of a parquet file by name. */
export interface ParquetColumns {
  readonly rows: number;
  /** The column as numbers; null and absent values are NaN. @throws SOS_DATA_CORRUPT when the file has no such column */
  numbers(name: string): Float64Array;
  /** The column as text; null and absent values are empty. @throws SOS_DATA_CORRUPT when the file has no such column */
  texts(name: string): string[];
  /** The column as it is: texts, numbers, dates as epoch ms; null and absent values are empty texts. */
  values(name: string): (string | number)[];
}

const MAGIC = 0x31524150; // "PAR1", little-endian

function columnNames(metadata: FileMetaData): string[] {
  return metadata.schema.filter((element) => element.type !== undefined).map((element) => element.name);
}

function checkedBytes(file: string, bytes: Buffer): ArrayBuffer {
  const whole = bytes.length >= 12 && bytes.readUInt32LE(0) === MAGIC && bytes.readUInt32LE(bytes.length - 4) === MAGIC;
  if (!whole) throw corruptFile(file, 'expected a parquet file ("PAR1" at both ends), found it damaged or cut off');
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}

/** The names of the columns of a parquet file, or null when it cannot be read. */
export async function parquetColumnNames(file: string): Promise<string[] | null> {
  try {
    return columnNames(parquetMetadata(checkedBytes(file, await readFile(file))));
  } catch {
    // Detection only asks; reading the file names its damage.
    return null;
  }
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'bigint' ? Number(value) : Number.NaN;
}

function toCell(value: unknown): string | number {
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : '';
}

/** Reads the wanted columns of a parquet file whole. @throws SOS_DATA_CORRUPT when it is damaged or lacks one of them */
export async function parquetColumns(file: string, wanted: readonly string[]): Promise<ParquetColumns> {
  try {
    const buffer = checkedBytes(file, await readFile(file));
    const metadata = parquetMetadata(buffer);
    const present = new Set(columnNames(metadata));
    const missing = wanted.filter((name) => !present.has(name));
    if (missing.length > 0)
      throw corruptFile(file, `expected the columns ${wanted.join(', ')}, found no ${missing.join(', ')}`);
    return await decode(file, { buffer, metadata, wanted });
  } catch (error) {
    throw asCorruptFile(file, 'a parquet file', error);
  }
}

async function decode(
  file: string,
  from: { readonly buffer: ArrayBuffer; readonly metadata: FileMetaData; readonly wanted: readonly string[] },
): Promise<ParquetColumns> {
  const rows = Number(from.metadata.num_rows);
  const chunks = new Map<string, { readonly at: number; readonly data: DecodedArray }[]>();
  await parquetRead({
    file: from.buffer,
    metadata: from.metadata,
    columns: [...from.wanted],
    compressors,
    onChunk: ({ columnName, columnData, rowStart }) => {
      const list = chunks.get(columnName) ?? [];
      list.push({ at: rowStart, data: columnData });
      chunks.set(columnName, list);
    },
  });
  const each = (name: string, use: (row: number, value: unknown) => void): void => {
    const list = chunks.get(name);
    if (!list) throw corruptFile(file, `expected a column ${name}, found none`);
    for (const { at, data } of list) for (let i = 0; i < data.length && at + i < rows; i++) use(at + i, data[i]);
  };
  return {
    rows,
    numbers(name) {
      const out = new Float64Array(rows).fill(Number.NaN);
      each(name, (row, value) => void (out[row] = toNumber(value)));
      return out;
    },
    values(name) {
      const out = new Array<string | number>(rows).fill('');
      each(name, (row, value) => void (out[row] = toCell(value)));
      return out;
    },
    texts(name) {
      const out = new Array<string>(rows).fill('');
      each(name, (row, value) => void (out[row] = typeof value === 'string' ? value : ''));
      return out;
    },
  };
}

/** Wanted columns of a parquet file row by row, as texts and numbers; dates are epoch ms, what is absent is an empty text. @throws SOS_DATA_CORRUPT */
export async function parquetValues(
  file: string,
  wanted: readonly string[],
): Promise<{ readonly rows: number; readonly columns: ReadonlyMap<string, readonly (string | number)[]> }> {
  try {
    const buffer = checkedBytes(file, await readFile(file));
    const metadata = parquetMetadata(buffer);
    const decoded = await decode(file, { buffer, metadata, wanted });
    return { rows: decoded.rows, columns: new Map(wanted.map((name) => [name, decoded.values(name)])) };
  } catch (error) {
    throw asCorruptFile(file, 'a parquet file', error);
  }
}
