import path from 'node:path';
import type { EpochMs } from '@sos/domain';
import type { QuarantineReason } from '../importers/faults.js';
import type { FeedDay } from '../importers/feed/feed-day.js';
import { dataFiles } from '../importers/files/data-files.js';
import type { ImportBatch, ImportContext, Importer, ImportFile, ImportGap } from '../importers/importer.js';
import { RecordedFrameDecoder } from './decode-frames.js';
import { indexOf, readKeys, readSegment } from './read-frames.js';
import { KEYS_FILE, SEGMENT_ENDING } from './segment-format.js';
import { SessionIntake } from './session-intake.js';

const VARIANT = 'upstox-v3-frames';

/** One unit per folder: what a recorder kept of one day. */
async function frameFolders(target: string): Promise<ImportFile[]> {
  const folders = new Map<string, string[]>();
  for (const file of await dataFiles(target, [SEGMENT_ENDING])) {
    const folder = path.dirname(file);
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return [...folders].map(([folder, paths]) => ({ name: path.basename(folder), variant: VARIANT, paths }));
}

/** Stretches in which frames came that are not in the recording: their numbers are missing. */
class FrameGaps {
  readonly gaps: ImportGap[] = [];
  private sequence = 0;
  private receivedAt = 0 as EpochMs;

  see(sequence: number, receivedAt: EpochMs): void {
    if (this.sequence > 0 && sequence > this.sequence + 1)
      this.gaps.push({ series: 'recorded frames', from: this.receivedAt, to: receivedAt });
    this.sequence = sequence;
    this.receivedAt = receivedAt;
  }
}

function quarantined(unit: ImportFile, intake: SessionIntake, corrupt: number): ImportBatch[] {
  const counts: [QuarantineReason, number][] = Object.entries(intake.refused) as [QuarantineReason, number][];
  if (corrupt > 0) counts.push(['message-shape', corrupt]);
  const rows = counts.map(([reason, count]) => ({
    file: unit.paths[0] ?? unit.name,
    line: null,
    reason,
    rows: count,
    sample: 'rows of recorded frames',
  }));
  return rows.length === 0 ? [] : [{ type: 'quarantine', rows }];
}

async function* readUnit(unit: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  const folder = path.dirname(unit.paths[0] ?? '.');
  const decoder = new RecordedFrameDecoder(await readKeys(folder));
  const over: FeedDay[] = [];
  const intake = new SessionIntake((day) => over.push(day));
  const gaps = new FrameGaps();
  for (const segment of unit.paths)
    for await (const frames of readSegment(segment, context.onBytes)) {
      for (const { sequence, receivedAt } of frames) gaps.see(sequence, receivedAt);
      decoder.feed(frames, intake);
      for (const day of over.splice(0)) yield* finished(day);
    }
  if (intake.day) yield* finished(intake.day);
  yield* quarantined(unit, intake, decoder.corrupt);
  if (gaps.gaps.length > 0) yield { type: 'gaps', gaps: gaps.gaps };
  yield { type: 'read', rows: intake.messages, repairs: {} };
}

function* finished(day: FeedDay): Generator<ImportBatch> {
  yield* day.batches();
  yield { type: 'read', rows: 0, repairs: day.repairs };
}

/** Raw frames of the Upstox feed that `sos record --raw` kept, folded as they were when they were recorded. */
export const framesImporter: Importer = {
  kind: 'upstox-frames',
  describe: 'raw Upstox v3 frames kept by `sos record --raw` (gzip segments with an index)',
  revision: 1,
  endings: [SEGMENT_ENDING],
  async detect(target) {
    return (await frameFolders(target))[0]?.variant ?? null;
  },
  files: frameFolders,
  async references(unit) {
    return [...unit.paths.map(indexOf), path.join(path.dirname(unit.paths[0] ?? '.'), KEYS_FILE)];
  },
  read: readUnit,
};
