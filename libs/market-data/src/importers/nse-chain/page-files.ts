import { stat } from 'node:fs/promises';
import path from 'node:path';
import { istDateOf } from '@sos/domain';
import { dataFiles } from '../files/data-files.js';
import { parquetColumnNames } from '../files/parquet-columns.js';
import { isSqliteFile, openSqlite } from '../files/sqlite-file.js';
import type { ImportFile, ImportOptions } from '../importer.js';
import type { ChainPage } from './chain-page.js';
import { pageCsvName, readPageCsv } from './read-page-csv.js';
import { CONTRACTS_TABLES, readContractsSqlite } from './read-contracts-sqlite.js';
import { pageHtmlTime, readPageHtml } from './read-page-html.js';
import { readPageParquet } from './read-page-parquet.js';
import type { RefusedRows } from './refused-rows.js';
import { QUOTES_PARQUET_COLUMNS, readQuotesParquet } from './read-quotes-parquet.js';

/** The layouts of recorded chains. */
export type ChainVariant = 'page-parquet' | 'page-csv' | 'page-html' | 'quotes-parquet' | 'contracts-sqlite';

/** How names of files with chains end. */
export const CHAIN_ENDINGS: readonly string[] = ['.csv', '.parquet', '.db', '.sqlite'];

const PAGE_PARQUET_NAME = /^([A-Z]+)_(\d{8})_\d{6}\.parquet$/;

interface ChainFile {
  readonly file: string;
  readonly variant: ChainVariant;
  /** Files of one group belong to one session of one underlying. */
  readonly group: string;
}

function csvFile(file: string): ChainFile | null {
  const name = pageCsvName(file);
  if (name) return { file, variant: 'page-csv', group: `${name.underlying}_${istDateOf(name.availableAt)}` };
  const savedAt = pageHtmlTime(file);
  return savedAt === null ? null : { file, variant: 'page-html', group: `saved_${istDateOf(savedAt)}` };
}

async function databaseFile(file: string): Promise<ChainFile | null> {
  if (!(await isSqliteFile(file))) return null;
  const database = await openSqlite(file).catch(() => null);
  const tables = database?.tables ?? CONTRACTS_TABLES;
  database?.close();
  const isOurs = CONTRACTS_TABLES.every((table) => tables.includes(table));
  return isOurs ? { file, variant: 'contracts-sqlite', group: path.basename(file) } : null;
}

async function parquetFile(file: string): Promise<ChainFile | null> {
  const base = path.basename(file);
  const page = PAGE_PARQUET_NAME.exec(base);
  // Pages come by the hundred: their name is enough here, reading them checks their columns.
  if (page) return { file, variant: 'page-parquet', group: `${page[1]}_${page[2]}` };
  const columns = await parquetColumnNames(file);
  // What cannot be opened is taken, so that reading it names the damage.
  const isQuotes = columns === null || QUOTES_PARQUET_COLUMNS.every((name) => columns.includes(name));
  return isQuotes ? { file, variant: 'quotes-parquet', group: base.replace(/\.parquet$/, '') } : null;
}

async function chainFile(file: string): Promise<ChainFile | null> {
  if (file.endsWith('.csv')) return csvFile(file);
  return file.endsWith('.parquet') ? parquetFile(file) : databaseFile(file);
}

/** The recorded chains below a path, grouped into one unit per underlying and session, files in order of time. */
export async function chainFiles(target: string): Promise<ImportFile[]> {
  const units = new Map<string, { variant: ChainVariant; paths: string[] }>();
  for (const file of await dataFiles(target, CHAIN_ENDINGS)) {
    const found = await chainFile(file);
    if (!found) continue;
    const unit = units.get(found.group) ?? { variant: found.variant, paths: [] };
    unit.paths.push(file);
    units.set(found.group, unit);
  }
  return [...units].map(([group, unit]) => ({ name: group, ...unit }));
}

/** What is needed to read the pages of a file. */
export interface PageReading {
  readonly variant: string;
  readonly file: string;
  readonly options: ImportOptions;
  onBytes(bytes: number): void;
}

/** The pages of one file, and the rows of it that are none. */
export async function* readPages({
  variant,
  file,
  options,
  onBytes,
}: PageReading): AsyncGenerator<ChainPage | RefusedRows> {
  if (variant === 'page-csv') return yield* readPageCsv(file, onBytes);
  if (variant === 'page-html') return yield* readPageHtml(file, onBytes, options);
  if (variant === 'page-parquet') yield* readPageParquet(file);
  else if (variant === 'quotes-parquet') yield* readQuotesParquet(file);
  else yield* readContractsSqlite(file);
  onBytes((await stat(file)).size);
}
