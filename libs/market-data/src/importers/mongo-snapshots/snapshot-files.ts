import path from 'node:path';
import { istDateOf, type EpochMs, type IstDate } from '@sos/domain';
import { dataFiles } from '../files/data-files.js';
import { firstText } from '../files/first-bytes.js';
import type { ImportFile } from '../importer.js';

/** How names of exported collections end. */
export const SNAPSHOT_ENDINGS: readonly string[] = [
  '.json',
  '.ndjson',
  '.jsonl',
  '.json.gz',
  '.ndjson.gz',
  '.jsonl.gz',
];

const RESPONSE = /"feeds"\s*:\s*\{/;
const DOCUMENT = /"instrumentKey"\s*:/;
const FEED = /"(marketFF|indexFF|ltpc|firstLevelWithGreeks)"\s*:/;
const SERVER_TIME = /"(?:currentTs|ltt)"\s*:\s*(?:\{\s*"\$numberLong"\s*:\s*)?"?(\d{13})"?/;
const LOOKED_AT = 1 << 16;

/** The variant and the day of the first message in the beginning of a file; null when it holds no snapshots. */
function firstSnapshot(text: string): { readonly variant: string; readonly day: IstDate } | null {
  if (!FEED.test(text)) return null;
  const variant = RESPONSE.test(text) ? 'feed-responses' : DOCUMENT.test(text) ? 'instrument-documents' : null;
  const at = SERVER_TIME.exec(text)?.[1];
  return variant && at !== undefined ? { variant, day: istDateOf(Number(at) as EpochMs) } : null;
}

/** The exported snapshots below a path: the files that begin on one day are one unit, read in order of their names. */
export async function snapshotFiles(target: string): Promise<ImportFile[]> {
  const units = new Map<string, { name: string; variant: string; paths: string[] }>();
  for (const file of await dataFiles(target, SNAPSHOT_ENDINGS)) {
    const found = firstSnapshot(await firstText(file, LOOKED_AT));
    if (!found) continue;
    const key = `${found.day} ${found.variant}`;
    const unit = units.get(key) ?? { name: key, variant: found.variant, paths: [] };
    unit.paths.push(path.resolve(file));
    units.set(key, unit);
  }
  return [...units].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit);
}

/** The first day of a unit, from its name. */
export function firstDayOf(file: ImportFile): IstDate {
  return file.name.slice(0, 10) as IstDate;
}
