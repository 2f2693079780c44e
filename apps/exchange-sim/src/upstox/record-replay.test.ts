import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { MarketSource } from '@sos/backtester';
import { istInstant, type ChainTape, parseIstDate, type EpochMs, type OptionSeries } from '@sos/domain';
import {
  MemorySink,
  Secret,
  createUpstoxProvider,
  nodeRuntime,
  recordedMessages,
  runImport,
  startRecording,
  type CandleBatch,
  type ProviderRuntime,
  type RecordBatch,
  type RecordingReport,
} from '@sos/market-data';
import { indexContract } from '@sos/symbol-master';
import { createExchangeServer } from '../exchange-server.js';
import { StandingClock, runningClock, type SimClock } from '../sim-clock.js';

const SHARED = process.env['SOS_SHARED_DATA'] ?? path.resolve(__dirname, '../../../../../shared/data');
const SET = path.join(SHARED, 'upstox-ticks-2025-12-15');
const MASTER = path.join(SHARED, 'upstox-masters/upstox_NSE_2025-12-23.json.gz');
const present = existsSync(SET) || process.env['SOS_REQUIRE_SHARED_DATA'] === '1';
const title = present ? 'a recorded day, played and recorded' : `a recorded day [needs recorded data in ${SHARED}]`;

const DAY = parseIstDate('2025-12-15');
const PART = 2_500;

const nothing: MarketSource = {
  sessions: () => Promise.resolve([]),
  day: () => Promise.resolve(null),
  warmUp: () => Promise.reject(new Error('expected no warm-up')),
};

/** What was written last: a recorder ends with the whole day. */
class Kept {
  readonly last: RecordBatch[] = [];

  write(batches: readonly RecordBatch[]): Promise<void> {
    this.last.splice(0, this.last.length, ...batches);
    return Promise.resolve();
  }

  get series(): OptionSeries[] {
    return this.last.flatMap((b) => (b.type === 'option-series' ? b.series : []));
  }

  get tapes(): ChainTape[] {
    return this.last.flatMap((b) => (b.type === 'chains' ? b.tapes : []));
  }

  get candles(): Pick<CandleBatch, 'contract' | 'bars' | 'source'>[] {
    return this.last.flatMap((b) => (b.type === 'candles' ? [pick(b)] : []));
  }
}

const pick = ({ contract, bars, source }: CandleBatch): Pick<CandleBatch, 'contract' | 'bars' | 'source'> => ({
  contract,
  bars,
  source,
});

interface Played {
  readonly report: RecordingReport;
  readonly kept: Kept;
  readonly framesSent: number;
  readonly messagesPlayed: number;
  readonly raw: string;
  /** Why the connection was lost, each time. */
  readonly losses: readonly string[];
}

/** Instrument keys out of the names of exported files. */
function recordedKeys(data: string): string[] {
  return readdirSync(data).map((name) => `NSE_FO|${/^NSE_FO_(\d+)_/.exec(name)?.[1] ?? ''}`);
}

interface World {
  turn(): Promise<void>;
  /** Frames sent and not yet taken by the recorder. */
  behind(): number;
  isOver(): boolean;
}

/** Plays messages of a folder through the stand-in's feed into a recorder. @param drive moves the clock until everything was played */
async function recordOf(
  { data, clock, raw }: { readonly data: string; readonly clock: SimClock; readonly raw: string },
  drive: (world: World) => Promise<void>,
): Promise<Played> {
  const recorded = await recordedMessages(data, MASTER);
  const server = createExchangeServer({ market: nothing, clock, tokens: ['T'], recorded });
  const address = await server.listen();
  const begun = performance.now();
  const runtime: ProviderRuntime = {
    ...nodeRuntime,
    now: () => clock.now(),
    monotonic: () => performance.now() - begun,
  };
  const provider = createUpstoxProvider({
    runtime,
    hosts: { api: address, assets: address },
    token: () => new Secret('T'),
  });
  const contracts = recordedKeys(data).map((key) => recorded.contractOf(key) ?? indexContract('BANKNIFTY'));
  const kept = new Kept();
  let isLive = false;
  const losses: string[] = [];
  const recording = await startRecording({
    feed: (options) => provider.feed(options),
    universe: () => contracts,
    sink: kept,
    dataset: 'live',
    folder: raw,
    raw: true,
    runtime,
    onEvent: (event) => {
      if (event.type === 'feed' && event.state.state === 'connected') isLive = true;
      if (event.type === 'feed' && event.state.state === 'waiting') losses.push(event.state.reason);
    },
  });
  for (let i = 0; i < 500 && !isLive; i++) await delay(10);
  await delay(100);
  await drive({
    turn: () => server.turn(),
    behind: () => server.report().feedFrames - recording.report().frames,
    isOver: () => server.report().recordedOver,
  });
  const behind = (): number => server.report().feedFrames - recording.report().frames;
  for (let i = 0; i < 500 && behind() > 0; i++) await delay(10);
  const report = await recording.stop();
  const { feedFrames: framesSent, messagesPlayed } = server.report();
  await server.close();
  return { report, kept, framesSent, messagesPlayed, raw, losses };
}

/** The first messages of two options, as files of their own. */
function partOf(below: string): string {
  const folder = path.join(below, 'part');
  mkdirSync(folder);
  for (const name of ['NSE_FO_51507_data.json.json.gz', 'NSE_FO_51510_data.json.json.gz']) {
    const messages = JSON.parse(gunzipSync(readFileSync(path.join(SET, name))).toString('utf8')) as object[];
    writeFileSync(path.join(folder, name), gzipSync(JSON.stringify(messages.slice(0, PART)), { level: 1 }));
  }
  return folder;
}

(present ? describe : describe.skip)(title, () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'sos-record-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Nothing was lost on the way, and bars, chains and underlying are those of the importer; so are those of the raw frames. */
  async function expectEqual(data: string, { report, kept, framesSent, messagesPlayed, raw }: Played): Promise<void> {
    const sink = new MemorySink();
    const summary = await runImport({ kind: 'upstox-ticks', path: data, sink, options: { master: MASTER } });
    expect(messagesPlayed).toBe(summary.rowsRead);
    expect(framesSent).toBe(messagesPlayed);
    expect(report).toMatchObject({ frames: framesSent, messages: messagesPlayed, refused: {}, raw: { dropped: 0 } });
    expect(kept.series).toEqual(sink.series);
    expect(kept.tapes).toEqual(sink.tapes);
    expect(kept.candles).toEqual(sink.candles.map(pick));
    const again = new MemorySink();
    const reread = await runImport({ kind: 'upstox-frames', path: raw, sink: again });
    expect(reread).toMatchObject({ rowsRead: messagesPlayed, quarantined: {}, failures: [] });
    expect(again.series).toEqual(sink.series);
    expect(again.tapes).toEqual(sink.tapes);
    expect(again.candles.map(pick)).toEqual(sink.candles.map(pick));
  }

  test('the beginning of two options: no message is lost, and the bars are those of the importer', async () => {
    const data = partOf(folder);
    const clock = new StandingClock(istInstant(DAY, '09:32:00'));
    const played = await recordOf({ data, clock, raw: path.join(folder, 'raw') }, async ({ turn, behind, isOver }) => {
      while (!isOver()) {
        clock.set((clock.now() + 5_000) as EpochMs);
        await turn();
        while (behind() > 0) await delay(1);
      }
    });
    expect(played.report.messages).toBe(2 * PART);
    expect(played.report.minutes).toBeGreaterThan(20);
    await expectEqual(data, played);
  }, 60_000);

  (process.env['SOS_DEEP'] === '1' ? test : test.skip)(
    '[deep] the whole day at fifty times its speed',
    async () => {
      const clock = runningClock(istInstant(DAY, '09:32:00'), 50);
      const played = await recordOf({ data: SET, clock, raw: path.join(folder, 'whole') }, async ({ turn, isOver }) => {
        for (; !isOver(); await delay(20)) await turn();
      });
      expect(played.losses).toEqual([]);
      expect(played.report).toMatchObject({ messages: 226_723, alarms: {} });
      await expectEqual(SET, played);
    },
    900_000,
  );
});
