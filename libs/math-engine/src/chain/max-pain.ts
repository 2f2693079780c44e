/* eslint-disable max-params -- columns and an offset, called for each snapshot: an options object would be allocated each time */

/**
 * What all holders together would be paid if the index expired at `settlement`: Σ max(S − K, 0) · call OI + max(K − S, 0) · put OI, in rupees when OI is in units.
 * NaN when any open interest is unknown.
 */
export function painAt(
  strikes: ArrayLike<number>,
  callOi: ArrayLike<number>,
  putOi: ArrayLike<number>,
  settlement: number,
  offset = 0,
): number {
  let pain = 0;
  for (let i = 0; i < strikes.length; i++) {
    const call = callOi[offset + i] as number;
    const put = putOi[offset + i] as number;
    const above = settlement - (strikes[i] as number);
    // The side that pays nothing still has to be known.
    pain += above > 0 ? above * call + 0 * put : 0 * call - above * put;
  }
  return pain;
}

/**
 * Max pain: the listed strike at which option holders together would be paid least; the lowest of equals. NaN when any open interest is unknown or there are no strikes.
 * O(strikes), one pass up and one down.
 * @param strikes ascending; `callOi`, `putOi` in units at cells offset .. offset + strikes.length
 */
export function maxPain(
  strikes: ArrayLike<number>,
  callOi: ArrayLike<number>,
  putOi: ArrayLike<number>,
  offset = 0,
): number {
  const count = strikes.length;
  if (count === 0) return Number.NaN;
  let putsAbove = 0;
  for (let i = 0; i < count; i++) putsAbove += putOi[offset + i] as number;
  let callsBelow = 0;
  let best = strikes[0] as number;
  let least = painAt(strikes, callOi, putOi, best, offset);
  if (least !== least) return Number.NaN;
  let pain = least;
  for (let i = 1; i < count; i++) {
    callsBelow += callOi[offset + i - 1] as number;
    putsAbove -= putOi[offset + i - 1] as number;
    pain += ((strikes[i] as number) - (strikes[i - 1] as number)) * (callsBelow - putsAbove);
    if (pain < least) {
      least = pain;
      best = strikes[i] as number;
    }
  }
  return best;
}
