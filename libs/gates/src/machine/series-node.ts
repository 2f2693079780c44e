import type { StatefulKind } from '../graph/graph-node.js';

/** Where a value with memory reads and writes: places of the first row of each column in the cells. */
export interface SeriesPlaces {
  readonly inputs: readonly number[];
  readonly output: number;
  readonly length: number;
  readonly state: StatefulKind;
}

/** A value with memory over rows of columns: one bar at a time while bars arrive, a whole session at once where it is known. Both are the same arithmetic in the same order. */
export interface SeriesNode {
  /** Computes rows `from` to `to` (exclusive), each from itself and the rows before. */
  run(cells: Float64Array, from: number, to: number): void;
  /** A session begins: whatever is anchored to it starts anew. */
  startSession?(): void;
}
