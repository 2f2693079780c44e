import { REGIMES, istMinuteOfDay, type BarColumns, type ChainTape, type EpochMs } from '@sos/domain';
import type { ChainOptions } from '../chain/chain-options.js';
import type { CompiledGate, CompiledGates } from '../compile/compiled-gate.js';
import { explainGate, type GateExplanation } from '../explain/explain-gate.js';
import type { ConditionCount, GateProfile, GateSession, SignalSink, SignalSource } from '../signal-source.js';
import { BarGrid } from './bar-grid.js';
import { ChainColumns } from './chain-columns.js';
import { Evaluator } from './evaluator.js';
import { makeGateTables, type GateTables } from './gate-tables.js';
import { MixedMemory } from './mixed-memory.js';
import { PhaseMachine, UNKNOWN_REGIME, type Moment } from './phase-machine.js';
import { layOut, type Program } from './program.js';

/** Choices of a run. */
export interface SignalSourceOptions {
  /** Ids of the gates to run; all when absent. */
  readonly select?: readonly string[];
  readonly chain?: Partial<ChainOptions>;
}

/** The compiled gates as a source of signals, with what the engine does not need but people do. */
export interface GateSignalSource extends SignalSource {
  /** Bars of earlier sessions after which more history changes nothing. */
  readonly warmUpBars: number;
  /** Market breadth as known from now on; unknown until first told and after each session. */
  breadth(advances: number, declines: number): void;
  /** Why a gate does not move on, at the bar last seen. Slow: for people. */
  explain(gate: number): GateExplanation;
}

/** Runs compiled gates over chains and bars. */
export class SignalMachine implements GateSignalSource {
  readonly gates: readonly GateProfile[];
  readonly warmUpBars: number;
  readonly #compiled: readonly CompiledGate[];
  readonly #source: CompiledGates;
  readonly #program: Program;
  readonly #tables: GateTables;
  readonly #evaluator: Evaluator;
  readonly #grid: BarGrid;
  readonly #memory: MixedMemory;
  readonly #chain: ChainColumns;
  readonly #machine: PhaseMachine;
  readonly #breadthSlot: number;
  /** Index close of the last bar, rupees; NaN before the first. */
  #lastClose = Number.NaN;
  readonly #moment: Moment = { time: Number.NaN, minuteOfDay: Number.NaN, regime: UNKNOWN_REGIME, chainVersion: 0 };

  constructor(compiled: CompiledGates, selected: readonly CompiledGate[], chain: ChainOptions) {
    this.#source = compiled;
    this.#compiled = selected;
    this.gates = selected.map((gate) => gate.profile);
    this.warmUpBars = selected.reduce((most, gate) => Math.max(most, gate.warmUpBars), 0);
    this.#program = layOut(compiled, selected);
    this.#tables = makeGateTables(selected, this.#program);
    this.#grid = new BarGrid(this.#program);
    this.#evaluator = new Evaluator(this.#program, this.#grid);
    this.#memory = new MixedMemory(this.#program.mixed, this.#evaluator);
    this.#chain = new ChainColumns(this.#program, this.#evaluator, chain);
    this.#machine = new PhaseMachine(this.#tables, { evaluator: this.#evaluator, grid: this.#grid }, this.#program);
    this.#breadthSlot = this.#program.variables.get('breadth.ratio') ?? this.#program.spare;
  }

  warmUp(bars: BarColumns): void {
    for (let row = 0; row < bars.length; row++) {
      const time = bars.time[row] as number;
      if (this.#grid.isNewDay(time)) {
        this.#grid.openWarmUpDay(time);
        this.#memory.startSession();
      }
      this.#advance(bars, row, bars.volume[row] as number);
    }
  }

  openSession(session: GateSession): void {
    this.#machine.resetAll(null);
    this.#grid.openSession(session);
    this.#chain.startSession();
    this.#evaluator.values[this.#breadthSlot] = Number.NaN;
    this.#memory.startSession();
  }

  preview(bars: BarColumns, volume: Float64Array | null): void {
    this.#grid.preview(bars, volume);
  }

  chain(tape: ChainTape, snapshot: number): void {
    this.#chain.add(tape, snapshot, this.#lastClose);
  }

  breadth(advances: number, declines: number): void {
    this.#evaluator.values[this.#breadthSlot] = advances / Math.max(declines, 1);
  }

  // eslint-disable-next-line max-params -- the port's signature: columns and a row, no allocation per bar
  bar(bars: BarColumns, row: number, volume: number, sink: SignalSink): void {
    this.#advance(bars, row, volume);
    const moment = this.#moment;
    moment.time = bars.time[row] as number;
    moment.minuteOfDay = istMinuteOfDay(moment.time as EpochMs);
    moment.regime = this.#chain.regime;
    moment.chainVersion = this.#chain.version;
    this.#machine.step(moment, sink);
  }

  closeSession(sink: SignalSink): void {
    this.#machine.resetAll(sink);
  }

  conditionsOf(gate: number): readonly string[] {
    const { firstCondition, conditions } = this.#tables;
    return conditions.slice(firstCondition[gate], firstCondition[gate + 1]).map((row) => row.text);
  }

  conditionCounts(): readonly ConditionCount[] {
    const { arming } = this.#machine;
    arming.settle();
    const { failed, unknown, regimeFailed, regimeUnknown } = arming;
    const regimes = this.gates.map((_, gate) => ({
      gate,
      phase: 'REGIME',
      condition: `regime is ${this.#allowedRegimes(gate).join(', ')}`,
      failed: regimeFailed[gate] ?? 0,
      unknown: regimeUnknown[gate] ?? 0,
    }));
    const rest = this.#tables.conditions.map(({ gate, phase, text }, i) => ({
      gate,
      phase,
      condition: text,
      failed: failed[i] ?? 0,
      unknown: unknown[i] ?? 0,
    }));
    return [...regimes, ...rest].sort((a, b) => a.gate - b.gate);
  }

  explain(gate: number): GateExplanation {
    const compiled = this.#compiled[gate];
    return explainGate(compiled, {
      graph: this.#source.graph,
      evaluator: this.#evaluator,
      slotOf: this.#program.slotOf,
      phase: this.#machine.phase[gate] ?? 0,
      regime: REGIMES[this.#moment.regime] ?? 'UNKNOWN',
      chainAgeMinutes: this.#chain.ageMinutes(this.#moment.time),
      time: this.#moment.time,
    });
  }

  #allowedRegimes(gate: number): string[] {
    const regimes = this.#compiled[gate]?.file.regimes;
    return REGIMES.filter((name) => regimes?.[name].allow === true);
  }

  #advance(bars: BarColumns, row: number, volume: number): void {
    const evaluator = this.#evaluator;
    evaluator.startBar();
    this.#grid.add(bars, row, volume);
    this.#lastClose = bars.close[row] as number;
    this.#chain.age(bars.time[row] as number);
    this.#memory.step();
  }
}
