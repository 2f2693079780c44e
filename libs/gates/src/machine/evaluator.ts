import type { Program } from './program.js';

/** Position of each operation in PURE_OPS; literal so that the switch compiles to a jump table. */
const ADD = 0;
const SUB = 1;
const MUL = 2;
const DIV = 3;
const NEG = 4;
const ABS = 5;
const MIN = 6;
const MAX = 7;
const ROUND = 8;
const GT = 9;
const GE = 10;
const LT = 11;
const LE = 12;
const EQ = 13;
const NE = 14;
const AND = 15;
const OR = 16;
const NOT = 17;
const IN = 18;

/** Computes pure values on demand, each at most once per bar; a value that depends on gate memory is computed at every request. */
export class Evaluator {
  /** One value per slot; leaves are written by their owners. */
  readonly values: Float64Array;
  readonly leafCount: number;
  readonly #op: Uint8Array;
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #keep: Uint8Array;
  readonly #stamps: Int32Array;
  #now = 0;

  constructor(program: Program) {
    this.values = new Float64Array(program.slotCount).fill(Number.NaN);
    for (const { slot, value } of program.constants) this.values[slot] = value;
    this.leafCount = program.leafCount;
    this.#op = program.op;
    this.#left = program.left;
    this.#right = program.right;
    this.#keep = program.keep;
    this.#stamps = new Int32Array(program.slotCount);
  }

  /** Forgets what was computed for the last bar. */
  startBar(): void {
    this.#now++;
  }

  value(slot: number): number {
    if (slot >= this.leafCount) this.ensure(slot);
    return this.values[slot] as number;
  }

  /** Brings `values[slot]` up to date. It returns nothing because a number that leaves a function is allocated. */
  ensure(slot: number): void {
    if (this.#stamps[slot] === this.#now) return;
    this.#stamps[slot] = this.#now * (this.#keep[slot] as number);
    const { values, leafCount } = this;
    const op = this.#op[slot] as number;
    const left = this.#left[slot] as number;
    if (left >= leafCount) this.ensure(left);
    const x = values[left] as number;
    // The right side of `and` and `or` is left alone when the left side decides.
    if ((op === AND && x === 0) || (op === OR && x === 1)) {
      values[slot] = x;
      return;
    }
    const right = this.#right[slot] as number;
    if (right >= leafCount) this.ensure(right);
    values[slot] = apply(op, x, values[right] as number);
  }
}

function apply(op: number, x: number, y: number): number {
  switch (op) {
    case ADD:
      return x + y;
    case SUB:
      return x - y;
    case MUL:
      return x * y;
    case DIV:
      return y === 0 ? Number.NaN : x / y;
    case NEG:
      return -x;
    case ABS:
      return Math.abs(x);
    case MIN:
      return Math.min(x, y);
    case MAX:
      return Math.max(x, y);
    case ROUND:
      return Math.round(x / y) * y;
    default:
      return decide(op, x, y);
  }
}

function decide(op: number, x: number, y: number): number {
  switch (op) {
    case GT:
      return x > y ? 1 : x <= y ? 0 : Number.NaN;
    case GE:
      return x >= y ? 1 : x < y ? 0 : Number.NaN;
    case LT:
      return x < y ? 1 : x >= y ? 0 : Number.NaN;
    case LE:
      return x <= y ? 1 : x > y ? 0 : Number.NaN;
    case EQ:
      return x === y ? 1 : x < y || x > y ? 0 : Number.NaN;
    case NE:
      return x === y ? 0 : x < y || x > y ? 1 : Number.NaN;
    case AND:
      return y === 0 ? 0 : x === 1 && y === 1 ? 1 : Number.NaN;
    case OR:
      return y === 1 ? 1 : x === 0 && y === 0 ? 0 : Number.NaN;
    case NOT:
      return 1 - x;
    case IN:
      return x >= 0 ? (y >> x) & 1 : Number.NaN;
    default:
      return x === x ? 1 : 0;
  }
}
