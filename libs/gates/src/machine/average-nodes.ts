import { Ema, RollingStdev, Rsi, Sma, Wma } from '@sos/math-engine';
import type { SeriesNode, SeriesPlaces } from './series-node.js';

// One class for each indicator, alike on purpose: a loop over one class of objects is compiled to direct calls, a shared loop over many is not. All of them are
// session-continuous and pass over an unknown value.

/** Simple mean. */
export class SmaNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: Sma;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new Sma(places.length);
  }

  run(cells: Float64Array, from: number, to: number): void {
    const indicator = this.#indicator;
    const { output } = this.#places;
    const input = this.#places.inputs[0] ?? 0;
    for (let row = from; row < to; row++) {
      const x = cells[input + row] as number;
      if (x === x) indicator.add(x);
      cells[output + row] = x === x ? indicator.value : Number.NaN;
    }
  }
}

/** Exponential mean. */
export class EmaNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: Ema;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new Ema(places.length);
  }

  run(cells: Float64Array, from: number, to: number): void {
    const indicator = this.#indicator;
    const { output } = this.#places;
    const input = this.#places.inputs[0] ?? 0;
    for (let row = from; row < to; row++) {
      const x = cells[input + row] as number;
      if (x === x) indicator.add(x);
      cells[output + row] = x === x ? indicator.value : Number.NaN;
    }
  }
}

/** Linearly weighted mean. */
export class WmaNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: Wma;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new Wma(places.length);
  }

  run(cells: Float64Array, from: number, to: number): void {
    const indicator = this.#indicator;
    const { output } = this.#places;
    const input = this.#places.inputs[0] ?? 0;
    for (let row = from; row < to; row++) {
      const x = cells[input + row] as number;
      if (x === x) indicator.add(x);
      cells[output + row] = x === x ? indicator.value : Number.NaN;
    }
  }
}

/** Relative strength index. */
export class RsiNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: Rsi;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new Rsi(places.length);
  }

  run(cells: Float64Array, from: number, to: number): void {
    const indicator = this.#indicator;
    const { output } = this.#places;
    const input = this.#places.inputs[0] ?? 0;
    for (let row = from; row < to; row++) {
      const x = cells[input + row] as number;
      if (x === x) indicator.add(x);
      cells[output + row] = x === x ? indicator.value : Number.NaN;
    }
  }
}

/** Standard deviation: `stdev` of the sample, `bandwidth` of the population. */
export class DeviationNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: RollingStdev;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new RollingStdev(places.length, places.state === 'stdev' ? 'sample' : 'population');
  }

  run(cells: Float64Array, from: number, to: number): void {
    const indicator = this.#indicator;
    const { output } = this.#places;
    const input = this.#places.inputs[0] ?? 0;
    for (let row = from; row < to; row++) {
      const x = cells[input + row] as number;
      if (x === x) indicator.add(x);
      cells[output + row] = x === x ? indicator.value : Number.NaN;
    }
  }
}
