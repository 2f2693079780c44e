import { REGIMES, type Regime } from '@sos/domain';
import type { ResetReason, Signal, SignalSink } from '../signal-source.js';
import { Arming } from './arming.js';
import { ConditionTests, FAILS, HOLDS, type ConditionSources } from './condition-tests.js';
import type { Evaluator } from './evaluator.js';
import type { GateTables } from './gate-tables.js';
import type { Program } from './program.js';

const REGIME_COUNT = REGIMES.length;
export const UNKNOWN_REGIME = REGIMES.indexOf('UNKNOWN');

/** The moment a gate is asked: its time and what the chain says. */
export interface Moment {
  time: number;
  minuteOfDay: number;
  /** Index into REGIMES. */
  regime: number;
  /** Rises whenever a word of the chain may have changed. */
  chainVersion: number;
}

function increment(counts: Float64Array, at: number): void {
  counts[at] = (counts[at] as number) + 1;
}

/** Moves the gates through their phases, one closed bar at a time; decisions go to the sink. */
export class PhaseMachine {
  readonly #tables: GateTables;
  readonly #evaluator: Evaluator;
  // Columns of the hot loop, held directly: one load less for each use.
  readonly #tests: ConditionTests;
  readonly #phaseFrom: Int32Array;
  readonly #phaseTo: Int32Array;
  readonly #firstPhase: Int32Array;
  /** Phase in which each gate waits. */
  readonly phase: Int32Array;
  /** Bars on which the present phase was tried, and when it was entered. */
  readonly #waited: Int32Array;
  readonly #entered: Float64Array;
  /** What keeps gates from arming, and the counts of why they did not move. */
  readonly arming: Arming;
  readonly #failed: Float64Array;
  readonly #unknown: Float64Array;
  #sawUnknown = false;
  readonly #signal: Signal = {
    gate: 0,
    regime: 'UNKNOWN',
    entry: Number.NaN,
    stop: Number.NaN,
    target: Number.NaN,
    sizeMultiplier: 1,
  };

  constructor(tables: GateTables, sources: ConditionSources, program: Program) {
    const { evaluator } = sources;
    this.#tables = tables;
    this.#evaluator = evaluator;
    this.#tests = new ConditionTests(tables.conditionSlot, program, sources);
    this.#phaseFrom = tables.phaseFrom;
    this.#phaseTo = tables.phaseTo;
    this.#firstPhase = tables.firstPhase;
    this.phase = new Int32Array(tables.count);
    this.#waited = new Int32Array(tables.count);
    this.#entered = new Float64Array(tables.count);
    this.arming = new Arming(tables, {
      values: evaluator.values,
      phase: this.phase,
      chainSlots: new Set(program.chainSlots),
    });
    this.#failed = this.arming.failed;
    this.#unknown = this.arming.unknown;
  }

  /** Every gate looks at the bar that the evaluator holds. */
  step(moment: Moment, sink: SignalSink): void {
    if (this.arming.refresh(moment.regime, moment.chainVersion)) this.#showRegime(moment.regime);
    const { awake, awakeCount, blockedBy, stops } = this.arming;
    for (let i = 0; i < awakeCount; i++) {
      const gate = awake[i] as number;
      const blocked = blockedBy[gate] as number;
      if (blocked >= 0 && this.phase[gate] === 0) increment(stops, blocked);
      else this.#stepGate(gate, moment, sink);
    }
  }

  /** Every gate returns to its first phase; tells the sink, when there is one, of those that were further. */
  resetAll(sink: SignalSink | null): void {
    for (let gate = 0; gate < this.#tables.count; gate++) {
      const phase = this.phase[gate] as number;
      if (phase > 0) this.#restart(gate);
      if (phase > 0 && sink !== null) sink.reset(gate, phase, 'session');
    }
  }

  #showRegime(regime: number): void {
    const tables = this.#tables;
    const { values } = this.#evaluator;
    for (let gate = 0; gate < tables.count; gate++) {
      const cell = gate * REGIME_COUNT + regime;
      values[tables.sizeSlot[gate] as number] = tables.sizeMultiplier[cell] as number;
      values[tables.targetSlot[gate] as number] = tables.targetMultiple[cell] as number;
      values[tables.bufferSlot[gate] as number] = tables.bufferAtr[cell] as number;
    }
  }

  #stepGate(gate: number, moment: Moment, sink: SignalSink): void {
    const first = this.#firstPhase[gate] as number;
    const last = (this.#firstPhase[gate + 1] as number) - first - 1;
    let phase = this.phase[gate] as number;
    if (phase === 0 && !this.#mayArm(gate, last)) return;
    for (;;) {
      const at = first + phase;
      if (this.#firstStop(this.#phaseFrom[at] as number, this.#phaseTo[at] as number) >= 0) {
        if (phase > 0) this.#wait(gate, moment, sink);
        return;
      }
      this.#capture(at);
      if (phase === last) {
        this.#trigger(gate, moment, sink);
        return;
      }
      this.phase[gate] = ++phase;
      this.#waited[gate] = 0;
      this.#entered[gate] = moment.time;
      sink.advanced(gate, phase);
      if (this.#tables.sameBar[at + 1] === 0) return;
    }
  }

  // What the chain alone decides was decided before; the rest of a filter is asked here, of gates with more than one phase.
  #mayArm(gate: number, last: number): boolean {
    return this.arming.isAdmitted[gate] === 1 || last === 0 || this.#filterStop(gate) < 0;
  }

  #filterStop(gate: number): number {
    return this.#firstStop((this.#tables.firstCondition[gate] as number) + 1, this.#tables.filterTo[gate] as number);
  }

  /** The first condition of the range that does not hold, counted; -1 when all hold. */
  #firstStop(from: number, to: number): number {
    for (let i = from; i < to; i++) {
      const answer = this.#tests.ask(i);
      if (answer === HOLDS) continue;
      this.#sawUnknown = answer !== FAILS;
      increment(answer === FAILS ? this.#failed : this.#unknown, i);
      return i;
    }
    return -1;
  }

  #wait(gate: number, moment: Moment, sink: SignalSink): void {
    const entered = this.#entered[gate] as number;
    // A phase that is tried on the very bar on which it was entered has not waited yet.
    if (entered === moment.time) return;
    const phase = this.phase[gate] as number;
    const at = (this.#tables.firstPhase[gate] as number) + phase;
    const waited = (this.#waited[gate] as number) + 1;
    this.#waited[gate] = waited;
    if (waited >= (this.#tables.timeoutBars[at] as number)) this.#fallBack(gate, 'timeout', sink);
    else if (moment.time - entered >= (this.#tables.timeoutMs[at] as number)) this.#fallBack(gate, 'timeout', sink);
  }

  #restart(gate: number): void {
    this.phase[gate] = 0;
    this.#waited[gate] = 0;
  }

  #fallBack(gate: number, reason: ResetReason, sink: SignalSink): void {
    const phase = this.phase[gate] as number;
    this.#restart(gate);
    sink.reset(gate, phase, reason);
  }

  #capture(at: number): void {
    const tables = this.#tables;
    const to = tables.captureTo[at] as number;
    for (let i = tables.captureFrom[at] as number; i < to; i++) {
      const value = this.#evaluator.value(tables.captureSource[i] as number);
      this.#evaluator.values[tables.captureTarget[i] as number] = value;
    }
  }

  #trigger(gate: number, moment: Moment, sink: SignalSink): void {
    const tables = this.#tables;
    if (tables.allow[gate * REGIME_COUNT + moment.regime] === 0) {
      this.#fallBack(gate, 'regime', sink);
      return;
    }
    const window = tables.firstCondition[gate] as number;
    const stop = this.#isEntryTime(gate, moment.minuteOfDay) ? this.#filterStop(gate) : window;
    if (stop >= 0) {
      if (stop === window) increment(this.#failed, window);
      this.#restart(gate);
      sink.vetoed(gate, stop - window, stop !== window && this.#sawUnknown);
      return;
    }
    this.#fire(gate, moment, sink);
  }

  #isEntryTime(gate: number, minute: number): boolean {
    return minute >= (this.#tables.entryFrom[gate] as number) && minute <= (this.#tables.entryTo[gate] as number);
  }

  #fire(gate: number, moment: Moment, sink: SignalSink): void {
    const tables = this.#tables;
    const { values } = this.#evaluator;
    const entry = this.#evaluator.value(tables.entry[gate] as number);
    values[tables.entrySlot[gate] as number] = entry;
    const stop = this.#evaluator.value(tables.stop[gate] as number);
    values[tables.stopSlot[gate] as number] = stop;
    values[tables.riskSlot[gate] as number] = Math.abs(entry - stop);
    const target = this.#evaluator.value(tables.target[gate] as number);
    const isOrdered =
      tables.isBullish[gate] === 1
        ? stop > 0 && stop < entry && entry < target && target < Number.POSITIVE_INFINITY
        : target > 0 && target < entry && entry < stop && stop < Number.POSITIVE_INFINITY;
    if (!isOrdered) {
      this.#fallBack(gate, 'levels', sink);
      return;
    }
    this.#restart(gate);
    const signal = this.#signal;
    signal.gate = gate;
    signal.regime = REGIMES[moment.regime] as Regime;
    signal.entry = entry;
    signal.stop = stop;
    signal.target = target;
    signal.sizeMultiplier = tables.sizeMultiplier[gate * REGIME_COUNT + moment.regime] as number;
    sink.signal(signal);
  }
}
