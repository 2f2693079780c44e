import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DayTape, EpochMs } from '@sos/domain';
import { compileGates, type CompiledGates } from '@sos/gates';
import { modelPremiums } from '@sos/market-data';
import { sessionOf } from '@sos/rulebook';
import type { PlayedSession } from '../../../libs/gates/src/fixtures/play-session.js';
import {
  readRecordedIndex,
  sharedDataFolder,
  type RecordedSession,
} from '../../../libs/gates/src/fixtures/recorded-index.js';
import { syntheticChain, type ChainScript } from '../../../libs/gates/src/fixtures/synthetic-chain.js';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');

/** A recorded session and the close before it. */
export interface BenchSession extends RecordedSession {
  readonly previousClose: number;
}

/** Every shipped gate. */
export function shippedGates(): CompiledGates {
  const folder = path.join(ROOT, 'strategies');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const files = names.map((name) => ({ path: name, text: readFileSync(path.join(folder, name), 'utf8') }));
  const { gates, problems } = compileGates(files);
  if (problems.length > 0) throw new Error(`expected valid gates, found ${problems.length} problems`);
  return gates;
}

/** Bars within the rulebook's hours: the recordings have a few prints outside. */
function isUsable({ date, bars }: RecordedSession): boolean {
  const session = sessionOf(date);
  return session !== null && bars.length > 0 && (bars.time[0] as EpochMs) > session.open;
}

/** The recorded NIFTY sessions of 2021 to 2023; null where the recorded data is absent. */
export function recordedSessions(): BenchSession[] | null {
  const folder = sharedDataFolder(ROOT);
  if (folder === null) return null;
  let previousClose = Number.NaN;
  return readRecordedIndex(folder)
    .filter(isUsable)
    .map((session) => {
      const found = { ...session, previousClose };
      previousClose = session.bars.close[session.bars.length - 1] ?? Number.NaN;
      return found;
    });
}

/** The session with premiums, chain and future as the simulated market models them on it. */
export function modelledTape({ date, bars, previousClose }: BenchSession): DayTape {
  return modelPremiums({ bars, underlying: 'NIFTY', date, seed: 'bench', previousClose });
}

/** What the gates are told of a modelled session: its nearest chain and the future's volume. */
export function modelledSession(session: BenchSession): PlayedSession {
  const { chains, future } = modelledTape(session);
  const known = new Map<number, number>();
  for (let i = 0; i < (future?.length ?? 0); i++) known.set(future?.time[i] as number, future?.volume[i] as number);
  const volume = session.bars.time.map((time) => known.get(time) ?? Number.NaN);
  return { ...session, isShown: true, chain: chains[0] ?? null, volume };
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

/** The session without a chain: gates that ask for one stay blocked, indicators run. */
export function bareSession(session: BenchSession, number: number): PlayedSession {
  return { ...session, isShown: true, chain: null, volume: volumesFor(session.bars.length, number + 1) };
}

const SWINGS: readonly ChainScript[] = [0, 60, 120, 180, 240, 300].map((from, i) => ({
  from,
  trend: i % 2 === 0 ? 'bullish' : 'bearish',
  pcr: i % 2 === 0 ? 1.1 : 0.9,
}));

/** The session with a chain that takes sides every hour: many times the signals of any market. */
export function stressSession(session: BenchSession, number: number): PlayedSession {
  const { bars, date } = session;
  const chain = syntheticChain(bars, { date, script: SWINGS, every: 3, reach: 15 });
  return { ...session, isShown: true, chain, volume: volumesFor(bars.length, number + 1) };
}
