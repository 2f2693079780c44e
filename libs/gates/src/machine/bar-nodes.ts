import { Atr, RollingMax, RollingMin, SessionVwap } from '@sos/math-engine';
import type { SeriesNode, SeriesPlaces } from './series-node.js';

/** Highest value of the session over the last bars; an unknown value is passed over. */
export class HighestNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: RollingMax;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new RollingMax(places.length);
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

  /** A missing value empties the window: yesterday's bars leave it. */
  startSession(): void {
    this.#indicator.add(Number.NaN);
  }
}

/** Lowest value of the session over the last bars; an unknown value is passed over. */
export class LowestNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: RollingMin;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new RollingMin(places.length);
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

  /** A missing value empties the window: yesterday's bars leave it. */
  startSession(): void {
    this.#indicator.add(Number.NaN);
  }
}

/** Average true range; inputs high, low, close. Session-continuous: the opening gap is part of the true range. */
export class AtrNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator: Atr;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#indicator = new Atr(places.length);
  }

  run(cells: Float64Array, from: number, to: number): void {
    const indicator = this.#indicator;
    const { inputs, output } = this.#places;
    const [high = 0, low = 0, close = 0] = inputs;
    for (let row = from; row < to; row++) {
      indicator.add(cells[high + row] as number, cells[low + row] as number, cells[close + row] as number);
      cells[output + row] = indicator.value;
    }
  }
}

/** The session's volume-weighted average price; inputs high, low, close, volume. */
export class VwapNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #indicator = new SessionVwap();

  constructor(places: SeriesPlaces) {
    this.#places = places;
  }

  run(cells: Float64Array, from: number, to: number): void {
    const indicator = this.#indicator;
    const { inputs, output } = this.#places;
    const [high = 0, low = 0, close = 0, volume = 0] = inputs;
    for (let row = from; row < to; row++) {
      const size = cells[volume + row] as number;
      indicator.add(cells[high + row] as number, cells[low + row] as number, cells[close + row] as number, size);
      cells[output + row] = indicator.value;
    }
  }

  startSession(): void {
    this.#indicator.startSession();
  }
}

/** The value some bars ago: `prev` within the session, `lag` across sessions. */
export class PreviousNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #ring: Float64Array;
  #place = 0;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#ring = new Float64Array(places.length).fill(Number.NaN);
  }

  run(cells: Float64Array, from: number, to: number): void {
    const ring = this.#ring;
    const { output } = this.#places;
    const input = this.#places.inputs[0] ?? 0;
    let place = this.#place;
    for (let row = from; row < to; row++) {
      cells[output + row] = ring[place] as number;
      ring[place] = cells[input + row] as number;
      if (++place === ring.length) place = 0;
    }
    this.#place = place;
  }

  startSession(): void {
    if (this.#places.state === 'prev') this.#ring.fill(Number.NaN);
  }
}

/** High or low of the first minutes of the session; inputs the price and the minutes since the open. */
export class OpeningNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  #extreme = Number.NaN;

  constructor(places: SeriesPlaces) {
    this.#places = places;
  }

  run(cells: Float64Array, from: number, to: number): void {
    const { inputs, output, length, state } = this.#places;
    const [input = 0, clock = 0] = inputs;
    for (let row = from; row < to; row++) {
      const price = cells[input + row] as number;
      const minutes = cells[clock + row] as number;
      const known = this.#extreme;
      const isFurther = state === 'openingHigh' ? price > known : price < known;
      if (minutes <= length && (isFurther || known !== known)) this.#extreme = price;
      cells[output + row] = minutes >= length ? this.#extreme : Number.NaN;
    }
  }

  startSession(): void {
    this.#extreme = Number.NaN;
  }
}
