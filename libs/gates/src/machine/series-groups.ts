import { Ema, Rsi, Wma } from '@sos/math-engine';
import type { Evaluator } from './evaluator.js';
import type { StatefulSlot } from './program.js';

// One class for each indicator, alike on purpose: a loop over one class of objects is compiled to direct calls, a shared loop over many is not.

function inputsOf(slots: readonly StatefulSlot[]): Int32Array {
  return Int32Array.from(slots, (slot) => slot.inputs[0] ?? 0);
}

function outputsOf(slots: readonly StatefulSlot[]): Int32Array {
  return Int32Array.from(slots, (slot) => slot.output);
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
      const input = this.#inputs[i] as number;
      evaluator.refresh(input);
      const x = evaluator.values[input] as number;
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
      const input = this.#inputs[i] as number;
      evaluator.refresh(input);
      const x = evaluator.values[input] as number;
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
      const input = this.#inputs[i] as number;
      evaluator.refresh(input);
      const x = evaluator.values[input] as number;
      const isKnown = x === x;
      if (isKnown) node.add(x);
      evaluator.values[this.#outputs[i] as number] = isKnown ? node.value : Number.NaN;
    }
  }
}
