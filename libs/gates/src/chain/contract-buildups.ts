import { UNKNOWN_BUILDUP, buildupOf } from '@sos/math-engine';
import type { ReadSide } from './plain-tape.js';

/**
 * Buildup of every contract of one side between publications: vendors repeat open interest for minutes, so a contract is judged when its open interest changes,
 * against its premium and open interest at the change before; the verdict stands until the next change.
 */
export class ContractBuildups {
  /** Code of math-engine's buildup per strike, -1 unknown. */
  readonly codes: Int8Array;
  /** Newest known open interest per strike, units. */
  readonly openInterest: Float64Array;
  readonly #premium: Float64Array;
  readonly #noise: number;
  readonly #bands = { priceBand: 0, oiBand: 0 };

  constructor(strikes: number, noiseShare: number) {
    this.codes = new Int8Array(strikes).fill(UNKNOWN_BUILDUP);
    this.openInterest = new Float64Array(strikes).fill(Number.NaN);
    this.#premium = new Float64Array(strikes).fill(Number.NaN);
    this.#noise = noiseShare;
  }

  /** Takes the snapshot whose cells begin at `offset`; unknown cells say nothing. */
  add(side: ReadSide, offset: number): void {
    const { openInterest, codes } = this;
    const { ltp, openInterest: published } = side;
    const premiums = this.#premium;
    const count = codes.length;
    for (let i = 0; i < count; i++) {
      const interest = published[offset + i] as number;
      const premium = ltp[offset + i] as number;
      const before = openInterest[i] as number;
      if (interest !== interest || interest === before || premium !== premium) continue;
      if (before === before) this.#judge(i, premium, interest);
      premiums[i] = premium;
      openInterest[i] = interest;
    }
  }

  #judge(i: number, premium: number, openInterest: number): void {
    const oldPremium = this.#premium[i] as number;
    const oldInterest = this.openInterest[i] as number;
    this.#bands.priceBand = this.#noise * oldPremium;
    this.#bands.oiBand = this.#noise * oldInterest;
    this.codes[i] = buildupOf(premium - oldPremium, openInterest - oldInterest, this.#bands);
  }
}
