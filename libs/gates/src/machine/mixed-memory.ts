import type { Evaluator } from './evaluator.js';
import { makeSeriesNode } from './make-series-node.js';
import type { StatefulSlot } from './program.js';
import type { SeriesNode } from './series-node.js';

/** Values with memory in which the chain or the gate has a part: they are computed bar by bar, what is read before what reads it. */
export class MixedMemory {
  readonly #slots: readonly StatefulSlot[];
  readonly #nodes: readonly SeriesNode[];
  readonly #evaluator: Evaluator;

  constructor(slots: readonly StatefulSlot[], evaluator: Evaluator) {
    this.#slots = slots;
    this.#evaluator = evaluator;
    this.#nodes = slots.map(({ node: { length, state }, inputs, output }) =>
      makeSeriesNode({ inputs, output, length, state }),
    );
  }

  /** The slots are columns of one row. */
  step(): void {
    for (let i = 0; i < this.#nodes.length; i++) {
      const { inputs } = this.#slots[i] as StatefulSlot;
      for (const input of inputs) this.#evaluator.refresh(input);
      (this.#nodes[i] as SeriesNode).run(this.#evaluator.values, 0, 1);
    }
  }

  startSession(): void {
    for (const node of this.#nodes) node.startSession?.();
  }
}
