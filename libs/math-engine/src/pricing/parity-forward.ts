/** Which source gave a forward, best first. */
export type ForwardRung = 'parity' | 'future' | 'spot-carry' | 'spot' | 'unknown';

/** Quotes of one expiry at one instant, as columns of a chain at cells offset .. offset + strikes.length; NaN = unknown. Prices in rupees. */
export interface ParityInput {
  /** Ascending. */
  readonly strikes: ArrayLike<number>;
  readonly callBid: ArrayLike<number>;
  readonly callAsk: ArrayLike<number>;
  readonly putBid: ArrayLike<number>;
  readonly putAsk: ArrayLike<number>;
  readonly offset?: number;
  /** Discount factor to expiry, default 1. */
  readonly discount?: number;
  /** Strikes nearest to the money that vote, default 7; at least 3 with two-sided quotes are needed. */
  readonly voters?: number;
  /** Price of the future of the SAME expiry. */
  readonly future?: number;
  readonly spot?: number;
  /** Growth of the spot to expiry, e^(rT); without it the spot itself is the last rung. */
  readonly carry?: number;
}

/** A forward in rupees (NaN when unknown), where it came from, and how many strikes voted. */
export interface ParityForward {
  value: number;
  rung: ForwardRung;
  strikes: number;
}

const LEAST_VOTERS = 3;
/** More average out the noise of single quotes; beyond seven nothing is gained. */
const DEFAULT_VOTERS = 7;

/** A forward to be filled in by `parityForward`; as returned it is unknown. */
export function makeParityForward(): ParityForward {
  return { value: Number.NaN, rung: 'unknown', strikes: 0 };
}

function mid(bid: number, ask: number): number {
  return bid > 0 && ask >= bid ? (bid + ask) / 2 : Number.NaN;
}

/** The strikes nearest to the money found so far, by ascending distance, in columns that are used again: a forward is asked for at every snapshot. */
class NearestStrikes {
  count = 0;
  #distances = new Float64Array(DEFAULT_VOTERS);
  #forwards = new Float64Array(DEFAULT_VOTERS);
  #wanted = DEFAULT_VOTERS;

  start(wanted: number): void {
    this.count = 0;
    this.#wanted = wanted;
    if (this.#distances.length >= wanted) return;
    this.#distances = new Float64Array(wanted);
    this.#forwards = new Float64Array(wanted);
  }

  /** Of strikes equally far the one offered first stays nearer. */
  offer(strike: number, gap: number): void {
    const distances = this.#distances;
    const far = Math.abs(gap);
    const isFull = this.count === this.#wanted;
    if (far !== far || (isFull && far >= (distances[this.count - 1] as number))) return;
    let place = isFull ? this.count - 1 : this.count++;
    for (; place > 0 && (distances[place - 1] as number) > far; place--) {
      distances[place] = distances[place - 1] as number;
      this.#forwards[place] = this.#forwards[place - 1] as number;
    }
    distances[place] = far;
    this.#forwards[place] = strike + gap;
  }

  /** The median forward; puts the forwards into order of size. */
  median(): number {
    const forwards = this.#forwards;
    for (let i = 1; i < this.count; i++) {
      const x = forwards[i] as number;
      let at = i;
      for (; at > 0 && (forwards[at - 1] as number) > x; at--) forwards[at] = forwards[at - 1] as number;
      forwards[at] = x;
    }
    const half = this.count >> 1;
    const upper = forwards[half] as number;
    return this.count % 2 === 1 ? upper : ((forwards[half - 1] as number) + upper) / 2;
  }
}

const nearest = new NearestStrikes();

function findNearest(input: ParityInput, wanted: number): void {
  const { strikes, callBid, callAsk, putBid, putAsk, offset = 0, discount = 1 } = input;
  nearest.start(wanted);
  for (let i = 0; i < strikes.length; i++) {
    const at = offset + i;
    const call = mid(callBid[at] as number, callAsk[at] as number);
    const put = mid(putBid[at] as number, putAsk[at] as number);
    nearest.offer(strikes[i] as number, (call - put) / discount);
  }
}

/**
 * Forward of an expiry: the median over the strikes nearest to the money of K + (C − P) / discount from two-sided mid quotes (put-call parity), at least 3 of
 * them; else the future of that expiry, else spot × carry, else the spot; the rung is recorded.
 * @param out filled and returned; give one to avoid allocation
 */
export function parityForward(input: ParityInput, out: ParityForward = makeParityForward()): ParityForward {
  findNearest(input, Math.max(LEAST_VOTERS, input.voters ?? DEFAULT_VOTERS));
  out.strikes = nearest.count;
  if (nearest.count >= LEAST_VOTERS) return settle(out, 'parity', nearest.median());
  out.strikes = 0;
  const { future = Number.NaN, spot = Number.NaN, carry = Number.NaN } = input;
  if (future > 0) return settle(out, 'future', future);
  if (spot * carry > 0) return settle(out, 'spot-carry', spot * carry);
  if (spot > 0) return settle(out, 'spot', spot);
  return settle(out, 'unknown', Number.NaN);
}

function settle(out: ParityForward, rung: ForwardRung, value: number): ParityForward {
  out.rung = rung;
  out.value = value;
  return out;
}
