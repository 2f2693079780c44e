import path from 'node:path';
import { mergeInto } from '../faults.js';
import { corruptFile } from '../files/corrupt-file.js';
import { dataFiles, datasetFolder } from '../files/data-files.js';
import { firstText } from '../files/first-bytes.js';
import type { ImportBatch, ImportContext, Importer, ImportFile } from '../importer.js';
import { assembleBars, WindowsByDay } from './assemble-bars.js';
import { barLayout, seriesName, underlyingNamed } from './bar-layout.js';
import { barMinutes, readRawBars } from './read-raw-bars.js';
import { stampConvention } from './stamp-convention.js';

const ENDINGS = ['.txt', '.csv'];

async function variantOf(file: string): Promise<string | null> {
  const text = await firstText(file, 1024);
  // An empty file that is named after an index was meant to be one: reading it says so.
  if (text === '' && underlyingNamed(seriesName(file))) return 'stamped-csv';
  const layout = barLayout(text.split(/\r?\n/, 1)[0] ?? '');
  if (!layout) return null;
  // A file of one series must say whose bars it holds, in a column or in its name.
  return layout.symbol >= 0 || underlyingNamed(seriesName(file)) ? layout.variant : null;
}

async function files(target: string): Promise<ImportFile[]> {
  const folder = await datasetFolder(target);
  const found: ImportFile[] = [];
  for (const file of await dataFiles(target, ENDINGS)) {
    const variant = await variantOf(file);
    const name = path.relative(folder, file).split(path.sep).join('/');
    if (variant) found.push({ name, variant, paths: [file] });
  }
  return found;
}

async function* readFile(file: string, context: ImportContext): AsyncGenerator<ImportBatch> {
  const read = await readRawBars(file, context.onBytes);
  const repairs = read.repairs;
  const quarantined = read.quarantined;
  for (const raw of read.series) {
    const minutes = barMinutes(raw);
    const days = new WindowsByDay(raw.contract.kind === 'index');
    const convention = raw.dateOnly ? 'start' : stampConvention(raw, (at) => days.at(at));
    if (!convention) {
      const expected = 'every day to have a bar stamped at the open (bar start) or at the close (bar end)';
      throw corruptFile(file, `expected ${expected}, found days that tell neither or contradict each other`);
    }
    const bars = assembleBars(raw, { file, minutes, convention }, days);
    mergeInto(repairs, bars.repairs);
    quarantined.push(...bars.quarantined);
    if (bars.batch.bars.length > 0) yield { type: 'candles', ...bars.batch };
    if (bars.gaps.length > 0) yield { type: 'gaps', gaps: bars.gaps };
  }
  if (quarantined.length > 0) yield { type: 'quarantine', rows: quarantined };
  yield { type: 'read', rows: read.rows, repairs };
}

/** Bars of an index or its future from text files: monthly `SYMBOL,YYYYMMDD,HH:MM,…` rows, or CSV with a stamp column. */
export const indexBarsImporter: Importer = {
  kind: 'index-bars',
  describe: 'bars of an index or its future: monthly text files, or CSV with time, open, high, low, close',
  revision: 2,
  endings: ENDINGS,
  async detect(target) {
    return (await files(target))[0]?.variant ?? null;
  },
  files,
  async *read(file, context) {
    for (const one of file.paths) yield* readFile(one, context);
  },
};
