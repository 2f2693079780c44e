import { UNKNOWN_BUILDUP, buildupOf } from '@sos/math-engine';
import type { ReadSide } from './plain-tape.js';

/** The snapshots of a tape that were taken so far, ascending; the first `count` are in use. */
export interface TakenSnapshots {
  readonly taken: Int32Array;
  readonly count: number;
}

/**
 * Buildup of every contract of one side between publications: vendors repeat open interest for minutes, so a contract is judged when its open interest changes,
 * against its premium and open interest at the change before; the verdict stands until the next change. A contract is read when it votes: one that comes near the money
 * catches up on what was published before.
 */
export class ContractBuildups {
  /** Code of math-engine's buildup per strike, -1 unknown, as `judge` was asked last. */
  readonly codes: Int8Array;
  /** Newest known open interest per strike, units, as `judge` was asked last, and the one before. */
  readonly openInterest: Float64Array;
  readonly #oldInterest: Float64Array;
  /** Premiums when these were published, rupees. */
  readonly #premium: Float64Array;
  readonly #oldPremium: Float64Array;
  /** Per strike how many of the snapshots taken were read. */
  readonly #read: Int32Array;
  readonly #side: ReadSide;
  readonly #noise: number;
  readonly #bands = { priceBand: 0, oiBand: 0 };

  constructor(side: ReadSide, strikes: number, noiseShare: number) {
    const unknown = (): Float64Array => new Float64Array(strikes).fill(Number.NaN);
    this.#side = side;
    this.codes = new Int8Array(strikes).fill(UNKNOWN_BUILDUP);
    this.openInterest = unknown();
    this.#oldInterest = unknown();
    this.#premium = unknown();
    this.#oldPremium = unknown();
    this.#read = new Int32Array(strikes);
    this.#noise = noiseShare;
  }

  /** Brings `codes` and `openInterest` up to date for the strikes `from` to `to` (exclusive): only those that vote are worth a verdict. */
  judge({ taken, count }: TakenSnapshots, from: number, to: number): void {
    const strikes = this.codes.length;
    for (let i = from; i < to; i++) {
      let isChanged = false;
      for (let s = this.#read[i] as number; s < count; s++)
        if (this.#take(i, (taken[s] as number) * strikes + i)) isChanged = true;
      this.#read[i] = count;
      if (isChanged) this.#decide(i);
    }
  }

  /** Unknown cells say nothing. @returns whether open interest changed */
  #take(i: number, cell: number): boolean {
    const interest = this.#side.openInterest[cell] as number;
    const premium = this.#side.ltp[cell] as number;
    const before = this.openInterest[i] as number;
    if (interest !== interest || interest === before || premium !== premium) return false;
    this.#oldPremium[i] = this.#premium[i] as number;
    this.#oldInterest[i] = before;
    this.#premium[i] = premium;
    this.openInterest[i] = interest;
    return true;
  }

  #decide(i: number): void {
    const premium = this.#oldPremium[i] as number;
    const interest = this.#oldInterest[i] as number;
    const bands = this.#bands;
    bands.priceBand = this.#noise * premium;
    bands.oiBand = this.#noise * interest;
    this.codes[i] = buildupOf(
      (this.#premium[i] as number) - premium,
      (this.openInterest[i] as number) - interest,
      bands,
    );
  }
}
