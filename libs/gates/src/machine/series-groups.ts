import { Ema, RollingMax, RollingMin, RollingStdev, Rsi, Sma, Wma } from '@sos/math-engine';
import type { Evaluator } from './evaluator.js';
import type { StatefulSlot } from './program.js';

// One class for each indicator, alike on purpose: a loop over one class of objects is compiled to direct calls, a shared loop over many is not.

function inputsOf(slots: readonly StatefulSlot[]): Int32Array {
  return Int32Array.from(slots, (slot) => slot.inputs[0] ?? 0);
}

function outputsOf(slots: readonly StatefulSlot[]): Int32Array {
  return Int32Array.from(slots, (slot) => slot.output);
}

/** Simple means. */
export class SmaGroup {
  readonly #nodes: readonly Sma[];
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#nodes = slots.map(({ node }) => new Sma(node.length));
    this.#inputs = inputsOf(slots);
    this.#outputs = outputsOf(slots);
  }

  step(evaluator: Evaluator): void {
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as Sma;
      const x = evaluator.value(this.#inputs[i] as number);
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }
}

/** Exponential means. */
export class EmaGroup {
  readonly #nodes: readonly Ema[];
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#nodes = slots.map(({ node }) => new Ema(node.length));
    this.#inputs = inputsOf(slots);
    this.#outputs = outputsOf(slots);
  }

  step(evaluator: Evaluator): void {
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as Ema;
      const x = evaluator.value(this.#inputs[i] as number);
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }
}

/** Linearly weighted means. */
export class WmaGroup {
  readonly #nodes: readonly Wma[];
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#nodes = slots.map(({ node }) => new Wma(node.length));
    this.#inputs = inputsOf(slots);
    this.#outputs = outputsOf(slots);
  }

  step(evaluator: Evaluator): void {
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as Wma;
      const x = evaluator.value(this.#inputs[i] as number);
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }
}

/** Relative strength indices. */
export class RsiGroup {
  readonly #nodes: readonly Rsi[];
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#nodes = slots.map(({ node }) => new Rsi(node.length));
    this.#inputs = inputsOf(slots);
    this.#outputs = outputsOf(slots);
  }

  step(evaluator: Evaluator): void {
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as Rsi;
      const x = evaluator.value(this.#inputs[i] as number);
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }
}

/** Standard deviations: `stdev` of the sample, `bandwidth` of the population. */
export class StdevGroup {
  readonly #nodes: readonly RollingStdev[];
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#nodes = slots.map(
      ({ node }) => new RollingStdev(node.length, node.state === 'stdev' ? 'sample' : 'population'),
    );
    this.#inputs = inputsOf(slots);
    this.#outputs = outputsOf(slots);
  }

  step(evaluator: Evaluator): void {
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as RollingStdev;
      const x = evaluator.value(this.#inputs[i] as number);
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }
}

/** Highest values of the session. */
export class HighestGroup {
  readonly #nodes: readonly RollingMax[];
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#nodes = slots.map(({ node }) => new RollingMax(node.length));
    this.#inputs = inputsOf(slots);
    this.#outputs = outputsOf(slots);
  }

  step(evaluator: Evaluator): void {
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as RollingMax;
      const x = evaluator.value(this.#inputs[i] as number);
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }

  // A missing value empties a rolling extreme, so that yesterday's bars leave it.
  openSession(): void {
    for (const node of this.#nodes) node.add(Number.NaN);
  }
}

/** Lowest values of the session. */
export class LowestGroup {
  readonly #nodes: readonly RollingMin[];
  readonly #inputs: Int32Array;
  readonly #outputs: Int32Array;

  constructor(slots: readonly StatefulSlot[]) {
    this.#nodes = slots.map(({ node }) => new RollingMin(node.length));
    this.#inputs = inputsOf(slots);
    this.#outputs = outputsOf(slots);
  }

  step(evaluator: Evaluator): void {
    const nodes = this.#nodes;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i] as RollingMin;
      const x = evaluator.value(this.#inputs[i] as number);
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }

  // A missing value empties a rolling extreme, so that yesterday's bars leave it.
  openSession(): void {
    for (const node of this.#nodes) node.add(Number.NaN);
  }
}
