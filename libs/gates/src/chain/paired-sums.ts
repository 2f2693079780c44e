import type { ChainTape } from '@sos/domain';

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
  learn(tape: ChainTape, snapshot: number): void {
    if (this.#unpaired === 0) return;
    const offset = snapshot * tape.strikes.length;
    const { openInterest: calls } = tape.call;
    const { openInterest: puts } = tape.put;
    for (let i = 0; i < this.#isPaired.length; i++) {
      const sum = (calls[offset + i] as number) + (puts[offset + i] as number);
      if (sum !== sum || this.#isPaired[i] === 1) continue;
      this.#isPaired[i] = 1;
      this.#unpaired--;
    }
  }

  /** Sums strikes `from` to `to` (exclusive) of a snapshot into `calls` and `puts`. */
  sum(tape: ChainTape, snapshot: number, band: { readonly from: number; readonly to: number }): void {
    const offset = snapshot * tape.strikes.length;
    let universe = 0;
    let present = 0;
    let calls = 0;
    let puts = 0;
    for (let i = band.from; i < band.to; i++) {
      if (this.#isPaired[i] === 0) continue;
      universe++;
      const call = tape.call.openInterest[offset + i] as number;
      const put = tape.put.openInterest[offset + i] as number;
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
