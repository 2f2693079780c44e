// Gate evaluation alone over the recorded 1-minute NIFTY bars of 2021 to 2023, fed as the replay shell feeds them: the session shown, then every chain snapshot, then every closed bar.
// Rows: the index alone (every indicator runs, gates stay blocked for want of a chain); with chain and volume as the simulated market models them on these bars, without and
// with the folding of the snapshots into the words of the chain; and with a made-up chain that keeps all gates firing. Nothing where the recorded data is absent.
import { fileURLToPath } from 'node:url';
import { istInstant } from '@sos/domain';
import { Sma } from '@sos/math-engine';
import { createSignalSource, type GateSignalSource, type SignalSink } from '@sos/gates';
import type { BenchRow } from '../bench-row.js';
import { playSession, type PlayedSession } from '../../../libs/gates/src/fixtures/play-session.js';
import {
  bareSession,
  modelledSession,
  recordedSessions,
  shippedGates,
  stressSession,
  type BenchSession,
} from './bench-sessions.js';
import { addTime, ratesOf, type Timing } from './timed.js';

const RUNS = 7;
const GOAL = '≥ 1,500,000';
/** Sessions made at a time: years of chains would not fit into memory. Each run goes on where it stopped. */
const SLICE = 40;

class CountingSink implements SignalSink {
  signals = 0;
  vetoes = 0;
  resets = 0;
  advances = 0;

  advanced(): void {
    this.advances++;
  }

  reset(): void {
    this.resets++;
  }

  vetoed(): void {
    this.vetoes++;
  }

  signal(): void {
    this.signals++;
  }
}

/** The chains alone: every snapshot folded, no bar. */
function foldOnly(source: GateSignalSource, sessions: readonly PlayedSession[]): void {
  for (const { date, chain, previousClose } of sessions) {
    source.openSession({ date, open: istInstant(date, '09:15'), close: istInstant(date, '15:30'), previousClose });
    for (let s = 0; s < (chain?.length ?? 0); s++) if (chain !== null) source.chain(chain, s);
  }
}

/** Nanoseconds of one SMA(20) `add` in this very process: how fast the machine is at the moment. */
function smaNanoseconds(): number {
  const adds = 2_000_000;
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < 5; k++) {
    const sma = new Sma(20);
    const start = performance.now();
    for (let i = 0; i < adds; i++) sma.add(18_000 + (i % 1000) / 10);
    best = Math.min(best, ((performance.now() - start) * 1e6) / adds);
  }
  return best;
}

interface Pass {
  readonly source: GateSignalSource;
  readonly folder: GateSignalSource;
  readonly sink: CountingSink;
  readonly whole: Timing;
  readonly fold: Timing;
}

function makePasses(): Pass[] {
  const gates = shippedGates();
  const time = (): Timing => ({ wall: 0, processor: 0 });
  return Array.from({ length: RUNS }, () => ({
    source: createSignalSource(gates),
    folder: createSignalSource(gates),
    sink: new CountingSink(),
    whole: time(),
    fold: time(),
  }));
}

function measure(sessions: readonly BenchSession[], make: (session: BenchSession, i: number) => PlayedSession): Pass[] {
  const [warm, ...passes] = [...makePasses(), ...makePasses().slice(0, 1)];
  for (let from = 0; from < sessions.length; from += SLICE) {
    const slice = sessions.slice(from, from + SLICE).map((session, i) => make(session, from + i));
    // The first pass over a slice is not counted: it warms the code and brings the slice into the cache.
    for (const { source, folder, sink, whole, fold } of [warm, ...passes].filter((pass) => pass !== undefined)) {
      addTime(whole, () => slice.forEach((session) => playSession(source, session, sink)));
      if (slice.some(({ chain }) => chain !== null)) addTime(fold, () => foldOnly(folder, slice));
    }
  }
  return passes;
}

interface Title {
  readonly name: string;
  readonly bars: number;
  readonly goal?: string;
}

function rowOf({ name, bars, goal }: Title, passes: readonly Pass[], timings: readonly Timing[]): BenchRow {
  const { best, median, note } = ratesOf(timings, bars);
  const value = 1e9 / smaNanoseconds();
  const yardstick = { name: 'a bare SMA(20) alone, same process', value, ratio: median / value };
  const count = (passes[0]?.sink.signals ?? 0).toLocaleString('en-US');
  const text = `${name} (${bars.toLocaleString('en-US')} bars, ${count} signals${note})`;
  const row = { name: text, unit: 'bars/s', min: best, median, runs: timings.length, yardstick };
  return goal === undefined ? row : { ...row, goal };
}

const gatesOnly = ({ whole, fold }: Pass): Timing => ({
  wall: whole.wall - fold.wall,
  processor: whole.processor - fold.processor,
});

/** Gate evaluation alone over the recorded 1-minute NIFTY bars; nothing when the recorded data is absent. */
export async function run(): Promise<BenchRow[]> {
  const sessions = recordedSessions();
  if (sessions === null) return [];
  const bars = sessions.reduce((sum, session) => sum + session.bars.length, 0);
  const whole = (passes: readonly Pass[]): Timing[] => passes.map((pass) => pass.whole);
  const bare = measure(sessions, bareSession);
  const modelled = measure(sessions, modelledSession);
  const stress = measure(sessions, stressSession);
  const chain = '18 gates, chain and volume modelled, a snapshot every 3 bars';
  return [
    rowOf({ name: '18 gates, index bars alone', bars, goal: GOAL }, bare, whole(bare)),
    rowOf({ name: `${chain}, folding not counted`, bars, goal: GOAL }, modelled, modelled.map(gatesOnly)),
    rowOf({ name: `${chain}, folding counted`, bars }, modelled, whole(modelled)),
    rowOf({ name: '18 gates under stress, a chain that takes sides every hour', bars }, stress, whole(stress)),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await run());
