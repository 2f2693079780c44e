import { makeParityForward, parityForward, type ParityForward } from '@sos/math-engine';
import type { ReadTape } from './plain-tape.js';

/** As math-engine's parity forward: strikes nearest to the money that vote. */
const VOTERS = 7;

/**
 * Math-engine's parity forward for a few neighbouring strikes of a tape: the median over the strikes nearest to the money of K + C − P from two-sided mid quotes. Where all
 * are quoted and C − P falls from strike to strike, as it should, the nearest are found without comparing every strike with every other.
 */
export class NearParity {
  /** Rupees; NaN with fewer than three voters. */
  value = Number.NaN;
  /** C − P of the strikes looked at. */
  readonly #gaps: Float64Array;
  readonly #forwards = new Float64Array(VOTERS);
  readonly #forward: ParityForward = makeParityForward();

  /** @param most strikes that are looked at at once, at least */
  constructor(most: number) {
    this.#gaps = new Float64Array(most);
  }

  /** Looks at the strikes `from` to `to` (exclusive) of the snapshot whose cells begin at `offset`. */
  look(tape: ReadTape, offset: number, band: { readonly from: number; readonly to: number }): void {
    const count = band.to - band.from;
    if (count >= VOTERS && this.#readGaps(tape, offset, band)) {
      this.#vote(tape.strikes, band.from, count);
      return;
    }
    const { strikes, call, put } = tape;
    const quotes = { callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask };
    const cells = { strikes: strikes.subarray(band.from, band.to), offset: offset + band.from };
    this.value = parityForward({ ...cells, ...quotes }, this.#forward).value;
  }

  /** @returns whether every strike is quoted on both sides and C − P falls throughout */
  #readGaps({ call, put }: ReadTape, offset: number, band: { readonly from: number; readonly to: number }): boolean {
    const { bid: callBid, ask: callAsk } = call;
    const { bid: putBid, ask: putAsk } = put;
    const gaps = this.#gaps;
    const start = offset + band.from;
    const end = offset + band.to;
    let before = Number.POSITIVE_INFINITY;
    for (let at = start; at < end; at++) {
      const buyCall = callBid[at] as number;
      const sellCall = callAsk[at] as number;
      const buyPut = putBid[at] as number;
      const sellPut = putAsk[at] as number;
      if (!(buyCall > 0 && sellCall >= buyCall && buyPut > 0 && sellPut >= buyPut)) return false;
      const gap = (buyCall + sellCall) / 2 - (buyPut + sellPut) / 2;
      if (!(gap < before)) return false;
      gaps[at - start] = gap;
      before = gap;
    }
    return true;
  }

  #vote(strikes: Float64Array, from: number, count: number): void {
    const gaps = this.#gaps;
    const forwards = this.#forwards;
    let low = 0;
    let high = count - 1;
    // Of strikes equally far from the money the lower is the nearer.
    while (high - low >= VOTERS) {
      if (Math.abs(gaps[low] as number) > Math.abs(gaps[high] as number)) low++;
      else high--;
    }
    for (let i = low; i <= high; i++) {
      const x = (strikes[from + i] as number) + (gaps[i] as number);
      let at = i - low;
      for (; at > 0 && (forwards[at - 1] as number) > x; at--) forwards[at] = forwards[at - 1] as number;
      forwards[at] = x;
    }
    this.value = forwards[VOTERS >> 1] as number;
  }
}
