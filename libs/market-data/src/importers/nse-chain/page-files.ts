import path from 'node:path';
import { istDateOf } from '@sos/domain';
import { dataFiles } from '../files/data-files.js';
import { parquetColumnNames } from '../files/parquet-columns.js';
import type { ImportFile } from '../importer.js';
import type { ChainPage } from './chain-page.js';
import { pageCsvName, readPageCsv } from './read-page-csv.js';
import { readPageParquet } from './read-page-parquet.js';
import { QUOTES_PARQUET_COLUMNS, readQuotesParquet } from './read-quotes-parquet.js';

/** The layouts of recorded chains. */
export type ChainVariant = 'page-parquet' | 'page-csv' | 'quotes-parquet';

/** How names of files with chains end. */
export const CHAIN_ENDINGS: readonly string[] = ['.csv', '.parquet'];

const PAGE_PARQUET_NAME = /^([A-Z]+)_(\d{8})_\d{6}\.parquet$/;

interface ChainFile {
  readonly file: string;
  readonly variant: ChainVariant;
  /** Files of one group belong to one session of one underlying. */
  readonly group: string;
}

function csvFile(file: string): ChainFile | null {
  const name = pageCsvName(file);
  if (!name) return null;
  const date = istDateOf(name.availableAt);
  return { file, variant: 'page-csv', group: `${name.underlying}_${date}` };
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

/** The recorded chains below a path, grouped into one unit per underlying and session, files in order of time. */
export async function chainFiles(target: string): Promise<ImportFile[]> {
  const units = new Map<string, { variant: ChainVariant; paths: string[] }>();
  for (const file of await dataFiles(target, CHAIN_ENDINGS)) {
    const found = file.endsWith('.csv') ? csvFile(file) : await parquetFile(file);
    if (!found) continue;
    const unit = units.get(found.group) ?? { variant: found.variant, paths: [] };
    unit.paths.push(file);
    units.set(found.group, unit);
  }
  return [...units].map(([group, unit]) => ({ name: group, ...unit }));
}

/** The pages of one file. */
export function readPages(variant: string, file: string, onBytes: (bytes: number) => void): AsyncGenerator<ChainPage> {
  if (variant === 'page-csv') return readPageCsv(file, onBytes);
  return variant === 'quotes-parquet' ? readQuotesParquet(file) : readPageParquet(file);
}
