import { PURE_OPS } from '../graph/graph-node.js';
import type { BarGrid } from './bar-grid.js';
import type { Evaluator } from './evaluator.js';
import type { Program } from './program.js';

export const FAILS = 0;
export const HOLDS = 1;
export const UNKNOWN = 2;

const TRUTH = 0;
const MORE = 1;
const LEAST = 2;
const COLUMN = 3;
const [GT, GE, LT, LE] = (['gt', 'ge', 'lt', 'le'] as const).map((op) => PURE_OPS.indexOf(op)) as [
  number,
  number,
  number,
  number,
];

/** Where the values of conditions are. */
export interface ConditionSources {
  readonly evaluator: Evaluator;
  readonly grid: BarGrid;
}

/**
 * Asks the conditions of all gates. What the bars alone decide is read from its column; a comparison is made here on its two sides at once; the others are values of the
 * graph. The answer is a small whole number: those are never allocated.
 */
export class ConditionTests {
  readonly #evaluator: Evaluator;
  readonly #grid: BarGrid;
  readonly #values: Float64Array;
  readonly #kinds: Uint8Array;
  /** Slots of what must be more and of what must be less; of other conditions the slot of their truth, or the first cell of its column. */
  readonly #more: Int32Array;
  readonly #less: Int32Array;

  constructor(conditionSlot: Int32Array, program: Program, { evaluator, grid }: ConditionSources) {
    this.#evaluator = evaluator;
    this.#grid = grid;
    this.#values = evaluator.values;
    const op = (slot: number): number => (slot >= program.leafCount ? (program.op[slot] as number) : -1);
    const side = (slot: number, isMore: boolean): number => {
      const isTurned = op(slot) === LT || op(slot) === LE;
      return (isMore === isTurned ? program.right[slot] : program.left[slot]) as number;
    };
    const isColumn = (slot: number): boolean => (grid.first[slot] ?? -1) >= 0;
    this.#kinds = Uint8Array.from(conditionSlot, (slot) => {
      if (isColumn(slot)) return COLUMN;
      if (op(slot) === GT || op(slot) === LT) return MORE;
      return op(slot) === GE || op(slot) === LE ? LEAST : TRUTH;
    });
    const isCompared = (i: number): boolean => this.#kinds[i] === MORE || this.#kinds[i] === LEAST;
    const own = (slot: number): number => (isColumn(slot) ? (grid.first[slot] as number) : slot);
    this.#more = conditionSlot.map((slot, i) => (isCompared(i) ? side(slot, true) : own(slot)));
    this.#less = conditionSlot.map((slot, i) => (isCompared(i) ? side(slot, false) : own(slot)));
  }

  /** FAILS, HOLDS or UNKNOWN at the bar that the evaluator holds. */
  ask(condition: number): number {
    const kind = this.#kinds[condition] as number;
    const more = this.#more[condition] as number;
    if (kind === COLUMN) {
      const cell = this.#grid.cells[more + this.#grid.row] as number;
      return cell === 1 ? HOLDS : cell === 0 ? FAILS : UNKNOWN;
    }
    this.#evaluator.refresh(more);
    if (kind === TRUTH) {
      const truth = this.#values[more] as number;
      return truth === 1 ? HOLDS : truth === 0 ? FAILS : UNKNOWN;
    }
    const less = this.#less[condition] as number;
    this.#evaluator.refresh(less);
    const x = this.#values[more] as number;
    const y = this.#values[less] as number;
    if (x > y) return HOLDS;
    if (x < y) return FAILS;
    return x === y ? kind - MORE : UNKNOWN;
  }
}
