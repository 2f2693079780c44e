import type { Evaluator } from './evaluator.js';
import type { StatefulSlot } from './program.js';

/**
 * Highest (or lowest) values of the session over the last bars: math-engine's rolling extremes (van Herk's blocks), all lanes in shared columns. What goes into a call as
 * a number is allocated when the call is not inlined; here everything stays in columns.
 */
export class ExtremeGroup {
  /** 1 highest, -1 lowest: the lowest is the highest with the sign turned. */
  readonly #sign: number;
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;
  readonly #periods: Int32Array;
  /** First place of each lane in the two columns below; a lane has one more than its period. */
  readonly #starts: Int32Array;
  readonly #blocks: Float64Array;
  /** Highest from each place to the end of the block before; always nothing at the place behind the block. */
  readonly #tails: Float64Array;
  readonly #heads: Float64Array;
  readonly #places: Int32Array;
  readonly #counts: Int32Array;

  constructor(slots: readonly StatefulSlot[], sign: 1 | -1) {
    this.#sign = sign;
    this.#inputs = Int32Array.from(slots, (slot) => slot.inputs[0] ?? 0);
    this.#outputs = Int32Array.from(slots, (slot) => slot.output);
    this.#periods = Int32Array.from(slots, ({ node }) => node.length);
    let cells = 0;
    this.#starts = Int32Array.from(slots, ({ node }) => (cells += node.length + 1) - node.length - 1);
    this.#blocks = new Float64Array(cells);
    this.#tails = new Float64Array(cells).fill(Number.NEGATIVE_INFINITY);
    this.#heads = new Float64Array(slots.length);
    this.#places = new Int32Array(slots.length);
    this.#counts = new Int32Array(slots.length);
  }

  step(evaluator: Evaluator): void {
    const { values } = evaluator;
    for (let i = 0; i < this.#inputs.length; i++) {
      const input = this.#inputs[i] as number;
      evaluator.refresh(input);
      const x = (values[input] as number) * this.#sign;
      // An unknown value is passed over.
      if (x === x) this.#add(i, values, x);
      else values[this.#outputs[i] as number] = Number.NaN;
    }
  }

  #add(i: number, values: Float64Array, x: number): void {
    const period = this.#periods[i] as number;
    const place = this.#places[i] as number;
    const at = (this.#starts[i] as number) + place;
    this.#blocks[at] = x;
    const before = this.#heads[i] as number;
    const head = place === 0 || x > before ? x : before;
    this.#heads[i] = head;
    const tail = this.#tails[at + 1] as number;
    const count = (this.#counts[i] as number) + 1;
    this.#counts[i] = count;
    values[this.#outputs[i] as number] = count >= period ? (tail > head ? tail : head) * this.#sign : Number.NaN;
    this.#places[i] = place + 1;
    if (place + 1 === period) this.#turn(i);
  }

  /** The block is full: it becomes the one before. */
  #turn(i: number): void {
    const start = this.#starts[i] as number;
    let highest = Number.NEGATIVE_INFINITY;
    for (let at = start + (this.#periods[i] as number) - 1; at >= start; at--) {
      const x = this.#blocks[at] as number;
      if (x > highest) highest = x;
      this.#tails[at] = highest;
    }
    this.#places[i] = 0;
  }

  /** Yesterday's bars leave every window. */
  openSession(): void {
    this.#tails.fill(Number.NEGATIVE_INFINITY);
    this.#places.fill(0);
    this.#counts.fill(0);
  }
}
