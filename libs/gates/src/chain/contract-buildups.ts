import { UNKNOWN_BUILDUP, buildupOf } from '@sos/math-engine';
import type { ChainSide } from '@sos/domain';

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
  add(side: ChainSide, offset: number): void {
    for (let i = 0; i < this.codes.length; i++) {
      const premium = side.ltp[offset + i] as number;
      const openInterest = side.openInterest[offset + i] as number;
      const before = this.openInterest[i] as number;
      if (premium !== premium || openInterest !== openInterest || openInterest === before) continue;
      if (before === before) this.codes[i] = this.#judge(i, premium, openInterest);
      this.#premium[i] = premium;
      this.openInterest[i] = openInterest;
    }
  }

  #judge(i: number, premium: number, openInterest: number): number {
    const oldPremium = this.#premium[i] as number;
    const oldInterest = this.openInterest[i] as number;
    this.#bands.priceBand = this.#noise * oldPremium;
    this.#bands.oiBand = this.#noise * oldInterest;
    return buildupOf(premium - oldPremium, openInterest - oldInterest, this.#bands);
  }
}
