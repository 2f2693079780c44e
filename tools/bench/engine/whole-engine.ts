// The whole engine with every shipped gate on the recorded NIFTY minutes of 2021 to 2023, premiums, chain and future modelled on that path.
// Measured: replay shell, gates, chain reading, entries, exits, protections, sizing, charges, every decision record. Not measured: reading the recorded files and modelling the
// tapes (made before the timed pass over each slice), hashing. Nothing where the recorded data is absent.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DayTape, EpochMs } from '@sos/domain';
import { replayDay } from '@sos/backtester';
import { makeEffects, makeEngineConfig, makeEngineState, rulebookRules, type EngineState } from '@sos/engine';
import { compileGates, createSignalSource, type CompiledGates } from '@sos/gates';
import { modelPremiums } from '@sos/market-data';
import { sessionOf } from '@sos/rulebook';
import {
  readRecordedIndex,
  sharedDataFolder,
  type RecordedSession,
} from '../../../libs/gates/src/fixtures/recorded-index.js';
import type { BenchRow } from '../bench-row.js';

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
/** Sessions modelled at a time: a year of chains would not fit into memory. */
const SLICE = 60;
const RUNS = 3;
const RULES = rulebookRules();
const FRESH_CHAIN_MS = 300_000;

function loadGates(): CompiledGates {
  const folder = path.join(ROOT, 'strategies');
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const files = names.map((name) => ({ path: name, text: readFileSync(path.join(folder, name), 'utf8') }));
  const { gates, problems } = compileGates(files);
  if (problems.length > 0) throw new Error(`expected valid gates, found ${problems.length} problems`);
  return gates;
}

function newEngine(gates: CompiledGates): EngineState {
  const underlyings = [{ underlying: 'NIFTY' as const, signals: createSignalSource(gates) }];
  return makeEngineState({ config: makeEngineConfig(), rules: RULES, underlyings });
}

function modelled({ date, bars }: RecordedSession, previousClose: number): DayTape {
  return modelPremiums({ bars, underlying: 'NIFTY', date, seed: 'bench', previousClose });
}

interface Pass {
  readonly state: EngineState;
  readonly out: ReturnType<typeof makeEffects>;
}

function play({ state, out }: Pass, tapes: readonly DayTape[]): number {
  const start = performance.now();
  for (const tape of tapes) replayDay({ state, out }, [tape], FRESH_CHAIN_MS);
  return performance.now() - start;
}

/** Bars within the rulebook's hours: the recordings have a few prints outside. */
function usable({ date, bars }: RecordedSession): boolean {
  const session = sessionOf(date);
  return session !== null && bars.length > 0 && (bars.time[0] as EpochMs) > session.open;
}

/** All gates over all recorded sessions. */
export async function run(): Promise<BenchRow[]> {
  const folder = sharedDataFolder(ROOT);
  if (folder === null) return [];
  const gates = loadGates();
  const sessions = readRecordedIndex(folder).filter(usable);
  const bars = sessions.reduce((sum, session) => sum + session.bars.length, 0);
  const passes = Array.from({ length: RUNS }, () => ({ state: newEngine(gates), out: makeEffects(), ms: 0 }));
  const untimed: Pass = { state: newEngine(gates), out: makeEffects() };
  let previousClose = Number.NaN;
  for (let from = 0; from < sessions.length; from += SLICE) {
    const tapes = sessions.slice(from, from + SLICE).map((session) => {
      const tape = modelled(session, previousClose);
      previousClose = session.bars.close[session.bars.length - 1] ?? Number.NaN;
      return tape;
    });
    // This pass makes the option series that the gates ask for, and warms the code.
    play(untimed, tapes);
    for (const pass of passes) pass.ms += play(pass, tapes);
  }
  const rates = passes.map((pass) => (bars * 1000) / pass.ms).sort((a, b) => b - a);
  const [first] = passes;
  const counts = `${first?.out.trades.length ?? 0} trades, ${first?.out.decisions.length ?? 0} decisions`;
  return [
    {
      name: `whole engine, ${gates.gates.length} gates, ${bars.toLocaleString('en-US')} recorded bars, modelled premiums: ${counts}`,
      unit: 'bars/s',
      min: rates[0] ?? Number.NaN,
      median: rates[RUNS >> 1] ?? Number.NaN,
      runs: RUNS,
      goal: '≥ 400,000',
    },
  ];
}
