import type { TakenSnapshots } from './contract-buildups.js';
import type { ReadTape } from './plain-tape.js';

/** Share of the strikes once seen with both sides that must show both now; with fewer a sum would be of another universe. */
const LEAST_SHARE = 0.9;

/** Strikes `from` to `to` (exclusive). */
interface Band {
  readonly from: number;
  readonly to: number;
}

/** Open interest of both sides, units; NaN when too few strikes show it. */
export interface SideSums {
  calls: number;
  puts: number;
}

/** The sums of one snapshot over one band, and how many pairs were known when they were taken. */
class KeptSums implements SideSums {
  calls = Number.NaN;
  puts = Number.NaN;
  snapshot = -1;
  from = -1;
  to = -1;
  pairs = -1;
}

/**
 * Open interest of calls and puts summed over strikes that show both sides: a strike with one side missing would tilt the ratio.
 * The universe of a session is the strikes that ever showed both; NaN when less than nine tenths of it is there, or nothing.
 */
export class PairedSums {
  readonly #tape: ReadTape;
  readonly #isPaired: Uint8Array;
  /** Per strike how many of the snapshots taken were looked at. */
  readonly #read: Int32Array;
  #pairs = 0;
  // The sums of this snapshot are those before the next one. Three are kept, because one of long ago is asked for in between.
  readonly #kept = [new KeptSums(), new KeptSums(), new KeptSums()];
  #oldest = 0;

  constructor(tape: ReadTape) {
    this.#tape = tape;
    this.#isPaired = new Uint8Array(tape.strikes.length);
    this.#read = new Int32Array(tape.strikes.length);
  }

  /** Learns which strikes of the band showed both sides in the snapshots taken so far. */
  learn(snapshots: TakenSnapshots, { from, to }: Band): void {
    for (let i = from; i < to; i++) if (this.#isPaired[i] === 0) this.#catchUp(snapshots, i);
  }

  #catchUp({ taken, count }: TakenSnapshots, i: number): void {
    const { strikes, call, put } = this.#tape;
    for (let s = this.#read[i] as number; s < count; s++) {
      const cell = (taken[s] as number) * strikes.length + i;
      const sum = (call.openInterest[cell] as number) + (put.openInterest[cell] as number);
      if (sum !== sum) continue;
      this.#isPaired[i] = 1;
      this.#pairs++;
      return;
    }
    this.#read[i] = count;
  }

  /** Sums of a snapshot over a band; the object is reused by later calls. */
  sum(snapshot: number, band: Band): SideSums {
    for (let k = 0; k < this.#kept.length; k++) {
      const kept = this.#kept[k] as KeptSums;
      if (this.#isOf(kept, snapshot, band)) return kept;
    }
    const kept = this.#kept[this.#oldest] as KeptSums;
    this.#oldest = this.#oldest === this.#kept.length - 1 ? 0 : this.#oldest + 1;
    kept.snapshot = snapshot;
    kept.from = band.from;
    kept.to = band.to;
    kept.pairs = this.#pairs;
    this.#fill(kept, snapshot * this.#tape.strikes.length);
    return kept;
  }

  #isOf(kept: KeptSums, snapshot: number, { from, to }: Band): boolean {
    return kept.snapshot === snapshot && kept.from === from && kept.to === to && kept.pairs === this.#pairs;
  }

  #fill(kept: KeptSums, offset: number): void {
    const isPaired = this.#isPaired;
    const callInterest = this.#tape.call.openInterest;
    const putInterest = this.#tape.put.openInterest;
    let universe = 0;
    let present = 0;
    let calls = 0;
    let puts = 0;
    for (let i = kept.from; i < kept.to; i++) {
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
    kept.calls = isUsable ? calls : Number.NaN;
    kept.puts = isUsable ? puts : Number.NaN;
  }
}
