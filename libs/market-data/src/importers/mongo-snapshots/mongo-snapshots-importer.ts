import path from 'node:path';
import { jsonDocuments } from '../files/json-documents.js';
import type { ImportBatch, ImportContext, Importer, ImportFile } from '../importer.js';
import { SnapshotDays } from './snapshot-days.js';
import { firstDayOf, SNAPSHOT_ENDINGS, snapshotFiles } from './snapshot-files.js';
import { SnapshotMasters } from './snapshot-masters.js';
import { zoneShift } from './stamp-zone.js';

function mastersOf(file: ImportFile, given: string | undefined): SnapshotMasters {
  return new SnapshotMasters(path.dirname(file.paths[0] ?? '.'), given);
}

async function* readUnit(unit: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  const days = new SnapshotDays(mastersOf(unit, context.options.master));
  for (const file of unit.paths) {
    let shift: number | null = null;
    for await (const { documents, refused } of jsonDocuments(file, context.onBytes)) {
      shift ??= documents.length > 0 ? zoneShift(documents) : null;
      for (const document of documents) yield* days.add({ file, document, shift: shift ?? 0 });
      days.rows += refused.length;
      for (const { line, text } of refused)
        days.quarantine.add({ file, line, reason: 'message-shape', rows: 1, sample: text });
    }
  }
  yield* days.end();
  if (days.quarantine.rows.length > 0) yield { type: 'quarantine', rows: days.quarantine.rows };
  yield { type: 'read', rows: days.rows, repairs: days.repairs };
}

/**
 * Snapshots of the Upstox v3 feed as a MongoDB collection exports them: whole responses, or one document per instrument; an array, one object, or
 * one per line, plain or extended JSON, gzip or plain. Folded to bars of indices, futures and options, and to chains.
 */
export const mongoSnapshotsImporter: Importer = {
  kind: 'mongo-snapshots',
  describe: 'exported MongoDB collections of Upstox v3 feed snapshots (JSON or NDJSON, gzip or plain)',
  revision: 1,
  endings: SNAPSHOT_ENDINGS,
  async detect(target) {
    return (await snapshotFiles(target))[0]?.variant ?? null;
  },
  files: snapshotFiles,
  async references(file, options) {
    const master = await mastersOf(file, options.master).fileOn(firstDayOf(file));
    return master === null ? [] : [master];
  },
  read: readUnit,
};
