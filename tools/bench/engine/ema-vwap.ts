// The bare engine on the workload of the field's backtesters: 94,000 one-minute bars in sessions of 375, EMA(9)/VWAP cross, stop 0.2 %, target 0.4 %,
// 30-bar exit, one position at a time, flat at day end. Each cross up buys the at-the-money call, each cross down the put, on Black-76 premiums of the index bars.
// Measured: step() for every index bar and every option row of the position, with contract choice, volatility, stop and target revaluation, sizing, all protections,
// charges, and order, fill, trade and decision records; in the second row also the replay shell that merges the streams.
// Not measured: making the index walk and the option series (once, before the runs), hashing.
import { paise, type DayTape, type OptionSeries } from '@sos/domain';
import { replayDay } from '@sos/backtester';
import {
  makeEffects,
  makeEngineConfig,
  makeEngineState,
  rulebookRules,
  step,
  type BarEvent,
  type Effects,
  type EngineState,
  type OptionRowEvent,
} from '@sos/engine';
import type { BenchRow } from '../bench-row.js';
import { EmaVwapSignals } from './ema-vwap-signals.js';
import { walkTapes } from './walk-tapes.js';

const BARS = 94_000;
const RUNS = 31;
const WARM_UP = 40;
const RULES = rulebookRules();
const HEAD = { seq: 0, eventTime: 0.5, availableAt: 0.5, underlying: 0 };

// Limits wide open, so that the workload trades as often as its rules say.
const CONFIG = makeEngineConfig({
  startingCapital: paise(1_000_000_000_00),
  riskShare: 0.0001,
  dailyLossShare: 1,
  maxTradesPerDay: 1000,
  cooldownMinutes: 0,
  lossesInRow: 1000,
  maxPositions: 1,
  decisions: 'orders',
});

interface Outcome {
  readonly ms: number;
  readonly trades: number;
  readonly net: number;
}

function newEngine(): { readonly state: EngineState; readonly out: Effects } {
  const underlyings = [{ underlying: 'NIFTY' as const, signals: new EmaVwapSignals() }];
  return { state: makeEngineState({ config: CONFIG, rules: RULES, underlyings }), out: makeEffects() };
}

/** The shell of stepAll: an engine, the two events that it tells again and again, and the count of events. */
interface StepShell {
  readonly state: EngineState;
  readonly out: Effects;
  readonly bar: BarEvent;
  option: OptionRowEvent | null;
  seq: number;
}

/** Every event straight into step(): option row i and index bar i close together, the row comes first. */
function stepAll(tapes: readonly DayTape[]): Outcome {
  const { state, out } = newEngine();
  const [first] = tapes;
  if (!first) throw new Error('expected tapes, found none');
  const bar: BarEvent = { kind: 'bar', ...HEAD, bars: first.index, row: 0, volume: Number.NaN };
  const shell: StepShell = { state, out, bar, option: null, seq: 0 };
  const start = performance.now();
  for (const tape of tapes) stepDay(shell, tape);
  return { ms: performance.now() - start, trades: out.trades.length, net: state.realised };
}

function stepDay(shell: StepShell, tape: DayTape): void {
  const { state, out, bar } = shell;
  const { index, date, previousClose } = tape;
  const { open, close } = RULES.session('NIFTY', date);
  let watched: OptionSeries | null = null;
  const opening = { seq: ++shell.seq, eventTime: open, availableAt: open, underlying: 0, date, previousClose };
  step(state, { kind: 'session-open', ...opening }, out);
  bar.bars = index;
  for (let row = 0; row < index.length; row++) {
    const at = index.time[row] as number;
    if (watched !== null) stepOption(shell, watched, row);
    bar.seq = ++shell.seq;
    bar.eventTime = at;
    bar.availableAt = at;
    bar.row = row;
    bar.volume = index.volume[row] as number;
    step(state, bar, out);
    if (out.requests.length > 0) watched = lastWatched(out, tape);
  }
  const closing = { seq: ++shell.seq, eventTime: close, availableAt: close, underlying: 0 };
  step(state, { kind: 'session-close', ...closing }, out);
  out.requests.length = 0;
}

function stepOption(shell: StepShell, series: OptionSeries, row: number): void {
  const { state, out } = shell;
  const at = series.time[row] as number;
  const option = (shell.option ??= { kind: 'option-row', ...HEAD, series, row });
  option.seq = ++shell.seq;
  option.eventTime = at;
  option.availableAt = at;
  option.series = series;
  option.row = row;
  step(state, option, out);
}

/** What is followed after the requests, which are carried out and removed. */
function lastWatched({ requests }: Effects, tape: DayTape): OptionSeries | null {
  let watched: OptionSeries | null = null;
  for (const { action, contract } of requests) watched = action === 'watch' ? tape.option(contract) : null;
  while (requests.length > 0) requests.pop();
  return watched;
}

/** The same through the replay shell. */
function replayAll(tapes: readonly DayTape[]): Outcome {
  const { state, out } = newEngine();
  const start = performance.now();
  for (const tape of tapes) replayDay({ state, out }, [tape], 0);
  return { ms: performance.now() - start, trades: out.trades.length, net: state.realised };
}

/** The same rules on the index alone, as one loop without events, orders or records: what the machine can do at best. */
function plainLoop(tapes: readonly DayTape[]): { readonly ms: number; readonly trades: number } {
  const start = performance.now();
  let [ema, trades] = [Number.NaN, 0];
  for (const { index } of tapes) {
    let [turnover, volume, wasAbove, entry, held] = [0, 0, true, 0, 0];
    for (let i = 0; i < index.length; i++) {
      const close = index.close[i] as number;
      const [high, low] = [index.high[i] as number, index.low[i] as number];
      if (entry > 0 && (low <= entry * 0.998 || high >= entry * 1.004 || ++held >= 30)) entry = 0;
      ema = ema === ema ? ema * 0.8 + close * 0.2 : close;
      turnover += ((high + low + close) / 3) * (index.volume[i] as number);
      volume += index.volume[i] as number;
      const isAbove = ema > turnover / volume;
      if (isAbove && !wasAbove && entry === 0) {
        [entry, held] = [close, 0];
        trades++;
      }
      wasAbove = isAbove;
    }
  }
  return { ms: performance.now() - start, trades };
}

const rate = (ms: number): number => (BARS * 1000) / ms;

function rowOf(name: string, runs: readonly Outcome[], loop: number): BenchRow {
  const sorted = runs.map((run) => run.ms).sort((a, b) => a - b);
  const median = rate(sorted[sorted.length >> 1] ?? Number.NaN);
  return {
    name: `${name}: EMA(9)/VWAP cross, ${BARS.toLocaleString('en-US')} bars, ${runs[0]?.trades ?? 0} option trades`,
    unit: 'bars/s',
    min: rate(sorted[0] ?? Number.NaN),
    median,
    runs: runs.length,
    yardstick: { name: 'plain loop on the index alone', value: loop, ratio: median / loop },
    goal: '≥ 10,000,000',
  };
}

/** Runs the workload, warm; both ways must make the same money. */
export async function run(): Promise<BenchRow[]> {
  const tapes = walkTapes(BARS);
  const times = <T>(count: number, work: () => T): T[] => Array.from({ length: count }, work);
  const measured = <T>(work: () => T): T[] => times(WARM_UP + RUNS, work).slice(WARM_UP);
  const loops = measured(() => plainLoop(tapes).ms).sort((a, b) => a - b);
  const loop = rate(loops[RUNS >> 1] ?? Number.NaN);
  const stepped = measured(() => stepAll(tapes));
  const replayed = measured(() => replayAll(tapes));
  if (stepped[0]?.net !== replayed[0]?.net)
    throw new Error(`expected equal results, found ${stepped[0]?.net} and ${replayed[0]?.net}`);
  return [rowOf('engine, step()', stepped, loop), rowOf('engine behind the replay shell', replayed, loop)];
}
