const MINUTES = 400;
const LEAST_SESSIONS = 3;

/**
 * The session's cumulative volume over the mean cumulative volume at the same minute of earlier sessions; NaN until three of those are known at that minute.
 * A minute of unknown volume leaves the ratio of that minute unknown and the sum as it was.
 */
export class RelativeVolume {
  value = Number.NaN;
  readonly #sessions: number;
  /** Cumulative volume of the kept sessions at `[session * MINUTES + minute]`, and per minute their sum and number. */
  readonly #kept: Float64Array;
  readonly #sums = new Float64Array(MINUTES);
  readonly #counts = new Int32Array(MINUTES);
  readonly #today = new Float64Array(MINUTES).fill(Number.NaN);
  #oldest = 0;
  #cumulative = 0;
  #isStarted = false;

  /** @param sessions how many earlier sessions are averaged */
  constructor(sessions: number) {
    this.#sessions = sessions;
    this.#kept = new Float64Array(sessions * MINUTES).fill(Number.NaN);
  }

  /** Begins a session: the one before becomes history. */
  startSession(): void {
    if (this.#isStarted) this.#store();
    this.#isStarted = false;
    this.#cumulative = 0;
    this.#today.fill(Number.NaN);
    this.value = Number.NaN;
  }

  /** Reads slots of `values` itself: a number handed over would be allocated. @param minuteSlot minutes since the open; @param volumeSlot units of this minute */
  add(values: Float64Array, minuteSlot: number, volumeSlot: number): void {
    this.value = Number.NaN;
    const minute = values[minuteSlot] as number;
    const volume = values[volumeSlot] as number;
    const at = Math.floor(minute);
    if (!(at >= 0 && at < MINUTES) || volume !== volume) return;
    this.#isStarted = true;
    this.#cumulative += volume;
    this.#today[at] = this.#cumulative;
    const count = this.#counts[at] as number;
    const sum = this.#sums[at] as number;
    if (count >= LEAST_SESSIONS && sum > 0) this.value = (this.#cumulative * count) / sum;
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
