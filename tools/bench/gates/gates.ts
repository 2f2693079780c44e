import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { istInstant } from '@sos/domain';
import { Sma } from '@sos/math-engine';
import { compileGates, createSignalSource, type SignalSink, type SignalSource } from '@sos/gates';
import type { BenchRow } from '../bench-row.js';
import { playSession, type PlayedSession } from '../../../libs/gates/src/fixtures/play-session.js';
import { readRecordedIndex, sharedDataFolder } from '../../../libs/gates/src/fixtures/recorded-index.js';
import { syntheticChain, type ChainScript } from '../../../libs/gates/src/fixtures/synthetic-chain.js';

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

/** The chains alone: every snapshot folded, no bar. */
function timeFold(source: SignalSource, sessions: readonly PlayedSession[]): number {
  const start = performance.now();
  for (const { date, chain, previousClose } of sessions) {
    const at = (clock: string) => istInstant(date, clock);
    source.openSession({ date, open: at('09:15'), close: at('15:30'), previousClose });
    for (let s = 0; s < (chain?.length ?? 0); s++) if (chain !== null) source.chain(chain, s);
  }
  return performance.now() - start;
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

interface Measured {
  readonly all: BenchRow;
  readonly gatesOnly: BenchRow | null;
}

function rowOf(name: string, rates: number[], goal?: string): BenchRow {
  rates.sort((a, b) => b - a);
  const median = rates[rates.length >> 1] ?? Number.NaN;
  const value = 1e9 / smaNanoseconds();
  const yardstick = { name: 'a bare SMA(20) alone, same process', value, ratio: median / value };
  const row = { name, unit: 'bars/s', min: rates[0] ?? Number.NaN, median, runs: rates.length, yardstick };
  return goal === undefined ? row : { ...row, goal };
}

function measure(name: string, sessions: readonly PlayedSession[]): Measured {
  const gates = loadGates();
  const bars = sessions.reduce((sum, session) => sum + session.bars.length, 0);
  const hasChain = sessions.some((session) => session.chain !== null);
  // Short slices first, so that the loops are compiled from many entries and not from one long one.
  for (let i = 0; i < 40; i++) timeOnce(createSignalSource(gates), sessions.slice(i, i + 4), new CountingSink());
  const sink = new CountingSink();
  const all: number[] = [];
  const gatesOnly: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const fold = hasChain ? timeFold(createSignalSource(gates), sessions) : 0;
    const whole = timeOnce(createSignalSource(gates), sessions, sink);
    all.push(bars / (whole / 1000));
    gatesOnly.push(bars / ((whole - fold) / 1000));
  }
  const signals = Math.round(sink.signals / RUNS).toLocaleString('en');
  const title = `${name} (${bars.toLocaleString('en')} bars, ${signals} signals)`;
  return {
    all: rowOf(title, all, hasChain ? undefined : GOAL),
    gatesOnly: hasChain ? rowOf(`${title}, folding not counted`, gatesOnly, GOAL) : null,
  };
}

/** Gate evaluation alone over the recorded 1-minute NIFTY bars; nothing when the recorded data is absent. */
export async function run(): Promise<BenchRow[]> {
  const bare = readSessions(false);
  const full = readSessions(true);
  if (bare === null || full === null) return [];
  const indexOnly = measure('18 gates, index bars alone', bare);
  const withChain = measure('18 gates, chain snapshot every 3 bars', full);
  return [indexOnly.all, withChain.gatesOnly, withChain.all].filter((row) => row !== null);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.table(await run());
