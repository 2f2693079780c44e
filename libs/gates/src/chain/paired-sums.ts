import type { ReadTape } from './plain-tape.js';

/** Share of the strikes once seen with both sides that must show both now; with fewer a sum would be of another universe. */
const LEAST_SHARE = 0.9;

/**
 * Open interest of calls and puts summed over strikes that show both sides: a strike with one side missing would tilt the ratio.
 * The universe of a session is the strikes that ever showed both; NaN when less than nine tenths of it is there, or nothing.
 */
export class PairedSums {
  calls = Number.NaN;
  puts = Number.NaN;
  readonly #isPaired: Uint8Array;
  /** Strikes that have not shown both sides yet. */
  #unpaired: number;

  constructor(strikes: number) {
    this.#isPaired = new Uint8Array(strikes);
    this.#unpaired = strikes;
  }

  /** Learns which strikes show both sides. */
  learn(tape: ReadTape, snapshot: number): void {
    if (this.#unpaired === 0) return;
    const isPaired = this.#isPaired;
    const offset = snapshot * tape.strikes.length;
    const { openInterest: calls } = tape.call;
    const { openInterest: puts } = tape.put;
    for (let i = 0; i < isPaired.length; i++) {
      if (isPaired[i] === 1) continue;
      const sum = (calls[offset + i] as number) + (puts[offset + i] as number);
      if (sum !== sum) continue;
      isPaired[i] = 1;
      this.#unpaired--;
    }
  }

  /** Sums strikes `from` to `to` (exclusive) of a snapshot into `calls` and `puts`. */
  sum(tape: ReadTape, snapshot: number, band: { readonly from: number; readonly to: number }): void {
    const isPaired = this.#isPaired;
    const callInterest = tape.call.openInterest;
    const putInterest = tape.put.openInterest;
    const offset = snapshot * tape.strikes.length;
    const { from, to } = band;
    let universe = 0;
    let present = 0;
    let calls = 0;
    let puts = 0;
    for (let i = from; i < to; i++) {
      if (isPaired[i] === 0) continue;
      universe++;
      const call = callInterest[offset + i] as number;
      const put = putInterest[offset + i] as number;
      if (call !== call || put !== put) continue;
      present++;
      calls += call;
      puts += put;
    }
    const isUsable = present > 0 && present >= LEAST_SHARE * universe;
    this.calls = isUsable ? calls : Number.NaN;
    this.puts = isUsable ? puts : Number.NaN;
  }
}
