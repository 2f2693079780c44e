import { MS_PER_MINUTE, MS_PER_SECOND, type Contract, type EpochMs, type Underlying } from '@sos/domain';
import type { FeedDay } from '../importers/feed/feed-day.js';
import type { FeedOptions, LiveFeed, LiveTicks } from '../providers/feed/live-feed.js';
import { nodeRuntime, type ProviderRuntime } from '../providers/runtime.js';
import { RecordedFrameDecoder } from './decode-frames.js';
import { FrameWriter } from './frame-writer.js';
import { MinuteWriter } from './minute-writer.js';
import { readKeys, readSegment, segmentsIn } from './read-frames.js';
import type { RecordSink } from './record-sink.js';
import type { EarlierRecording, RecorderAlarm, RecorderEvent, RecordingReport } from './recorder-events.js';
import { readRecordingState, writeRecordingState } from './recording-state.js';
import { SessionIntake } from './session-intake.js';

/** What to record, from where and where to. */
export interface RecorderOptions {
  /** A live feed, not yet started: `provider.feed`. */
  feed(options: FeedOptions): LiveFeed;
  /** The contracts to record, given the index values known so far; asked again each minute, and only ever adds. */
  universe(spots: ReadonlyMap<Underlying, number>): readonly Contract[];
  readonly sink: RecordSink;
  /** Name under which rows are kept. */
  readonly dataset: string;
  /** Folder of this day: how far the recording is, and raw frames. */
  readonly folder: string;
  /** Also keep every frame as it came. */
  readonly raw?: boolean;
  readonly runtime?: Pick<ProviderRuntime, 'now' | 'sleep'>;
  onEvent?(event: RecorderEvent): void;
}

/** A recording in progress. */
export interface Recording {
  report(): RecordingReport;
  /** Ends it: writes the rest of the day, mended. @throws when the store refuses it; with raw frames it can be imported later */
  stop(): Promise<RecordingReport>;
}

// Trades of a minute are still reported after its end.
const SETTLE_MS = 3 * MS_PER_SECOND;
// Frames dated further from this machine's clock than that are a replay: its clock then says nothing about their minutes.
const LIVE_MS = 10 * MS_PER_MINUTE;

const lastCloseBefore = (at: number): number => Math.floor(at / MS_PER_MINUTE) * MS_PER_MINUTE;

class LiveRecorder implements Recording {
  private readonly options: RecorderOptions;
  private readonly runtime: Pick<ProviderRuntime, 'now' | 'sleep'>;
  private readonly intake: SessionIntake;
  private readonly minutes: MinuteWriter;
  private readonly alarms: Partial<Record<RecorderAlarm, number>> = {};
  private readonly spots = new Map<Underlying, number>();
  private readonly subscribed = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly startedAt: EpochMs;
  private frames: FrameWriter | null = null;
  private feed: LiveFeed | null = null;
  private earlier: EarlierRecording | null = null;
  private ending: Promise<unknown> = Promise.resolve();
  private stateKept: Promise<void> = Promise.resolve();
  private taken = 0;
  private minutesWritten = 0;
  private lastMinute = 0 as EpochMs;
  private asked = Number.NEGATIVE_INFINITY;
  private settled = Number.NEGATIVE_INFINITY;

  constructor(options: RecorderOptions) {
    this.options = options;
    this.runtime = options.runtime ?? nodeRuntime;
    this.startedAt = this.runtime.now();
    this.intake = new SessionIntake((day) => {
      // A failure is told by `stop`, which waits for it too.
      this.ending = this.ending.then(() => this.minutes.finish(day));
      this.ending.catch(() => undefined);
    });
    this.minutes = new MinuteWriter({
      sink: options.sink,
      dataset: options.dataset,
      runtime: this.runtime,
      onWritten: (until, isKnown) => this.minuteWritten(until, isKnown),
      onAlarm: (alarm, detail) => this.alarm(alarm, detail),
    });
  }

  async start(): Promise<void> {
    const { folder, raw = false } = this.options;
    this.earlier = await readRecordingState(folder);
    const replayed = raw ? await this.replay() : 0;
    if (raw)
      this.frames = await FrameWriter.open({
        folder,
        onLoss: (dropped, reason) => this.alarm('frames-lost', reason, dropped - (this.alarms['frames-lost'] ?? 0)),
      });
    if (this.earlier) this.tell({ type: 'resumed', earlier: this.earlier, framesReplayed: replayed });
    // What was replayed is the whole of the earlier recording; without it, its minutes are not ours to write.
    if (replayed > 0) this.earlier = null;
    const feed = this.options.feed({
      onTicks: (ticks) => this.take(ticks),
      onState: (state) => this.tell({ type: 'feed', state }),
      onCorrupt: (reason) => this.alarm('frame-corrupt', reason),
      onRawFrame: (frame, receivedAt) => this.frames?.append(frame, receivedAt),
    });
    this.feed = feed;
    await this.subscribe(feed);
    await this.keepState(false);
    feed.start();
    void this.watch(this.stopping.signal);
  }

  report(): RecordingReport {
    const { frames, intake } = this;
    return {
      frames: this.taken,
      messages: intake.messages,
      refused: { ...intake.refused },
      minutes: this.minutesWritten,
      alarms: { ...this.alarms },
      raw: frames ? { written: frames.written, dropped: frames.dropped } : null,
    };
  }

  async stop(): Promise<RecordingReport> {
    this.stopping.abort();
    this.feed?.stop();
    // Raw frames first: they are what a day is made from again when the store fails.
    await this.frames?.close();
    await this.ending;
    const { day } = this.intake;
    if (day) await this.minutes.finish(day);
    await this.keepState(true);
    return this.report();
  }

  /** Folds the frames that an earlier recording of this folder kept. */
  private async replay(): Promise<number> {
    const segments = await segmentsIn(this.options.folder);
    if (segments.length === 0) return 0;
    const decoder = new RecordedFrameDecoder(await readKeys(this.options.folder));
    let count = 0;
    for (const segment of segments)
      for await (const frames of readSegment(segment, () => undefined)) {
        decoder.feed(frames, this.intake);
        count += frames.length;
      }
    return count;
  }

  private take(ticks: LiveTicks): void {
    const { intake } = this;
    this.taken++;
    this.noteSpots(ticks);
    intake.add(ticks);
    if (intake.clock.wrong > (this.alarms['wrong-clock'] ?? 0))
      this.alarm('wrong-clock', `sent at ${new Date(ticks.sentAt).toISOString()}`);
    if (!intake.day) return;
    if (this.earlier) this.leaveEarlier(intake.day, this.earlier);
    this.minuteMayBeOver(intake.day, intake.newest);
  }

  private leaveEarlier(day: FeedDay, earlier: EarlierRecording): void {
    if (day.date === earlier.date) this.minutes.leaveAlone(lastCloseBefore(this.intake.newest));
    this.earlier = null;
  }

  private noteSpots({ length, ticks, contractOf }: LiveTicks): void {
    for (let row = 0; row < length; row++) {
      const contract = contractOf(ticks.slot[row] as number);
      const value = ticks.lastPrice[row] as number;
      if (contract?.kind === 'index' && !Number.isNaN(value)) this.spots.set(contract.underlying, value);
    }
  }

  /** Writes a minute at its end, and once more when late trades have come. */
  private minuteMayBeOver(day: FeedDay, now: number): void {
    const close = lastCloseBefore(now);
    if (close > this.asked) {
      this.asked = close;
      this.minutes.request(day, close);
    } else if (close > this.settled && now - close >= SETTLE_MS) {
      this.settled = close;
      this.minutes.request(day, close);
    }
  }

  /** Each second: raw frames go to the disk; a minute of a silent feed ends by the clock. */
  private async watch(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      await this.runtime.sleep(MS_PER_SECOND, stopped);
      if (stopped.aborted) return;
      await this.frames?.flush();
      const now = this.runtime.now();
      const { day, newest } = this.intake;
      if (day && Math.abs(now - newest) < LIVE_MS) this.minuteMayBeOver(day, Math.max(now, newest));
    }
  }

  private minuteWritten(until: EpochMs, isKnown: boolean): void {
    if (isKnown) {
      this.minutesWritten++;
      this.lastMinute = until;
      this.tell({ type: 'minute', until, messages: this.intake.messages });
    }
    const feed = this.feed;
    if (this.stopping.signal.aborted || !feed) return;
    void this.keepState(false).catch((error: unknown) => this.alarm('store-failed', String(error)));
    this.subscribe(feed).catch((error: unknown) => this.alarm('subscribe-failed', String(error)));
  }

  private async subscribe(feed: LiveFeed): Promise<void> {
    const fresh = this.options.universe(this.spots).filter(({ id }) => !this.subscribed.has(id));
    if (fresh.length === 0) return;
    await feed.subscribe(fresh, 'full');
    for (const { id } of fresh) this.subscribed.add(id);
    if (this.frames && feed.instrumentKeys) await this.frames.nameKeys(feed.instrumentKeys());
  }

  /** One at a time: the newest state is written last. */
  private keepState(ended: boolean): Promise<void> {
    const { day, newest } = this.intake;
    const { folder } = this.options;
    if (!day) return this.stateKept;
    const { startedAt, lastMinute } = this;
    const state = { date: day.date, startedAt, lastMinute, lastFrameAt: newest as EpochMs, ended };
    this.stateKept = this.stateKept.catch(() => undefined).then(() => writeRecordingState(folder, state));
    return this.stateKept;
  }

  private alarm(alarm: RecorderAlarm, detail: string, by = 1): void {
    const count = (this.alarms[alarm] ?? 0) + by;
    this.alarms[alarm] = count;
    this.tell({ type: 'alarm', alarm, count, detail });
  }

  private tell(event: RecorderEvent): void {
    this.options.onEvent?.(event);
  }
}

/**
 * Records a live feed: one-minute bars of indices, futures and options with open interest and quotes, and chain snapshots, into the sink at
 * each minute's end; with `raw` every frame too. Killed at any moment, at most the minute in progress (with `raw` the last second) is lost; started
 * again it goes on in the same minute, and no row is there twice. The feed never waits for the store or the disk.
 * @throws what the feed's `subscribe` throws; SOS_DATA_CORRUPT when the raw frames of an earlier recording are damaged
 */
export async function startRecording(options: RecorderOptions): Promise<Recording> {
  const recorder = new LiveRecorder(options);
  await recorder.start();
  return recorder;
}
