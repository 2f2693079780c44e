/** One column behind a curtain: what is shown, and what is really there. */
export interface CurtainColumn {
  readonly shown: Float64Array;
  readonly real: Float64Array;
  /** Cells a row. */
  readonly width: number;
}

/** Shows the rows of a few columns only from the moment at which they could be known. */
export class Curtain {
  readonly #columns: readonly CurtainColumn[];
  readonly #knownAt: Float64Array;
  readonly #length: number;
  #next = 0;

  /** @param knownAt when each row becomes known, ascending */
  constructor(columns: readonly CurtainColumn[], knownAt: Float64Array, length: number) {
    this.#columns = columns;
    this.#knownAt = knownAt;
    this.#length = length;
  }

  /** Rows that are shown. */
  get shown(): number {
    return this.#next;
  }

  /** Shows every row that is known at an instant. */
  reveal(now: number): void {
    const from = this.#next;
    while (this.#next < this.#length && (this.#knownAt[this.#next] as number) <= now) this.#next++;
    if (this.#next === from) return;
    for (const { shown, real, width } of this.#columns)
      shown.set(real.subarray(from * width, this.#next * width), from * width);
  }
}
