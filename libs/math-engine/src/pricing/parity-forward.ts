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

/** Forwards of the `wanted` strikes nearest to the money (smallest |C − P|), by ascending distance; of equals the lower strike. */
function nearestForwards(input: ParityInput, wanted: number): number[] {
  const { strikes, callBid, callAsk, putBid, putAsk, offset = 0, discount = 1 } = input;
  const distances: number[] = [];
  const forwards: number[] = [];
  for (let i = 0; i < strikes.length; i++) {
    const at = offset + i;
    const call = mid(callBid[at] as number, callAsk[at] as number);
    const put = mid(putBid[at] as number, putAsk[at] as number);
    const gap = (call - put) / discount;
    const far = Math.abs(gap);
    if (far !== far || (distances.length === wanted && far >= (distances[wanted - 1] as number))) continue;
    let place = distances.length;
    while (place > 0 && (distances[place - 1] as number) > far) place--;
    distances.splice(place, 0, far);
    forwards.splice(place, 0, (strikes[i] as number) + gap);
    if (distances.length > wanted) {
      distances.pop();
      forwards.pop();
    }
  }
  return forwards;
}

function medianOf(values: number[]): number {
  values.sort((a, b) => a - b);
  const half = values.length >> 1;
  const upper = values[half] as number;
  return values.length % 2 === 1 ? upper : ((values[half - 1] as number) + upper) / 2;
}

/**
 * Forward of an expiry: the median over the strikes nearest to the money of K + (C − P) / discount from two-sided mid quotes (put-call parity), at least 3 of
 * them; else the future of that expiry, else spot × carry, else the spot; the rung is recorded.
 * @param out filled and returned; give one to avoid allocation
 */
export function parityForward(input: ParityInput, out: ParityForward = makeParityForward()): ParityForward {
  const forwards = nearestForwards(input, Math.max(LEAST_VOTERS, input.voters ?? DEFAULT_VOTERS));
  out.strikes = forwards.length;
  if (forwards.length >= LEAST_VOTERS) return settle(out, 'parity', medianOf(forwards));
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
