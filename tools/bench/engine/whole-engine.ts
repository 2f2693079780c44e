// The whole engine with every shipped gate on the recorded NIFTY minutes of 2021 to 2023, premiums, chain and future modelled on that path.
// First row, the figure of the second half: everything that follows from a day's recorded index is inside: modelling chain, future and the premiums asked for, replay
// shell, gates, chain reading, entries, exits, protections, sizing, charges, every decision record. Second row: the same on tapes that were modelled before. Third: the
// modelling of chain and future alone. Not measured: reading the recorded files, hashing. Nothing where the recorded data is absent.
import type { DayTape } from '@sos/domain';
import { replayDay } from '@sos/backtester';
import { makeEffects, makeEngineConfig, makeEngineState, rulebookRules, type EngineState } from '@sos/engine';
import { createSignalSource, type CompiledGates } from '@sos/gates';
import type { BenchRow } from '../bench-row.js';
import { modelledTape, recordedSessions, shippedGates } from '../gates/bench-sessions.js';
import { addTime, ratesOf, type Timing } from '../gates/timed.js';

/** Sessions modelled at a time: a year of chains would not fit into memory. */
const SLICE = 40;
const RUNS = 5;
/** Times that the first slice is played before anything is measured: the compiler needs some hundred thousand bars to settle. */
const WARM_UP = 20;
const RULES = rulebookRules();
const FRESH_CHAIN_MS = 300_000;

function newEngine(gates: CompiledGates): EngineState {
  const underlyings = [{ underlying: 'NIFTY' as const, signals: createSignalSource(gates) }];
  return makeEngineState({ config: makeEngineConfig(), rules: RULES, underlyings });
}

interface Pass {
  readonly state: EngineState;
  readonly out: ReturnType<typeof makeEffects>;
  readonly time: Timing;
}

function makePasses(gates: CompiledGates, runs: number): Pass[] {
  const make = (): Pass => ({ state: newEngine(gates), out: makeEffects(), time: { wall: 0, processor: 0 } });
  return Array.from({ length: runs }, make);
}

// Decisions are counted and dropped slice by slice: a run keeps one list of them, six runs at once would keep the collector busy with each other's.
let decisions = 0;

function play(pass: Pass, tapes: () => readonly DayTape[]): void {
  addTime(pass.time, () => {
    for (const tape of tapes()) replayDay({ state: pass.state, out: pass.out }, [tape], FRESH_CHAIN_MS);
  });
  decisions += pass.out.decisions.length;
  pass.out.decisions.length = 0;
}

/** All gates over all recorded sessions. */
export async function run(): Promise<BenchRow[]> {
  const sessions = recordedSessions();
  if (sessions === null) return [];
  const gates = shippedGates();
  const bars = sessions.reduce((sum, session) => sum + session.bars.length, 0);
  const [inside, outside] = [makePasses(gates, RUNS), makePasses(gates, RUNS)];
  const [warm, modelling] = [makePasses(gates, 1), makePasses(gates, RUNS)];
  const first = sessions.slice(0, SLICE).map(modelledTape);
  for (const pass of makePasses(gates, WARM_UP)) play(pass, () => first);
  decisions = 0;
  for (let from = 0; from < sessions.length; from += SLICE) {
    const slice = sessions.slice(from, from + SLICE);
    const tapes = slice.map(modelledTape);
    // This pass makes the option series that the gates ask for, and warms the code.
    for (const pass of warm) play(pass, () => tapes);
    for (const pass of outside) play(pass, () => tapes);
    for (const pass of inside) play(pass, () => slice.map(modelledTape));
    for (const { time } of modelling)
      addTime(time, () => slice.forEach((session) => void modelledTape(session).chains));
  }
  const total = warm.length + outside.length + inside.length;
  const counts = `${inside[0]?.out.trades.length ?? 0} trades, ${decisions / total} decisions`;
  const row = (name: string, passes: readonly Pass[], goal?: string): BenchRow => {
    const { best, median, note } = ratesOf(
      passes.map((pass) => pass.time),
      bars,
    );
    const text = `${name} (${bars.toLocaleString('en-US')} recorded bars${note})`;
    const figures = { name: text, unit: 'bars/s', min: best, median, runs: passes.length };
    return goal === undefined ? figures : { ...figures, goal };
  };
  return [
    row(
      `whole engine, ${gates.gates.length} gates, modelling of premiums and chain inside: ${counts}`,
      inside,
      '≥ 400,000',
    ),
    row('the same, premiums and chain modelled before', outside, '≥ 400,000'),
    row('modelling of the chain alone', modelling),
  ];
}
