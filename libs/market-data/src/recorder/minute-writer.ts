import { MS_PER_MINUTE, type EpochMs } from '@sos/domain';
import type { FeedDay } from '../importers/feed/feed-day.js';
import type { ProviderRuntime } from '../providers/runtime.js';
import type { RecordBatch, RecordSink } from './record-sink.js';
import type { RecorderAlarm } from './recorder-events.js';
import { rowsBetween } from './rows-between.js';

/** What a minute writer works with. */
export interface MinuteWriterOptions {
  readonly sink: RecordSink;
  readonly dataset: string;
  readonly runtime: Pick<ProviderRuntime, 'sleep'>;
  /** Minutes up to a close are written; `isKnown` when anything was known of them. */
  onWritten(until: EpochMs, isKnown: boolean): void;
  onAlarm(alarm: RecorderAlarm, detail: string): void;
}

interface Wish {
  readonly day: FeedDay;
  readonly until: number;
}

// Trades are reported up to some seconds late: the minutes before the last one are written again, which costs nothing where they are the same.
const WRITTEN_AGAIN = 2 * MS_PER_MINUTE;
const PAUSES_MS = [1_000, 5_000, 20_000];

/**
 * Writes finished minutes beside the feed and never in its way: while one write runs, later wishes are joined into one. Nothing waits in a
 * queue, as the rows are made anew from the folded day, whose size is fixed.
 */
export class MinuteWriter {
  private readonly options: MinuteWriterOptions;
  private running: Promise<void> | null = null;
  private wish: Wish | null = null;
  private written = Number.NEGATIVE_INFINITY;
  private inHand = Number.NEGATIVE_INFINITY;
  private floor = Number.NEGATIVE_INFINITY;

  constructor(options: MinuteWriterOptions) {
    this.options = options;
  }

  /** Minutes up to this close belong to an earlier recording and are left alone. */
  leaveAlone(until: number): void {
    this.floor = until;
  }

  /** Wants the minutes of a day up to a close written; returns at once. */
  request(day: FeedDay, until: number): void {
    if (this.running && until > this.inHand && until > (this.wish?.until ?? Number.NEGATIVE_INFINITY))
      this.options.onAlarm('store-behind', `writing up to ${new Date(this.inHand).toISOString()}`);
    this.wish = { day, until };
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
  }

  /** Writes the whole of a day that is over, mended. @throws whatever the sink throws, after three more tries */
  async finish(day: FeedDay): Promise<void> {
    this.wish = null;
    await this.running;
    const batches = rowsBetween(day.batches(), { after: this.floor, until: Number.POSITIVE_INFINITY });
    this.written = Number.NEGATIVE_INFINITY;
    this.floor = Number.NEGATIVE_INFINITY;
    for (const pause of PAUSES_MS) {
      try {
        return await this.write(batches);
      } catch (error) {
        this.options.onAlarm('store-failed', textOf(error));
        await this.options.runtime.sleep(pause);
      }
    }
    await this.write(batches);
  }

  private async write(batches: readonly RecordBatch[]): Promise<void> {
    if (batches.length > 0) await this.options.sink.write(batches, this.options.dataset);
  }

  private async run(): Promise<void> {
    for (let wish = this.wish; wish !== null; wish = this.wish) {
      this.wish = null;
      this.inHand = wish.until;
      const after = Math.max(this.floor, this.written - WRITTEN_AGAIN);
      try {
        const batches = rowsBetween(wish.day.soFar(), { after, until: wish.until }).filter(isLasting);
        await this.write(batches);
        const isNew = wish.until > this.written;
        this.written = wish.until;
        if (isNew) this.options.onWritten(wish.until as EpochMs, batches.length > 0);
      } catch (error) {
        this.options.onAlarm('store-failed', textOf(error));
      }
    }
  }
}

/** A bar of an index minute that was seen in parts gives way to the vendor's candle when that comes: it is written at the end of the day only. */
function isLasting(batch: RecordBatch): boolean {
  return batch.type !== 'candles' || batch.source !== 'derived' || batch.repaired === null;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
