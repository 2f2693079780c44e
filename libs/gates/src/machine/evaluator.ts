import type { BarGrid } from './bar-grid.js';
import { COLUMN, type Program } from './program.js';

/** Position of each operation in PURE_OPS; literal so that the switch becomes a jump table. */
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

/**
 * Computes pure values on demand, each at most once per bar; a value that depends on gate memory is computed at every request, one that depends on
 * the chain alone only when the chain changes, and one that the bars alone decide is read from its column.
 */
export class Evaluator {
  /** One value per slot; leaves are written by their owners. */
  readonly values: Float64Array;
  /** Slots from here on are computed on demand. */
  readonly leafCount: number;
  /** Bar for which each slot was last computed; equal to `now` when it is up to date. */
  readonly stamps: Int32Array;
  now = 0;
  readonly #grid: BarGrid;
  readonly #op: Uint8Array;
  readonly #left: Int32Array;
  readonly #right: Int32Array;
  readonly #keep: Uint8Array;
  readonly #chainSlots: Int32Array;

  constructor(program: Program, grid: BarGrid) {
    this.values = new Float64Array(program.slotCount).fill(Number.NaN);
    for (const { slot, value } of program.constants) this.values[slot] = value;
    this.leafCount = program.leafCount;
    this.stamps = new Int32Array(program.slotCount);
    this.#grid = grid;
    this.#op = program.op;
    this.#left = program.left;
    this.#right = program.right;
    this.#keep = program.keep;
    this.#chainSlots = Int32Array.from(program.chainSlots);
    this.chainChanged();
  }

  /** Forgets what was computed for the last bar. */
  startBar(): void {
    this.now++;
  }

  /** Computes what depends on the chain alone. */
  chainChanged(): void {
    const slots = this.#chainSlots;
    for (let i = 0; i < slots.length; i++) this.#compute(slots[i] as number);
  }

  value(slot: number): number {
    if (slot >= this.leafCount && this.stamps[slot] !== this.now) this.ensure(slot);
    return this.values[slot] as number;
  }

  /** Brings `values[slot]` up to date, whatever slot it is. */
  refresh(slot: number): void {
    if (slot >= this.leafCount && this.stamps[slot] !== this.now) this.ensure(slot);
  }

  /** Brings `values[slot]` up to date; for slots from `leafCount` on. It returns nothing because a number that leaves a function is allocated. */
  ensure(slot: number): void {
    const { leafCount, stamps, now } = this;
    if (this.#op[slot] === COLUMN) {
      const { cells, first, row } = this.#grid;
      this.values[slot] = row < 0 ? Number.NaN : (cells[(first[slot] as number) + row] as number);
      stamps[slot] = now;
      return;
    }
    const left = this.#left[slot] as number;
    const right = this.#right[slot] as number;
    if (left >= leafCount && stamps[left] !== now) this.ensure(left);
    if (right >= leafCount && stamps[right] !== now && this.#needsRight(slot, left)) this.ensure(right);
    this.#compute(slot);
    stamps[slot] = now * (this.#keep[slot] as number);
  }

  // The right side of `and` and `or` is left alone when the left side decides.
  #needsRight(slot: number, left: number): boolean {
    const op = this.#op[slot] as number;
    const x = this.values[left] as number;
    return !((op === AND && x === 0) || (op === OR && x === 1));
  }

  // Every case stores its result itself: a number that is returned would be allocated.
  #compute(slot: number): void {
    const { values } = this;
    const op = this.#op[slot] as number;
    if (op >= GT) {
      this.#decide(slot);
      return;
    }
    const x = values[this.#left[slot] as number] as number;
    const y = values[this.#right[slot] as number] as number;
    switch (op) {
      case ADD:
        values[slot] = x + y;
        break;
      case SUB:
        values[slot] = x - y;
        break;
      case MUL:
        values[slot] = x * y;
        break;
      case DIV:
        values[slot] = y === 0 ? Number.NaN : x / y;
        break;
      case NEG:
        values[slot] = -x;
        break;
      case ABS:
        values[slot] = Math.abs(x);
        break;
      case MIN:
        values[slot] = Math.min(x, y);
        break;
      case MAX:
        values[slot] = Math.max(x, y);
        break;
      case ROUND:
        values[slot] = Math.round(x / y) * y;
        break;
    }
  }

  #decide(slot: number): void {
    const { values } = this;
    const x = values[this.#left[slot] as number] as number;
    const y = values[this.#right[slot] as number] as number;
    switch (this.#op[slot]) {
      case GT:
        values[slot] = x > y ? 1 : x <= y ? 0 : Number.NaN;
        break;
      case GE:
        values[slot] = x >= y ? 1 : x < y ? 0 : Number.NaN;
        break;
      case LT:
        values[slot] = x < y ? 1 : x >= y ? 0 : Number.NaN;
        break;
      case LE:
        values[slot] = x <= y ? 1 : x > y ? 0 : Number.NaN;
        break;
      case EQ:
        values[slot] = x === y ? 1 : x < y || x > y ? 0 : Number.NaN;
        break;
      case NE:
        values[slot] = x === y ? 0 : x < y || x > y ? 1 : Number.NaN;
        break;
      case AND:
        values[slot] = x === 0 || y === 0 ? 0 : x === 1 && y === 1 ? 1 : Number.NaN;
        break;
      case OR:
        values[slot] = x === 1 || y === 1 ? 1 : x === 0 && y === 0 ? 0 : Number.NaN;
        break;
      case NOT:
        values[slot] = 1 - x;
        break;
      case IN:
        values[slot] = x >= 0 ? (y >> x) & 1 : Number.NaN;
        break;
      default:
        values[slot] = x === x ? 1 : 0;
    }
  }
}
