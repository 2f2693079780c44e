import { stat } from 'node:fs/promises';
import path from 'node:path';
import { mergeInto } from '../faults.js';
import { dataFiles, datasetFolder } from '../files/data-files.js';
import type { ImportBatch, ImportContext, Importer, ImportFile, ImportOptions } from '../importer.js';
import { assembleBars, WindowsByDay } from '../index-bars/assemble-bars.js';
import { ChainSessions, sessionBatches } from '../nse-chain/chain-sessions.js';
import type { BarMapping, ChainMapping, Mapping } from './mapping-schema.js';
import { fitsPattern } from './name-pattern.js';
import { readMappedBars } from './read-mapped-bars.js';
import { readMappedChain } from './read-mapped-chain.js';
import { MAPPING_NAME, readMapping } from './read-mapping.js';
import { seriesOfBars } from './series-of-bars.js';

const ENDINGS: Readonly<Record<Mapping['format'], readonly string[]>> = {
  csv: ['.csv', '.csv.gz', '.txt', '.txt.gz', '.tsv', '.tsv.gz'],
  ndjson: ['.ndjson', '.ndjson.gz', '.jsonl', '.jsonl.gz', '.json', '.json.gz'],
  json: ['.json', '.json.gz'],
  parquet: ['.parquet'],
};

/** The mapping file to use: the one given, else `sos-mapping.json` in the data's folder, or null. */
async function mappingFile(target: string, options: ImportOptions): Promise<string | null> {
  if (options.mapping !== undefined) return path.resolve(options.mapping);
  const beside = path.join(await datasetFolder(target), MAPPING_NAME);
  return (await stat(beside).catch(() => null))?.isFile() ? beside : null;
}

async function files(target: string, options: ImportOptions = {}): Promise<ImportFile[]> {
  const file = await mappingFile(target, options);
  if (file === null) return [];
  const mapping = await readMapping(file);
  const folder = await datasetFolder(target);
  const all = await dataFiles(target, ENDINGS[mapping.format]);
  const wanted = all.filter((one) => one !== file && fitsPattern(path.basename(one), mapping.files ?? '*'));
  return wanted.map((one) => ({
    name: path.relative(folder, one).split(path.sep).join('/'),
    variant: `${mapping.format}-${mapping.rows}`,
    paths: [one],
  }));
}

async function* readBars(file: string, mapping: BarMapping, context: ImportContext): AsyncGenerator<ImportBatch> {
  const read = await readMappedBars(file, mapping, context.onBytes);
  const { minutes } = mapping;
  const convention = mapping.time.stamp;
  for (const raw of read.series) {
    const { contract } = raw;
    const bars = assembleBars(raw, { file, minutes, convention }, new WindowsByDay(contract.kind === 'index'));
    mergeInto(read.repairs, bars.repairs);
    read.quarantined.push(...bars.quarantined);
    if (bars.gaps.length > 0) yield { type: 'gaps', gaps: bars.gaps };
    if (bars.batch.bars.length === 0) continue;
    if (contract.kind === 'option') yield { type: 'option-series', series: seriesOfBars(contract, bars.batch.bars) };
    else yield { type: 'candles', ...bars.batch };
  }
  if (read.quarantined.length > 0) yield { type: 'quarantine', rows: read.quarantined };
  yield { type: 'read', rows: read.rows, repairs: read.repairs };
}

async function* readChain(file: string, mapping: ChainMapping, context: ImportContext): AsyncGenerator<ImportBatch> {
  const read = await readMappedChain(file, mapping, context.onBytes);
  const sessions = new ChainSessions();
  for (const page of read.pages) sessions.add(page);
  yield* sessionBatches(sessions);
  const rows = [...read.quarantined, ...sessions.quarantined];
  if (rows.length > 0) yield { type: 'quarantine', rows };
  yield { type: 'read', rows: sessions.rows + read.refused, repairs: sessions.repairs };
}

async function* readUnit(unit: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  for (const file of unit.paths) {
    const found = await mappingFile(file, context.options);
    if (found === null) continue;
    const mapping = await readMapping(found);
    if (mapping.rows === 'bars') yield* readBars(file, mapping, context);
    else yield* readChain(file, mapping, context);
  }
}

/** Bars or option chains of any layout, by a mapping file that names their columns: CSV, NDJSON, JSON, parquet, plain or gzip. */
export const mappedFilesImporter: Importer = {
  kind: 'files',
  describe: 'files described by a mapping (--mapping FILE, or a sos-mapping.json beside them)',
  revision: 1,
  endings: [...new Set(Object.values(ENDINGS).flat())],
  async detect(target, options) {
    return (await files(target, options))[0]?.variant ?? null;
  },
  files,
  async references(file, options) {
    const found = await mappingFile(file.paths[0] ?? '.', options);
    return found === null ? [] : [found];
  },
  read: readUnit,
};
