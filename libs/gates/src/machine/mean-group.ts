import type { Evaluator } from './evaluator.js';
import type { StatefulSlot } from './program.js';

/**
 * Simple means: math-engine's Sma to the last bit, all lanes in shared columns. What goes into a call as a number is allocated when the call is not inlined; here
 * everything stays in columns.
 */
export class MeanGroup {
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;
  readonly #shares: Float64Array;
  /** Values kept by each lane, one less than its period, and the first place of its ring. */
  readonly #sizes: Int32Array;
  readonly #starts: Int32Array;
  readonly #rings: Float64Array;
  readonly #sums: Float64Array;
  readonly #places: Int32Array;
  readonly #counts: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#inputs = Int32Array.from(slots, (slot) => slot.inputs[0] ?? 0);
    this.#outputs = Int32Array.from(slots, (slot) => slot.output);
    this.#shares = Float64Array.from(slots, ({ node }) => 1 / node.length);
    this.#sizes = Int32Array.from(slots, ({ node }) => node.length - 1);
    let cells = 0;
    this.#starts = this.#sizes.map((size) => (cells += size) - size);
    this.#rings = new Float64Array(cells);
    this.#sums = new Float64Array(slots.length);
    this.#places = new Int32Array(slots.length);
    this.#counts = new Int32Array(slots.length);
  }

  step(evaluator: Evaluator): void {
    const { values } = evaluator;
    for (let i = 0; i < this.#inputs.length; i++) {
      const input = this.#inputs[i] as number;
      const output = this.#outputs[i] as number;
      evaluator.refresh(input);
      const x = values[input] as number;
      const isWarm = x === x && this.#counts[i] === this.#sizes[i];
      values[output] = isWarm ? ((this.#sums[i] as number) + x) * (this.#shares[i] as number) : Number.NaN;
      // An unknown value is passed over.
      if (x === x && (this.#sizes[i] as number) > 0) this.#keep(i, x);
    }
  }

  #keep(i: number, x: number): void {
    const size = this.#sizes[i] as number;
    const place = this.#places[i] as number;
    const at = (this.#starts[i] as number) + place;
    const sum = this.#sums[i] as number;
    if (this.#counts[i] === size) this.#sums[i] = sum + (x - (this.#rings[at] as number));
    else {
      this.#counts[i] = (this.#counts[i] as number) + 1;
      this.#sums[i] = sum + x;
    }
    this.#rings[at] = x;
    this.#places[i] = place + 1;
    if (place + 1 === size) this.#resum(i);
  }

  /** The sum is taken afresh once a round, so that its rounding never grows. */
  #resum(i: number): void {
    const start = this.#starts[i] as number;
    const end = start + (this.#sizes[i] as number);
    let sum = 0;
    for (let at = start; at < end; at++) sum += this.#rings[at] as number;
    this.#sums[i] = sum;
    this.#places[i] = 0;
  }
}
