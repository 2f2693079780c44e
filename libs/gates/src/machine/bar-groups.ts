import { Atr, SessionVwap } from '@sos/math-engine';
import type { Evaluator } from './evaluator.js';
import type { StatefulSlot } from './program.js';
import { RelativeVolume } from './relative-volume.js';

/** Average true ranges of the index bars; inputs high, low, close. Session-continuous: the opening gap is part of the true range. */
export class AtrGroup {
  readonly #slots: readonly StatefulSlot[];
  readonly #nodes: readonly Atr[];

  constructor(slots: readonly StatefulSlot[]) {
    this.#slots = slots;
    this.#nodes = slots.map(({ node }) => new Atr(node.length));
  }

  step(evaluator: Evaluator): void {
    const { values } = evaluator;
    for (let i = 0; i < this.#nodes.length; i++) {
      const node = this.#nodes[i] as Atr;
      const { inputs, output } = this.#slots[i] as StatefulSlot;
      const high = values[inputs[0] as number] as number;
      const low = values[inputs[1] as number] as number;
      node.add(high, low, values[inputs[2] as number] as number);
      values[output] = node.value;
    }
  }
}

/** The session's volume-weighted average price; inputs high, low, close, volume. */
export class VwapGroup {
  readonly #slots: readonly StatefulSlot[];
  readonly #nodes: readonly SessionVwap[];

  constructor(slots: readonly StatefulSlot[]) {
    this.#slots = slots;
    this.#nodes = slots.map(() => new SessionVwap());
  }

  step(evaluator: Evaluator): void {
    const { values } = evaluator;
    for (let i = 0; i < this.#nodes.length; i++) {
      const node = this.#nodes[i] as SessionVwap;
      const { inputs, output } = this.#slots[i] as StatefulSlot;
      const high = values[inputs[0] as number] as number;
      const low = values[inputs[1] as number] as number;
      const close = values[inputs[2] as number] as number;
      node.add(high, low, close, values[inputs[3] as number] as number);
      values[output] = node.value;
    }
  }

  openSession(): void {
    for (const node of this.#nodes) node.startSession();
  }
}

/** Values some bars ago: `prev` within the session, `lag` across sessions. */
export class PreviousGroup {
  readonly #slots: readonly StatefulSlot[];
  readonly #rings: readonly Float64Array[];
  readonly #places: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#slots = slots;
    this.#rings = slots.map(({ node }) => new Float64Array(node.length).fill(Number.NaN));
    this.#places = new Int32Array(slots.length);
  }

  step(evaluator: Evaluator): void {
    for (let i = 0; i < this.#slots.length; i++) {
      const { inputs, output } = this.#slots[i] as StatefulSlot;
      const ring = this.#rings[i] as Float64Array;
      const place = this.#places[i] as number;
      evaluator.values[output] = ring[place] as number;
      const input = inputs[0] as number;
      evaluator.refresh(input);
      ring[place] = evaluator.values[input] as number;
      this.#places[i] = place + 1 === ring.length ? 0 : place + 1;
    }
  }

  openSession(): void {
    for (const [i, { node }] of this.#slots.entries()) if (node.state === 'prev') this.#rings[i]?.fill(Number.NaN);
  }
}

/** High or low of the first minutes of the session; inputs the price and the minutes since the open. */
export class OpeningGroup {
  readonly #slots: readonly StatefulSlot[];
  readonly #extremes: Float64Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#slots = slots;
    this.#extremes = new Float64Array(slots.length).fill(Number.NaN);
  }

  step({ values }: Evaluator): void {
    for (let i = 0; i < this.#slots.length; i++) {
      const { node, inputs, output } = this.#slots[i] as StatefulSlot;
      const price = values[inputs[0] as number] as number;
      const minutes = values[inputs[1] as number] as number;
      const known = this.#extremes[i] as number;
      const isFurther = node.state === 'openingHigh' ? price > known : price < known;
      if (minutes <= node.length && (isFurther || known !== known)) this.#extremes[i] = price;
      values[output] = minutes >= node.length ? (this.#extremes[i] as number) : Number.NaN;
    }
  }

  openSession(): void {
    this.#extremes.fill(Number.NaN);
  }
}

/** Relative volume; inputs the volume and the minutes since the open. */
export class RelativeVolumeGroup {
  readonly #slots: readonly StatefulSlot[];
  readonly #nodes: readonly RelativeVolume[];

  constructor(slots: readonly StatefulSlot[]) {
    this.#slots = slots;
    this.#nodes = slots.map(({ node }) => new RelativeVolume(node.length));
  }

  step({ values }: Evaluator): void {
    for (let i = 0; i < this.#nodes.length; i++) {
      const node = this.#nodes[i] as RelativeVolume;
      const { inputs, output } = this.#slots[i] as StatefulSlot;
      node.add(values, inputs[1] as number, inputs[0] as number);
      values[output] = node.value;
    }
  }

  openSession(): void {
    for (const node of this.#nodes) node.startSession();
  }
}
