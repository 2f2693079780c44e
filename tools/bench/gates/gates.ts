import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileGates, createSignalSource, type SignalSink, type SignalSource } from '@sos/gates';
import { playSession, type PlayedSession } from '../../../libs/gates/src/fixtures/play-session.js';
import { readRecordedIndex, sharedDataFolder } from '../../../libs/gates/src/fixtures/recorded-index.js';
import { syntheticChain, type ChainScript } from '../../../libs/gates/src/fixtures/synthetic-chain.js';

/** One measured figure. */
export interface BenchRow {
  readonly name: string;
  readonly unit: string;
  readonly min: number;
  readonly median: number;
  readonly runs: number;
  readonly yardstick?: string;
  readonly goal?: string;
}

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const RUNS = 7;
const GOAL = '>= 1,500,000';

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

// An index has no volume: a busy made-up one keeps the gates that need it at work.
function volumesFor(length: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    const draw = state / 0x7fffffff;
    return Math.round(1000 + 4000 * draw ** 4);
  });
}

const SWINGS: readonly ChainScript[] = [0, 60, 120, 180, 240, 300].map((from, i) => ({
  from,
  trend: i % 2 === 0 ? 'bullish' : 'bearish',
  pcr: i % 2 === 0 ? 1.1 : 0.9,
}));

function readSessions(withChain: boolean): PlayedSession[] | null {
  const folder = sharedDataFolder(ROOT);
  if (folder === null) return null;
  let previousClose = Number.NaN;
  return readRecordedIndex(folder).map(({ date, bars }, i) => {
    const chain = withChain ? syntheticChain(bars, { date, script: SWINGS, every: 3, reach: 15 }) : null;
    const session = { date, bars, previousClose, chain, volume: volumesFor(bars.length, i + 1) };
    previousClose = bars.close[bars.length - 1] ?? Number.NaN;
    return session;
  });
}

function loadGates() {
  const folder = path.join(ROOT, 'strategies');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const { gates, problems } = compileGates(
    names.map((name) => ({ path: name, text: readFileSync(path.join(folder, name), 'utf8') })),
  );
  if (problems.length > 0) throw new Error(`expected valid gates, found ${problems.length} problems`);
  return gates;
}

function timeOnce(source: SignalSource, sessions: readonly PlayedSession[], sink: SignalSink): number {
  const start = performance.now();
  for (const session of sessions) playSession(source, session, sink);
  return performance.now() - start;
}

function measure(name: string, sessions: readonly PlayedSession[], goal?: string): BenchRow {
  const gates = loadGates();
  const bars = sessions.reduce((sum, session) => sum + session.bars.length, 0);
  // Short slices first, so that the loops are compiled from many entries and not from one long one.
  for (let i = 0; i < 40; i++) timeOnce(createSignalSource(gates), sessions.slice(i, i + 4), new CountingSink());
  const sink = new CountingSink();
  const rates = Array.from({ length: RUNS }, () => bars / (timeOnce(createSignalSource(gates), sessions, sink) / 1000));
  rates.sort((a, b) => a - b);
  const median = rates[RUNS >> 1] ?? Number.NaN;
  const per = (count: number): string => Math.round(count / RUNS).toLocaleString('en');
  const yardstick = `${gates.gates.length} gates, ${bars.toLocaleString('en')} bars; ${per(sink.signals)} signals, ${per(sink.vetoes)} vetoes, ${per(sink.advances)} phase moves`;
  return {
    name,
    unit: 'bars/s',
    min: rates[0] ?? Number.NaN,
    median,
    runs: RUNS,
    yardstick,
    ...(goal === undefined ? {} : { goal }),
  };
}

/** Gate evaluation alone over the recorded 1-minute NIFTY bars; nothing when the recorded data is absent. */
export async function run(): Promise<BenchRow[]> {
  const bare = readSessions(false);
  const full = readSessions(true);
  if (bare === null || full === null) return [];
  return [
    measure('18 gates, no chain (filters unknown)', bare, GOAL),
    measure('18 gates, chain snapshot every 3 bars folded', full, GOAL),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await run());
