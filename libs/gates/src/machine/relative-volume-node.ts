import type { SeriesNode, SeriesPlaces } from './series-node.js';

const MINUTES = 400;
const LEAST_SESSIONS = 3;

/**
 * Relative volume; inputs the volume and the minutes since the open: the session's cumulative volume over the mean cumulative volume at the same minute of earlier sessions; NaN until three of those are known at that minute.
 * A minute of unknown volume leaves the ratio of that minute unknown and the sum as it was.
 */
export class RelativeVolumeNode implements SeriesNode {
  readonly #places: SeriesPlaces;
  readonly #sessions: number;
  /** Cumulative volume of the kept sessions at `[session * MINUTES + minute]`, and per minute their sum and number. */
  readonly #kept: Float64Array;
  readonly #sums = new Float64Array(MINUTES);
  readonly #counts = new Int32Array(MINUTES);
  readonly #today = new Float64Array(MINUTES).fill(Number.NaN);
  #oldest = 0;
  #cumulative = 0;
  #isStarted = false;

  constructor(places: SeriesPlaces) {
    this.#places = places;
    this.#sessions = places.length;
    this.#kept = new Float64Array(places.length * MINUTES).fill(Number.NaN);
  }

  /** Begins a session: the one before becomes history. */
  startSession(): void {
    if (this.#isStarted) this.#store();
    this.#isStarted = false;
    this.#cumulative = 0;
    this.#today.fill(Number.NaN);
  }

  run(cells: Float64Array, from: number, to: number): void {
    const { inputs, output } = this.#places;
    const [volume = 0, clock = 0] = inputs;
    for (let row = from; row < to; row++) {
      const at = Math.floor(cells[clock + row] as number);
      const units = cells[volume + row] as number;
      cells[output + row] = Number.NaN;
      if (!(at >= 0 && at < MINUTES) || units !== units) continue;
      this.#isStarted = true;
      this.#cumulative += units;
      this.#today[at] = this.#cumulative;
      const count = this.#counts[at] as number;
      const sum = this.#sums[at] as number;
      if (count >= LEAST_SESSIONS && sum > 0) cells[output + row] = (this.#cumulative * count) / sum;
    }
  }

  #store(): void {
    const row = this.#oldest * MINUTES;
    for (let at = 0; at < MINUTES; at++) {
      this.#kept[row + at] = this.#today[at] as number;
      this.#count(at);
    }
    this.#oldest = (this.#oldest + 1) % this.#sessions;
  }

  // Summed anew once per session, so that rounding never grows.
  #count(at: number): void {
    let sum = 0;
    let count = 0;
    for (let session = 0; session < this.#sessions; session++) {
      const volume = this.#kept[session * MINUTES + at] as number;
      if (volume !== volume) continue;
      sum += volume;
      count++;
    }
    this.#sums[at] = sum;
    this.#counts[at] = count;
  }
}
