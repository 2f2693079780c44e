import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type protobuf from 'protobufjs';
import { formatIstClock, type EpochMs } from '@sos/domain';
import { tempFolder } from '../importers/fixtures/temp-folder.js';
import { MemorySink } from '../importers/memory-sink.js';
import { runImport } from '../importers/run-import.js';
import { feedResponseOf } from '../providers/upstox/fixtures/feed-proto.js';
import { MemoryRecordSink, rowsOfImport } from './fixtures/memory-record-sink.js';
import { at, CALL, CONTRACTS, INDEX, PlayedFeed } from './fixtures/played-feed.js';
import { startRecording, type Recording, type RecorderOptions } from './recorder.js';
import type { RecorderEvent } from './recorder-events.js';

let type: protobuf.Type;
let temp: ReturnType<typeof tempFolder>;
beforeAll(async () => {
  type = await feedResponseOf();
});
beforeEach(() => {
  temp = tempFolder('2026-01-12', {});
});
afterEach(() => temp.remove());

interface World {
  readonly played: PlayedFeed;
  readonly sink: MemoryRecordSink;
  readonly events: RecorderEvent[];
  readonly recording: Recording;
}

/** A recorder on a played feed, connected. */
async function recorder(
  start: EpochMs,
  { sink = new MemoryRecordSink(), ...more }: Partial<Omit<RecorderOptions, 'sink'>> & { sink?: MemoryRecordSink } = {},
): Promise<World> {
  const played = new PlayedFeed(type, start);
  const events: RecorderEvent[] = [];
  const recording = await startRecording({
    feed: played.feed,
    universe: () => CONTRACTS,
    sink,
    dataset: 'live',
    folder: temp.folder,
    runtime: played.runtime,
    onEvent: (event) => events.push(event),
    ...more,
  });
  await played.runtime.advance(0);
  return { played, sink, events, recording };
}

const clockOf = (key: string): string => formatIstClock(Number(key.slice(key.lastIndexOf(' '))) as EpochMs);
const clocks = (sink: MemoryRecordSink, series: string): string[] => [...sink.of(series).keys()].map(clockOf);
const alarms = (events: readonly RecorderEvent[]): string[] =>
  events.flatMap((e) => (e.type === 'alarm' ? [`${e.alarm} ${e.count}`] : []));
/** Rows without those that begin with a text. */
const without = (rows: ReadonlyMap<string, object>, clock: string): Map<string, object> =>
  new Map([...rows].filter(([key]) => clockOf(key) !== clock));

test('each minute is written at its end, with quote, volume and open interest; the chain with it', async () => {
  const { played, sink, events, recording } = await recorder(at('09:14:59'));
  await played.play(60);
  expect(sink.rows.size).toBe(0);
  await played.play(1);
  await played.runtime.advance(0);
  expect(clocks(sink, CALL.id)).toEqual(['09:16']);
  expect(clocks(sink, 'chain NIFTY 2026-01-13 25700')).toEqual(['09:16']);
  expect(clocks(sink, `${INDEX.id} recorded`)).toEqual(['09:16']);
  await played.play(126);
  const report = await recording.stop();
  expect(clocks(sink, CALL.id)).toEqual(['09:16', '09:17', '09:18', '09:19']);
  const row = sink.of(CALL.id).get(`${CALL.id} ${at('09:17:00')}`);
  // Sixty messages of 65 units; the last of the minute is sent 400 ms after its trade.
  expect(row).toMatchObject({ volume: 60 * 65, bidQty: 65 * 4, askQty: 130, openInterest: 650 * 101 });
  expect(Number(row?.['ask']) - Number(row?.['bid'])).toBeCloseTo(0.1, 6);
  expect(report).toMatchObject({ frames: 187, messages: 187 * 4, refused: {}, minutes: 3, alarms: {}, raw: null });
  expect(events.filter((e) => e.type === 'minute').map((e) => formatIstClock(e.until))).toEqual([
    '09:16',
    '09:17',
    '09:18',
  ]);
});

test('raw frames imported again are the same rows as those that were recorded', async () => {
  const { played, sink, recording } = await recorder(at('09:14:59'), { raw: true });
  await played.play(400);
  const report = await recording.stop();
  expect(report.raw).toEqual({ written: 400, dropped: 0 });
  const imported = new MemorySink();
  const summary = await runImport({ kind: 'upstox-frames', path: temp.folder, sink: imported });
  expect(summary).toMatchObject({ rowsRead: 1600, quarantined: {}, gaps: expect.any(Array), failures: [] });
  expect(await rowsOfImport(imported)).toEqual(sink.rows);
  expect(sink.rows.size).toBeGreaterThan(30);
});

test('a store that is slow or fails blocks nothing and loses nothing, and is told', async () => {
  const { played, sink, events, recording } = await recorder(at('09:14:59'));
  let release: () => void = () => undefined;
  sink.before = () => new Promise((resolve) => (release = resolve));
  await played.play(250);
  expect(sink.rows.size).toBe(0);
  expect(recording.report().frames).toBe(250);
  // Minutes 2, 3 and 4 ended while the first was being written.
  expect(alarms(events)).toEqual(['store-behind 1', 'store-behind 2', 'store-behind 3']);
  sink.before = () => Promise.resolve();
  release();
  await played.runtime.advance(0);
  expect(clocks(sink, CALL.id)).toEqual(['09:16', '09:17', '09:18', '09:19']);
  sink.before = () => Promise.reject(new Error('disk full'));
  await played.play(60);
  expect(alarms(events).at(-1)).toMatch(/^store-failed /);
  sink.before = () => Promise.resolve();
  await played.play(60);
  expect(clocks(sink, CALL.id)).toEqual(['09:16', '09:17', '09:18', '09:19', '09:20', '09:21']);
  await recording.stop();
});

test('killed and started again: goes on in the same minute, earlier minutes stay as they are, no row twice', async () => {
  const first = await recorder(at('09:14:59'));
  await first.played.play(200);
  // Killed at 09:18:19: nothing is said or written any more.
  const kept = new Map(first.sink.rows);
  const second = await recorder(at('09:18:30'), { sink: first.sink });
  expect(second.events[0]).toMatchObject({
    type: 'resumed',
    earlier: { date: '2026-01-12', lastMinute: at('09:18:00'), ended: false },
    framesReplayed: 0,
  });
  await second.played.play(100);
  await second.recording.stop();
  expect(clocks(second.sink, CALL.id)).toEqual(['09:16', '09:17', '09:18', '09:19', '09:20', '09:21']);
  for (const [key, row] of kept) expect(second.sink.rows.get(key)).toEqual(row);
  // The minute of the kill was not seen whole: it has the vendor's own candle.
  expect(second.sink.of(CALL.id).get(`${CALL.id} ${at('09:19:00')}`)).toMatchObject({ volume: 650 });
});

test('killed with raw frames: started again, all but the unflushed second is there, as if nothing had happened', async () => {
  const whole = await recorder(at('09:14:59'), { folder: path.join(temp.folder, 'whole') });
  await whole.played.play(300);
  await whole.recording.stop();
  const first = await recorder(at('09:14:59'), { raw: true });
  await first.played.play(199);
  const written = (): number => first.recording.report().raw?.written ?? 0;
  // Real time for the disk; the next second of the feed then writes all that waits.
  for (let before = -1; before !== written(); await delay(100)) before = written();
  await first.played.play(1);
  for (let i = 0; i < 400 && written() < 199; i++) await delay(10);
  // The kill comes before the second is flushed, and tears a member: what stands behind the last index line is not read.
  const segment = path.join(temp.folder, readdirSync(temp.folder).find((name) => name.endsWith('.frames.gz')) ?? '');
  appendFileSync(segment, readFileSync(segment).subarray(0, 50));
  appendFileSync(segment.replace('.frames.gz', '.frames.index'), '{"offset":1234,"by');
  const sink = new MemoryRecordSink();
  const second = await recorder(at('09:18:19'), { raw: true, sink });
  expect(second.events[0]).toMatchObject({ type: 'resumed', earlier: { ended: false }, framesReplayed: 199 });
  await second.played.play(100);
  await second.recording.stop();
  expect(without(sink.rows, '09:19')).toEqual(without(whole.sink.rows, '09:19'));
  expect(sink.of(CALL.id).get(`${CALL.id} ${at('09:19:00')}`)).toMatchObject({ volume: 60 * 65 });
  const imported = new MemorySink();
  const summary = await runImport({ kind: 'upstox-frames', path: temp.folder, sink: imported });
  expect(summary.failures).toEqual([]);
  expect(await rowsOfImport(imported)).toEqual(sink.rows);
});

test('late, doubled and cut-off frames and a vendor’s wrong clock change no bar', async () => {
  const quiet = await recorder(at('09:14:59'), { folder: path.join(temp.folder, 'quiet') });
  await quiet.played.play(200);
  await quiet.recording.stop();
  const { played, sink, events, recording } = await recorder(at('09:14:59'));
  let held: Uint8Array | null = null;
  for (let i = 0; i < 200; i++) {
    await played.runtime.advance(1_000);
    // An hour fast for a while, then a frame each that comes late, twice, or cut off and then whole.
    const frame = played.frame(i > 100 && i < 130 ? played.runtime.now() + 3_600_000 : undefined);
    if (i % 20 === 7) {
      held = frame;
      continue;
    }
    if (i % 20 === 13) played.send(frame.subarray(0, frame.length >> 1));
    played.send(frame);
    if (i % 20 === 11) played.send(frame);
    if (held) played.send(held);
    held = null;
  }
  await recording.stop();
  expect(sink.rows).toEqual(quiet.sink.rows);
  expect(alarms(events).filter((a) => a.startsWith('frame-corrupt'))).toHaveLength(10);
  expect(alarms(events).filter((a) => a.startsWith('wrong-clock')).length).toBeGreaterThan(25);
});

test('contracts that come into the band are subscribed with the next minute', async () => {
  const asked: number[] = [];
  const { played, sink, recording } = await recorder(at('09:14:59'), {
    universe: (spots) => {
      asked.push(spots.get('NIFTY') ?? Number.NaN);
      return spots.size === 0 ? [INDEX] : CONTRACTS;
    },
  });
  await played.play(130);
  await recording.stop();
  expect(asked[0]).toBeNaN();
  expect(asked[1]).toBeGreaterThan(25_600);
  // Subscribed a second after the opening: that minute was not seen whole and has the vendor's own candle.
  expect(clocks(sink, CALL.id)).toEqual(['09:16', '09:17', '09:18']);
  expect(sink.of(CALL.id).get(`${CALL.id} ${at('09:16:00')}`)).toMatchObject({ volume: 650 });
});
