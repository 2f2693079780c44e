import { UNKNOWN_BUILDUP, buildupOf } from '@sos/math-engine';
import type { ReadSide } from './plain-tape.js';

/**
 * Buildup of every contract of one side between publications: vendors repeat open interest for minutes, so a contract is judged when its open interest changes,
 * against its premium and open interest at the change before; the verdict stands until the next change.
 */
export class ContractBuildups {
  /** Code of math-engine's buildup per strike, -1 unknown, where `judge` was asked last. */
  readonly codes: Int8Array;
  /** Newest known open interest per strike, units, and the one before. */
  readonly openInterest: Float64Array;
  readonly #oldInterest: Float64Array;
  /** Premiums when these were published, rupees. */
  readonly #premium: Float64Array;
  readonly #oldPremium: Float64Array;
  readonly #noise: number;
  readonly #bands = { priceBand: 0, oiBand: 0 };

  constructor(strikes: number, noiseShare: number) {
    const unknown = (): Float64Array => new Float64Array(strikes).fill(Number.NaN);
    this.codes = new Int8Array(strikes).fill(UNKNOWN_BUILDUP);
    this.openInterest = unknown();
    this.#oldInterest = unknown();
    this.#premium = unknown();
    this.#oldPremium = unknown();
    this.#noise = noiseShare;
  }

  /** Takes the snapshot whose cells begin at `offset`; unknown cells say nothing. */
  add(side: ReadSide, offset: number): void {
    const { ltp, openInterest: published } = side;
    const interests = this.openInterest;
    const premiums = this.#premium;
    const oldInterests = this.#oldInterest;
    const oldPremiums = this.#oldPremium;
    const count = interests.length;
    for (let i = 0; i < count; i++) {
      const interest = published[offset + i] as number;
      const premium = ltp[offset + i] as number;
      const before = interests[i] as number;
      if (interest !== interest || interest === before || premium !== premium) continue;
      oldPremiums[i] = premiums[i] as number;
      oldInterests[i] = before;
      premiums[i] = premium;
      interests[i] = interest;
    }
  }

  /** Brings `codes` up to date for the strikes `from` to `to` (exclusive): only those that vote are worth a verdict. */
  judge(from: number, to: number): void {
    const bands = this.#bands;
    for (let i = from; i < to; i++) {
      const premium = this.#oldPremium[i] as number;
      const interest = this.#oldInterest[i] as number;
      bands.priceBand = this.#noise * premium;
      bands.oiBand = this.#noise * interest;
      this.codes[i] = buildupOf(
        (this.#premium[i] as number) - premium,
        (this.openInterest[i] as number) - interest,
        bands,
      );
    }
  }
}
