import { PURE_OPS } from '../graph/graph-node.js';
import type { Evaluator } from './evaluator.js';
import type { Program } from './program.js';

export const FAILS = 0;
export const HOLDS = 1;
export const UNKNOWN = 2;

const TRUTH = 0;
const MORE = 1;
const LEAST = 2;
const [GT, GE, LT, LE] = (['gt', 'ge', 'lt', 'le'] as const).map((op) => PURE_OPS.indexOf(op)) as [
  number,
  number,
  number,
  number,
];

/**
 * Asks the conditions of all gates. Most are a comparison, which is made here on its two sides at once; the others are values of the graph. The answer is a small whole number:
 * those are never allocated.
 */
export class ConditionTests {
  readonly #evaluator: Evaluator;
  readonly #values: Float64Array;
  readonly #kinds: Uint8Array;
  /** Slots of what must be more and of what must be less; of other conditions the slot of their truth. */
  readonly #more: Int32Array;
  readonly #less: Int32Array;

  constructor(conditionSlot: Int32Array, program: Program, evaluator: Evaluator) {
    this.#evaluator = evaluator;
    this.#values = evaluator.values;
    const op = (slot: number): number => (slot >= program.leafCount ? (program.op[slot] as number) : -1);
    const side = (slot: number, isMore: boolean): number => {
      const isTurned = op(slot) === LT || op(slot) === LE;
      return (isMore === isTurned ? program.right[slot] : program.left[slot]) as number;
    };
    this.#kinds = Uint8Array.from(conditionSlot, (slot) => {
      if (op(slot) === GT || op(slot) === LT) return MORE;
      return op(slot) === GE || op(slot) === LE ? LEAST : TRUTH;
    });
    const isTruth = (i: number): boolean => this.#kinds[i] === TRUTH;
    this.#more = conditionSlot.map((slot, i) => (isTruth(i) ? slot : side(slot, true)));
    this.#less = conditionSlot.map((slot, i) => (isTruth(i) ? slot : side(slot, false)));
  }

  /** FAILS, HOLDS or UNKNOWN at the bar that the evaluator holds. */
  ask(condition: number): number {
    const kind = this.#kinds[condition] as number;
    const more = this.#more[condition] as number;
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
