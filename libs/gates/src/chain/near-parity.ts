import type { ReadTape } from './plain-tape.js';

/** As math-engine's parity forward: strikes nearest to the money that vote, and how many must. */
const VOTERS = 7;
const LEAST_VOTERS = 3;

/**
 * Math-engine's parity forward for a few neighbouring strikes of a tape, without an array made for each snapshot: the median over the strikes nearest to the money of
 * K + C − P from two-sided mid quotes.
 */
export class NearParity {
  /** Rupees; NaN with fewer than three voters. */
  value = Number.NaN;
  readonly #distances = new Float64Array(VOTERS);
  readonly #forwards = new Float64Array(VOTERS);

  /** Looks at the strikes `from` to `to` (exclusive) of the snapshot whose cells begin at `offset`. */
  look({ strikes, call, put }: ReadTape, offset: number, band: { readonly from: number; readonly to: number }): void {
    const { bid: callBid, ask: callAsk } = call;
    const { bid: putBid, ask: putAsk } = put;
    const forwards = this.#forwards;
    const { from, to } = band;
    let count = 0;
    for (let i = from; i < to; i++) {
      const at = offset + i;
      const buyCall = callBid[at] as number;
      const sellCall = callAsk[at] as number;
      const buyPut = putBid[at] as number;
      const sellPut = putAsk[at] as number;
      if (!(buyCall > 0 && sellCall >= buyCall && buyPut > 0 && sellPut >= buyPut)) continue;
      const gap = (buyCall + sellCall) / 2 - (buyPut + sellPut) / 2;
      const place = this.#placeOf(gap < 0 ? -gap : gap, count);
      if (place < 0) continue;
      forwards[place] = (strikes[i] as number) + gap;
      if (count < VOTERS) count++;
    }
    this.#settle(count);
  }

  /** Makes room among the `count` nearest strikes for one so far from the money; -1 when it is not among them. Of equals the earlier stays nearer. */
  #placeOf(distance: number, count: number): number {
    const distances = this.#distances;
    const forwards = this.#forwards;
    const isFull = count === VOTERS;
    if (distance !== distance || (isFull && distance >= (distances[VOTERS - 1] as number))) return -1;
    let place = isFull ? VOTERS - 1 : count;
    for (; place > 0 && (distances[place - 1] as number) > distance; place--) {
      distances[place] = distances[place - 1] as number;
      forwards[place] = forwards[place - 1] as number;
    }
    distances[place] = distance;
    return place;
  }

  #settle(count: number): void {
    const forwards = this.#forwards;
    for (let i = 1; i < count; i++) {
      const x = forwards[i] as number;
      let at = i;
      for (; at > 0 && (forwards[at - 1] as number) > x; at--) forwards[at] = forwards[at - 1] as number;
      forwards[at] = x;
    }
    const half = count >> 1;
    const upper = forwards[half] as number;
    if (count < LEAST_VOTERS) this.value = Number.NaN;
    else this.value = count % 2 === 1 ? upper : ((forwards[half - 1] as number) + upper) / 2;
  }
}
