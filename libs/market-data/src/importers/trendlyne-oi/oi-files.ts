import path from 'node:path';
import { dataFiles, datasetFolder } from '../files/data-files.js';
import { firstText } from '../files/first-bytes.js';
import { isSqliteFile, openSqlite } from '../files/sqlite-file.js';
import type { ImportFile } from '../importer.js';

/** How names of files with recorded open interest end. */
export const OI_ENDINGS: readonly string[] = ['.db', '.sqlite', '.csv', '.csv.gz', '.json'];

/** Name of the table, or of the CSV beside the details, that tells the expiry of each snapshot. */
export const AGGREGATES = 'option_aggregates';

const DETAILS_HEADER = /^symbol,date,timestamp,strike,call_oi,put_oi\b/;
const STATS_HEADER = /^symbol,date,time,pcr,spot\b/;

async function variantOf(file: string): Promise<string | null> {
  if (/\.(db|sqlite)$/.test(file)) {
    if (!(await isSqliteFile(file))) return null;
    const database = await openSqlite(file).catch(() => null);
    const tables = database?.tables ?? ['option_chain_details', AGGREGATES];
    database?.close();
    // What cannot be opened is taken, so that reading it names the damage.
    return tables.includes('option_chain_details') && tables.includes(AGGREGATES) ? 'details-sqlite' : null;
  }
  const text = await firstText(file, 4096);
  if (file.endsWith('.json')) return /"overallData"\s*:/.test(text) ? 'live-oi-json' : null;
  if (DETAILS_HEADER.test(text)) return 'details-csv';
  return STATS_HEADER.test(text) ? 'stats-csv' : null;
}

/** The recorded open interest below a path, one unit per file. */
export async function oiFiles(target: string): Promise<ImportFile[]> {
  const folder = await datasetFolder(target);
  const found: ImportFile[] = [];
  for (const file of await dataFiles(target, OI_ENDINGS)) {
    const variant = await variantOf(file);
    const name = path.relative(folder, file).split(path.sep).join('/');
    if (variant) found.push({ name, variant, paths: [file] });
  }
  return found;
}

/** The CSV of aggregates beside a CSV of details. */
export function aggregatesBeside(file: string): string {
  return path.join(path.dirname(file), `${AGGREGATES}.csv`);
}
