/** One measured figure, as `docs/benchmarks.md` prints it. */
export interface BenchRow {
  readonly name: string;
  /** Unit of `min` and `median`, e.g. `bars/s`, `ns/solve`, `ms`. */
  readonly unit: string;
  /** Best and middle of `runs` runs; for rates the best is the highest. */
  readonly min: number;
  readonly median: number;
  readonly runs: number;
  /** The same work by someone else in the same run, and how we compare (> 1 is better than the yardstick). */
  readonly yardstick?: { readonly name: string; readonly value: number; readonly ratio: number };
  readonly goal?: string;
}
