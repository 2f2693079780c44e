import type { Evaluator } from './evaluator.js';
import type { StatefulSlot } from './program.js';

/**
 * Standard deviations, `stdev` of the sample and `bandwidth` of the population: math-engine's RollingStdev to the last bit, all lanes in shared columns. What goes into a
 * call as a number is allocated when the call is not inlined; here everything stays in columns.
 */
export class DeviationGroup {
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;
  readonly #shares: Float64Array;
  readonly #perDegree: Float64Array;
  /** Values kept by each lane, one less than its period, and the first place of its ring. */
  readonly #sizes: Int32Array;
  readonly #starts: Int32Array;
  readonly #rings: Float64Array;
  /** The value that all differences are taken from; sums of the differences and of their squares. */
  readonly #origins: Float64Array;
  readonly #sums: Float64Array;
  readonly #squares: Float64Array;
  readonly #places: Int32Array;
  readonly #counts: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    const lanes = slots.length;
    this.#inputs = Int32Array.from(slots, (slot) => slot.inputs[0] ?? 0);
    this.#outputs = Int32Array.from(slots, (slot) => slot.output);
    this.#shares = Float64Array.from(slots, ({ node }) => 1 / node.length);
    this.#perDegree = Float64Array.from(slots, ({ node }) => 1 / (node.length - (node.state === 'stdev' ? 1 : 0)));
    this.#sizes = Int32Array.from(slots, ({ node }) => node.length - 1);
    let cells = 0;
    this.#starts = this.#sizes.map((size) => (cells += size) - size);
    this.#rings = new Float64Array(cells);
    this.#origins = new Float64Array(lanes);
    this.#sums = new Float64Array(lanes);
    this.#squares = new Float64Array(lanes);
    this.#places = new Int32Array(lanes);
    this.#counts = new Int32Array(lanes);
  }

  step(evaluator: Evaluator): void {
    const { values } = evaluator;
    for (let i = 0; i < this.#inputs.length; i++) {
      const input = this.#inputs[i] as number;
      const output = this.#outputs[i] as number;
      evaluator.refresh(input);
      const x = values[input] as number;
      values[output] = Number.NaN;
      // An unknown value is passed over.
      if (x !== x) continue;
      if (this.#counts[i] === this.#sizes[i]) {
        const d = x - (this.#origins[i] as number);
        const sum = (this.#sums[i] as number) + d;
        const spread = (this.#squares[i] as number) + d * d - sum * (sum * (this.#shares[i] as number));
        values[output] = spread > 0 ? Math.sqrt(spread * (this.#perDegree[i] as number)) : 0;
      }
      if ((this.#sizes[i] as number) > 0) this.#keep(i, x);
    }
  }

  #keep(i: number, x: number): void {
    const size = this.#sizes[i] as number;
    const place = this.#places[i] as number;
    const at = (this.#starts[i] as number) + place;
    if (this.#counts[i] === 0) this.#origins[i] = x;
    const origin = this.#origins[i] as number;
    const d = x - origin;
    let sum = (this.#sums[i] as number) + d;
    let squares = (this.#squares[i] as number) + d * d;
    if (this.#counts[i] === size) {
      const old = (this.#rings[at] as number) - origin;
      sum -= old;
      squares -= old * old;
    } else this.#counts[i] = (this.#counts[i] as number) + 1;
    this.#sums[i] = sum;
    this.#squares[i] = squares;
    this.#rings[at] = x;
    this.#places[i] = place + 1;
    if (place + 1 === size) this.#resum(i, x);
  }

  /** Sums are taken afresh once a round and from a recent value, so that a small deviation of large prices keeps its digits. */
  #resum(i: number, origin: number): void {
    const start = this.#starts[i] as number;
    const end = start + (this.#sizes[i] as number);
    let sum = 0;
    let squares = 0;
    for (let at = start; at < end; at++) {
      const d = (this.#rings[at] as number) - origin;
      sum += d;
      squares += d * d;
    }
    this.#origins[i] = origin;
    this.#sums[i] = sum;
    this.#squares[i] = squares;
    this.#places[i] = 0;
  }
}
