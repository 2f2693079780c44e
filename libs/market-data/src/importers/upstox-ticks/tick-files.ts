import path from 'node:path';
import { istDateOf, type EpochMs, type IstDate } from '@sos/domain';
import { dataFiles } from '../files/data-files.js';
import { firstText } from '../files/first-bytes.js';
import type { ImportFile } from '../importer.js';

/** How names of exported messages end. */
export const TICK_ENDINGS: readonly string[] = ['.json.gz', '.json'];

/** Variant of a file that cannot be opened. */
export const DAMAGED = 'damaged';

const FULL_FEED = /"(marketFF|marketLevel|ltpc)"/;
const FIRST_TRADE = /"ltt"\s*:\s*"?(\d{12,14})"?/;
const FIRST_STAMP = /"_insertion_time"\s*:\s*"(\d{4}-\d{2}-\d{2})/;

/** The day of the first message in the beginning of a file, or null when it holds no messages of a full feed. */
function firstDay(text: string): IstDate | null {
  if (!FULL_FEED.test(text)) return null;
  const stamp = FIRST_STAMP.exec(text)?.[1];
  if (stamp !== undefined) return stamp as IstDate;
  const trade = FIRST_TRADE.exec(text)?.[1];
  return trade === undefined ? null : istDateOf(Number(trade) as EpochMs);
}

/** The exported messages below a path, one unit per day: a day's underlying comes from all its instruments together. */
export async function tickFiles(target: string): Promise<ImportFile[]> {
  const days = new Map<IstDate, string[]>();
  const damaged: ImportFile[] = [];
  for (const file of await dataFiles(target, TICK_ENDINGS)) {
    const text = await firstText(file, 16_384);
    const day = firstDay(text);
    if (text === '') damaged.push({ name: path.basename(file), variant: DAMAGED, paths: [file] });
    if (day) days.set(day, [...(days.get(day) ?? []), file]);
  }
  const units = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...units.map(([day, paths]) => ({ name: day, variant: 'full-feed-json', paths })), ...damaged];
}

/** The day of a unit, from its name. */
export function dayOfUnit(file: ImportFile): IstDate {
  return file.name as IstDate;
}
