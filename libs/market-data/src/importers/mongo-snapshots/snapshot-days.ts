import { istDateOf, type EpochMs, type IstDate } from '@sos/domain';
import { addTo, mergeInto, type RepairReason, type Tally } from '../faults.js';
import { FeedDay } from '../feed/feed-day.js';
import { contractOfKey, noneNamed } from '../feed/instrument-keys.js';
import { QuarantineList } from '../feed/quarantine-list.js';
import { RecorderClock } from '../feed/recorder-clock.js';
import type { ImportBatch } from '../importer.js';
import type { SnapshotMasters } from './snapshot-masters.js';
import { isStatusMessage, snapshotDocument, type SnapshotDocument } from './snapshot-document.js';

/** A document with its place. */
export interface PlacedDocument {
  readonly file: string;
  /** Added to the recorder's stamps, ms. */
  readonly shift: number;
  readonly document: unknown;
}

/** Takes documents in order of recording and folds them day by day: a day is written when the next begins. */
export class SnapshotDays {
  readonly quarantine = new QuarantineList();
  readonly repairs: Tally<RepairReason> = {};
  rows = 0;
  private readonly masters: SnapshotMasters;
  private readonly written = new Set<IstDate>();
  private day: FeedDay | null = null;

  constructor(masters: SnapshotMasters) {
    this.masters = masters;
  }

  /** Takes a document; what the day before it became, when it is the first of a new day. */
  async *add(placed: PlacedDocument): AsyncGenerator<ImportBatch> {
    this.rows++;
    const { document, file, shift } = placed;
    if (isStatusMessage(document)) return addTo(this.repairs, 'status-message');
    const found = snapshotDocument(document);
    const at = found ? found.at + (found.form === 'feed-response' ? 0 : shift) : Number.NaN;
    if (!found || !(at > 0)) return this.quarantine.count(file, 'message-shape', textOf(document));
    if (found.form === 'instrument-document' && shift !== 0) addTo(this.repairs, 'zone-mended');
    const date = istDateOf(at as EpochMs);
    if (this.written.has(date)) return this.quarantine.count(file, 'late-day', textOf(document));
    if (this.day?.date !== date) {
      yield* this.end();
      this.day = await this.begin(date, found);
    }
    for (const [key, feed] of found.messages) {
      const reason = this.day.add(key, feed, at);
      if (reason) this.quarantine.count(file, reason, `${key} ${textOf(feed)}`);
    }
  }

  /** Writes the day that is open. @throws SOS_INPUT when derivatives were recorded and no master names one of them */
  *end(): Generator<ImportBatch> {
    const { day } = this;
    if (!day) return;
    const derivatives = day.unknownKeys.filter((key) => key.includes('_FO|'));
    if (day.isEmpty && derivatives.length > 0) throw noneNamed(derivatives, this.masters.nameOn(day.date));
    yield* day.batches();
    mergeInto(this.repairs, day.repairs);
    this.written.add(day.date);
    this.day = null;
  }

  private async begin(date: IstDate, first: SnapshotDocument): Promise<FeedDay> {
    const master = await this.masters.on(date);
    // All instruments of one collection were stamped by one host; responses carry the server's time.
    const clock = first.form === 'instrument-document' ? new RecorderClock() : null;
    return new FeedDay({ date, contractOf: (key) => contractOfKey(master, key, date), clockFor: () => clock });
  }
}

function textOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}
