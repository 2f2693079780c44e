import { MS_PER_MINUTE, REGIMES } from '@sos/domain';
import type { CompiledCondition, CompiledGate } from '../compile/compiled-gate.js';
import { formatMinute } from './format-minute.js';
import type { Program } from './program.js';

/** One condition of one gate in the order in which the machine numbers them over all gates. */
export interface ConditionRow {
  readonly gate: number;
  /** `ENTRY` for the entry times, `FILTER`, or the id of the phase. */
  readonly phase: string;
  readonly text: string;
}

/** All gates as columns: gate `g` has phases `firstPhase[g]` to `firstPhase[g + 1]` (exclusive), phase `q` conditions `phaseFrom[q]` to `phaseTo[q]`. */
export interface GateTables {
  readonly count: number;
  readonly firstPhase: Int32Array;
  readonly phaseFrom: Int32Array;
  readonly phaseTo: Int32Array;
  readonly timeoutBars: Float64Array;
  readonly timeoutMs: Float64Array;
  readonly sameBar: Uint8Array;
  readonly captureFrom: Int32Array;
  readonly captureTo: Int32Array;
  readonly captureSource: Int32Array;
  readonly captureTarget: Int32Array;
  /** Number of the gate's first condition (its entry times); its filter follows up to `filterTo`. */
  readonly firstCondition: Int32Array;
  readonly filterTo: Int32Array;
  readonly conditionSlot: Int32Array;
  readonly conditions: readonly ConditionRow[];
  /** By gate × regime. */
  readonly allow: Uint8Array;
  readonly sizeMultiplier: Float64Array;
  readonly targetMultiple: Float64Array;
  readonly bufferAtr: Float64Array;
  /** Slots of gate memory; the spare slot where the gate does not use the word. */
  readonly sizeSlot: Int32Array;
  readonly targetSlot: Int32Array;
  readonly bufferSlot: Int32Array;
  readonly entrySlot: Int32Array;
  readonly stopSlot: Int32Array;
  readonly riskSlot: Int32Array;
  readonly entry: Int32Array;
  readonly stop: Int32Array;
  readonly target: Int32Array;
  readonly isBullish: Uint8Array;
  readonly entryFrom: Float64Array;
  readonly entryTo: Float64Array;
}

class TableBuilder {
  readonly phaseFrom: number[] = [];
  readonly phaseTo: number[] = [];
  readonly timeoutBars: number[] = [];
  readonly timeoutMs: number[] = [];
  readonly sameBar: number[] = [];
  readonly captureFrom: number[] = [];
  readonly captureTo: number[] = [];
  readonly captureSource: number[] = [];
  readonly captureTarget: number[] = [];
  readonly firstPhase: number[] = [];
  readonly firstCondition: number[] = [];
  readonly filterTo: number[] = [];
  readonly conditionSlot: number[] = [];
  readonly conditions: ConditionRow[] = [];
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  add(gate: CompiledGate, number: number): void {
    this.firstPhase.push(this.phaseFrom.length);
    this.firstCondition.push(this.conditions.length);
    const { entryFromMinute, entryToMinute } = gate.profile;
    const text = `time between ${formatMinute(entryFromMinute)} and ${formatMinute(entryToMinute)}`;
    this.conditions.push({ gate: number, phase: 'ENTRY', text });
    this.conditionSlot.push(-1);
    this.#conditions(gate.filter, { gate: number, phase: 'FILTER' });
    this.filterTo.push(this.conditions.length);
    for (const phase of gate.phases) this.#phase(gate, phase, number);
  }

  #phase(gate: CompiledGate, phase: CompiledGate['phases'][number], number: number): void {
    this.phaseFrom.push(this.conditions.length);
    this.#conditions(phase.when, { gate: number, phase: phase.id });
    this.phaseTo.push(this.conditions.length);
    this.timeoutBars.push(phase.timeoutBars === 0 ? Number.POSITIVE_INFINITY : phase.timeoutBars);
    this.timeoutMs.push(phase.timeoutMinutes === 0 ? Number.POSITIVE_INFINITY : phase.timeoutMinutes * MS_PER_MINUTE);
    this.sameBar.push(phase.sameBar ? 1 : 0);
    this.captureFrom.push(this.captureSource.length);
    for (const { name, node } of phase.captures) {
      this.captureSource.push(this.#program.slotOf[node] as number);
      this.captureTarget.push(this.#program.locals.get(`${gate.profile.id}/captured.${name}`) ?? this.#program.spare);
    }
    this.captureTo.push(this.captureSource.length);
  }

  #conditions(conditions: readonly CompiledCondition[], row: Omit<ConditionRow, 'text'>): void {
    for (const { text, node } of conditions) {
      this.conditions.push({ ...row, text });
      this.conditionSlot.push(this.#program.slotOf[node] as number);
    }
  }
}

type RegimeField = 'sizeMultiplier' | 'targetMultiple' | 'bufferAtr';

/** Flattens the gates into columns for the machine. */
export function makeGateTables(gates: readonly CompiledGate[], program: Program): GateTables {
  const rows = new TableBuilder(program);
  for (const [number, gate] of gates.entries()) rows.add(gate, number);
  rows.firstPhase.push(rows.phaseFrom.length);
  rows.firstCondition.push(rows.conditions.length);
  const regime = (field: RegimeField): Float64Array =>
    Float64Array.from(gates.flatMap(({ file }) => REGIMES.map((name) => file.regimes[name][field])));
  const local = (name: string): Int32Array =>
    Int32Array.from(gates, ({ profile }) => program.locals.get(`${profile.id}/${name}`) ?? program.spare);
  const level = (name: 'entry' | 'stop' | 'target'): Int32Array =>
    Int32Array.from(gates, ({ levels }) => program.slotOf[levels[name]] as number);
  return {
    count: gates.length,
    conditions: rows.conditions,
    firstPhase: Int32Array.from(rows.firstPhase),
    phaseFrom: Int32Array.from(rows.phaseFrom),
    phaseTo: Int32Array.from(rows.phaseTo),
    timeoutBars: Float64Array.from(rows.timeoutBars),
    timeoutMs: Float64Array.from(rows.timeoutMs),
    sameBar: Uint8Array.from(rows.sameBar),
    captureFrom: Int32Array.from(rows.captureFrom),
    captureTo: Int32Array.from(rows.captureTo),
    captureSource: Int32Array.from(rows.captureSource),
    captureTarget: Int32Array.from(rows.captureTarget),
    firstCondition: Int32Array.from(rows.firstCondition),
    filterTo: Int32Array.from(rows.filterTo),
    conditionSlot: Int32Array.from(rows.conditionSlot),
    allow: Uint8Array.from(gates.flatMap(({ file }) => REGIMES.map((name) => (file.regimes[name].allow ? 1 : 0)))),
    sizeMultiplier: regime('sizeMultiplier'),
    targetMultiple: regime('targetMultiple'),
    bufferAtr: regime('bufferAtr'),
    sizeSlot: local('regime.sizeMultiplier'),
    targetSlot: local('regime.targetMultiple'),
    bufferSlot: local('regime.bufferAtr'),
    entrySlot: local('entry'),
    stopSlot: local('stop'),
    riskSlot: local('risk'),
    entry: level('entry'),
    stop: level('stop'),
    target: level('target'),
    isBullish: Uint8Array.from(gates, ({ profile }) => (profile.bias === 'bullish' ? 1 : 0)),
    entryFrom: Float64Array.from(gates, ({ profile }) => profile.entryFromMinute),
    entryTo: Float64Array.from(gates, ({ profile }) => profile.entryToMinute),
  };
}
