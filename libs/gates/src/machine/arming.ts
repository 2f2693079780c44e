import { REGIMES } from '@sos/domain';
import type { GateTables } from './gate-tables.js';

const REGIME_COUNT = REGIMES.length;
const UNKNOWN_REGIME = REGIMES.indexOf('UNKNOWN');
const FREE = -1;

/** What arming looks at: values of the evaluator, and the phase of each gate. */
interface ArmingInput {
  readonly values: Float64Array;
  readonly phase: Int32Array;
  readonly chainSlots: ReadonlySet<number>;
}

/**
 * What keeps each gate from arming as far as the chain alone decides it: its regime table, and its filter when that speaks of the chain only. Worked out anew when the
 * regime or the truth of such a condition changes, and not at every bar.
 */
export class Arming {
  /** Per gate: place in `stops` of what blocks it, -1 when nothing of the chain does. */
  readonly blockedBy: Int32Array;
  /** Per gate: 1 when its whole filter is known to hold, so that nobody need ask it again. */
  readonly isAdmitted: Uint8Array;
  /** How often each thing stopped a gate; the four views below share it. */
  readonly stops: Float64Array;
  /** Per condition: first that did not hold, false or unknown. */
  readonly failed: Float64Array;
  readonly unknown: Float64Array;
  /** Per gate: its regime does not allow it, or is unknown. */
  readonly regimeFailed: Float64Array;
  readonly regimeUnknown: Float64Array;
  readonly #tables: GateTables;
  readonly #values: Float64Array;
  readonly #isChainFilter: Uint8Array;
  /** Distinct filter conditions that depend on the chain alone, and their truth when last looked at. */
  readonly #slots: Int32Array;
  readonly #truths: Float64Array;
  /** Phase in which each gate waits. */
  readonly #phase: Int32Array;
  /** The first `awakeCount` are the gates that must be looked at; the others are blocked in their first phase, on every bar until something changes. */
  readonly awake: Int32Array;
  awakeCount = 0;
  /** Bars for which the sleeping gates have not been counted yet. */
  #slept = 0;
  #regime = -1;
  #version = -1;

  constructor(tables: GateTables, { values, phase, chainSlots }: ArmingInput) {
    const { count } = tables;
    this.#phase = phase;
    this.awake = new Int32Array(count);
    const conditions = tables.conditions.length;
    this.#tables = tables;
    this.#values = values;
    this.blockedBy = new Int32Array(count).fill(FREE);
    this.isAdmitted = new Uint8Array(count);
    this.stops = new Float64Array(2 * conditions + 2 * count);
    this.failed = this.stops.subarray(0, conditions);
    this.unknown = this.stops.subarray(conditions, 2 * conditions);
    this.regimeFailed = this.stops.subarray(2 * conditions, 2 * conditions + count);
    this.regimeUnknown = this.stops.subarray(2 * conditions + count);
    const filters = Array.from({ length: count }, (_, gate) => this.#filterSlots(gate));
    const isChain = filters.map((slots) => slots.every((slot) => chainSlots.has(slot)));
    this.#isChainFilter = Uint8Array.from(isChain, Number);
    this.#slots = Int32Array.from(new Set(filters.filter((_, gate) => isChain[gate] === true).flat()));
    this.#truths = new Float64Array(this.#slots.length).fill(2);
  }

  /**
   * Takes notice of what changed since the last bar: regime and filters follow from the chain alone, so that nothing did while its version is the same.
   * @returns whether the regime did
   */
  refresh(regime: number, chainVersion: number): boolean {
    this.#slept++;
    if (chainVersion === this.#version) return false;
    this.#version = chainVersion;
    const isNewRegime = regime !== this.#regime;
    let isNew = isNewRegime;
    for (let i = 0; i < this.#slots.length; i++) {
      const truth = this.#values[this.#slots[i] as number] as number;
      const before = this.#truths[i] as number;
      if (truth === before || (truth !== truth && before !== before)) continue;
      this.#truths[i] = truth;
      isNew = true;
    }
    if (isNew) {
      this.#slept--;
      this.settle();
      this.#slept = 1;
      this.#regime = regime;
      this.#judgeAll();
    }
    return isNewRegime;
  }

  /** Brings the counts up to date. */
  settle(): void {
    if (this.#slept === 0) return;
    let next = 0;
    for (let gate = 0; gate < this.#tables.count; gate++) {
      if (next < this.awakeCount && this.awake[next] === gate) next++;
      else this.#count(this.blockedBy[gate] as number);
    }
    this.#slept = 0;
  }

  #count(stop: number): void {
    this.stops[stop] = (this.stops[stop] as number) + this.#slept;
  }

  #judgeAll(): void {
    this.awakeCount = 0;
    for (let gate = 0; gate < this.#tables.count; gate++) {
      this.#judge(gate);
      if (this.blockedBy[gate] === FREE || this.#phase[gate] !== 0) this.awake[this.awakeCount++] = gate;
    }
  }

  #judge(gate: number): void {
    const conditions = this.#tables.conditions.length;
    const isKnown = this.#regime !== UNKNOWN_REGIME;
    this.isAdmitted[gate] = 0;
    this.blockedBy[gate] = FREE;
    if (this.#tables.allow[gate * REGIME_COUNT + this.#regime] === 0)
      this.blockedBy[gate] = 2 * conditions + (isKnown ? 0 : this.#tables.count) + gate;
    else if (this.#isChainFilter[gate] === 1) this.#judgeFilter(gate);
  }

  #judgeFilter(gate: number): void {
    const { firstCondition, filterTo, conditionSlot, conditions } = this.#tables;
    const isSinglePhase =
      (this.#tables.firstPhase[gate + 1] as number) - (this.#tables.firstPhase[gate] as number) === 1;
    // A gate of one phase asks its filter at the trigger only, so that a refusal is seen as a veto.
    if (isSinglePhase) return;
    for (let i = (firstCondition[gate] as number) + 1; i < (filterTo[gate] as number); i++) {
      const truth = this.#values[conditionSlot[i] as number] as number;
      if (truth === 1) continue;
      this.blockedBy[gate] = truth === 0 ? i : conditions.length + i;
      return;
    }
    this.isAdmitted[gate] = 1;
  }

  #filterSlots(gate: number): number[] {
    const { firstCondition, filterTo, conditionSlot } = this.#tables;
    return [...conditionSlot.subarray((firstCondition[gate] as number) + 1, filterTo[gate])];
  }
}
