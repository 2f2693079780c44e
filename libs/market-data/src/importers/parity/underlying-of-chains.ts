import { makeParityForward, parityForward } from '@sos/math-engine';
import type { ChainTape, IstDate } from '@sos/domain';
import type { Snapshots } from './bars-of-snapshots.js';

/** The chain nearest to its expiry that is not over yet: its forward is the closest to the spot. */
function nearestTape(tapes: readonly ChainTape[], date: IstDate): ChainTape | null {
  const alive = tapes.filter((tape) => tape.expiry >= date);
  return alive.reduce<ChainTape | null>((best, tape) => (best && best.expiry <= tape.expiry ? best : tape), null);
}

function forwardsOf(tape: ChainTape): Float64Array {
  const out = new Float64Array(tape.length);
  const forward = makeParityForward();
  for (let i = 0; i < tape.length; i++) {
    const { call, put, strikes } = tape;
    const offset = i * strikes.length;
    const quotes = { strikes, callBid: call.bid, callAsk: call.ask, putBid: put.bid, putAsk: put.ask, offset };
    out[i] = parityForward(quotes, forward).value;
  }
  return out;
}

/**
 * The underlying through a session as its chains tell it, dated by availability: the value printed with the pages when every page has one,
 * else the put-call-parity forward of the nearest expiry (never a mixture: the two differ by the cost of carry). NaN where neither is known.
 */
export function underlyingOfChains(tapes: readonly ChainTape[], date: IstDate): Snapshots {
  const tape = nearestTape(tapes, date);
  if (!tape) return { length: 0, availableAt: [], value: [] };
  const printed = tape.spot.every((value) => value > 0);
  return { length: tape.length, availableAt: tape.availableAt, value: printed ? tape.spot : forwardsOf(tape) };
}
