import path from 'node:path';
import type { IstDate } from '@sos/domain';
import { FeedDay } from '../feed/feed-day.js';
import { contractOfKey, masterFor, noneNamed, readMaster } from '../feed/instrument-keys.js';
import { child, stampOf } from '../feed/json-fields.js';
import { QuarantineList } from '../feed/quarantine-list.js';
import { RecorderClock } from '../feed/recorder-clock.js';
import { instrumentKeyOf } from '../feed/tick-message.js';
import { corruptFile } from '../files/corrupt-file.js';
import { jsonArray } from '../files/json-array.js';
import type { ImportBatch, ImportContext, Importer, ImportFile } from '../importer.js';
import { sessionWindows } from '../session-windows.js';
import { DAMAGED, dayOfUnit, TICK_ENDINGS, tickFiles } from './tick-files.js';

/** @throws SOS_DATA_CORRUPT for messages of a day without a session */
function checkSession(file: ImportFile, date: IstDate): void {
  if (sessionWindows(date).length > 0) return;
  throw corruptFile(file.paths[0] ?? file.name, `expected messages of a trading day, found ${date} (no session)`);
}

function masterOf(file: ImportFile, given: string | undefined): Promise<string> {
  return masterFor(path.dirname(file.paths[0] ?? '.'), dayOfUnit(file), given);
}

function addBatch(
  day: FeedDay,
  quarantine: QuarantineList,
  from: { file: string; messages: readonly unknown[] },
): void {
  for (const message of from.messages) {
    const key = instrumentKeyOf(message);
    const at = stampOf(child(message, '_insertion_time'));
    const reason = day.add(key, message, at);
    if (reason) quarantine.count(from.file, reason, key);
  }
}

async function* readUnit(file: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  const [first = file.name] = file.paths;
  if (file.variant === DAMAGED) throw corruptFile(first, 'expected a gzipped JSON array, found it empty or damaged');
  const date = dayOfUnit(file);
  checkSession(file, date);
  const masterPath = await masterOf(file, context.options.master);
  const master = await readMaster(masterPath, date);
  const day = new FeedDay({
    date,
    contractOf: (key) => contractOfKey(master, key, date),
    clockFor: () => new RecorderClock(),
  });
  const quarantine = new QuarantineList();
  let rows = 0;
  for (const one of file.paths)
    for await (const messages of jsonArray(one, context.onBytes)) {
      rows += messages.length;
      addBatch(day, quarantine, { file: one, messages });
    }
  if (day.isEmpty) throw noneNamed(day.unknownKeys, masterPath);
  yield* day.batches();
  if (quarantine.rows.length > 0) yield { type: 'quarantine', rows: quarantine.rows };
  yield { type: 'read', rows, repairs: day.repairs };
}

/** Exports of the Upstox v3 full feed, one JSON array per instrument: folded to one-minute bars, the chain and the parity forward. */
export const upstoxTicksImporter: Importer = {
  kind: 'upstox-ticks',
  describe: 'exported Upstox v3 full-feed messages, one instrument per file (JSON arrays, gzip or plain)',
  revision: 2,
  endings: TICK_ENDINGS,
  async detect(target) {
    return (await tickFiles(target))[0]?.variant ?? null;
  },
  files: tickFiles,
  async references(file, options) {
    return file.variant === DAMAGED ? [] : [await masterOf(file, options.master)];
  },
  read: readUnit,
};
