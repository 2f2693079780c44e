/* eslint-disable max-params -- columns and an offset, called for each snapshot: an options object would be allocated each time */

/** Strikes with the largest open interest on their side of the forward; NaN where that side is unknown or has none. Open interest in units. */
export interface OiWalls {
  callStrike: number;
  callOi: number;
  putStrike: number;
  putOi: number;
}

/** Walls to be filled in by `oiWalls`; as returned they are unknown. */
export function makeOiWalls(): OiWalls {
  return { callStrike: Number.NaN, callOi: Number.NaN, putStrike: Number.NaN, putOi: Number.NaN };
}

/**
 * Open-interest walls: the call wall (resistance) is the strike ≥ forward with most call open interest, the put wall (support) the strike ≤ forward with most put open
 * interest; of equals the one nearer to the forward. Unknown cells are passed over.
 * @param strikes ascending; `callOi`, `putOi` in units at cells offset .. offset + strikes.length
 * @param out filled and returned; give one to avoid allocation
 */
export function oiWalls(
  strikes: ArrayLike<number>,
  callOi: ArrayLike<number>,
  putOi: ArrayLike<number>,
  forward: number,
  offset = 0,
  out: OiWalls = makeOiWalls(),
): OiWalls {
  out.callStrike = out.callOi = out.putStrike = out.putOi = Number.NaN;
  let calls = 0;
  let puts = 0;
  for (let i = 0; i < strikes.length; i++) {
    const strike = strikes[i] as number;
    const call = callOi[offset + i] as number;
    const put = putOi[offset + i] as number;
    if (strike >= forward && call > calls) {
      calls = out.callOi = call;
      out.callStrike = strike;
    }
    if (strike <= forward && put > 0 && put >= puts) {
      puts = out.putOi = put;
      out.putStrike = strike;
    }
  }
  return out;
}
