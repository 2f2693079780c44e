/* eslint-disable max-params -- columns and a range of cells, called for each snapshot: an options object would be allocated each time */

/** Σ over cells `from` (inclusive) to `to` (exclusive), NaN when any cell of the band is unknown or the band is empty. */
export function bandSum(column: ArrayLike<number>, from: number, to: number): number {
  if (!(to > from)) return Number.NaN;
  let sum = 0;
  for (let i = from; i < to; i++) sum += column[i] as number;
  return sum;
}

/**
 * Put-call ratio of open interest, Σ puts / Σ calls, over a declared band of cells [from, to). NaN when any open interest in the band is unknown, when the band is
 * empty, or when the calls have none: a ratio over a drifting set of strikes is not comparable.
 * @param callOi open interest of calls in units, by cell
 * @param putOi same for puts
 */
export function pcrOpenInterest(callOi: ArrayLike<number>, putOi: ArrayLike<number>, from: number, to: number): number {
  const calls = bandSum(callOi, from, to);
  return calls > 0 ? bandSum(putOi, from, to) / calls : Number.NaN;
}

/** Put-call ratio of traded volume (units) over cells [from, to), under the same rules as `pcrOpenInterest`. */
export function pcrVolume(
  callVolume: ArrayLike<number>,
  putVolume: ArrayLike<number>,
  from: number,
  to: number,
): number {
  return pcrOpenInterest(callVolume, putVolume, from, to);
}

/**
 * Put-call ratio of open-interest change, Σ ΔOI puts / Σ ΔOI calls over cells [from, to). NaN when anything is unknown, or when the calls' change is below `least`
 * units (default 1), where the ratio means nothing; negative when puts lost open interest.
 */
export function pcrChange(
  callChange: ArrayLike<number>,
  putChange: ArrayLike<number>,
  from: number,
  to: number,
  least = 1,
): number {
  const calls = bandSum(callChange, from, to);
  return calls >= least && calls > 0 ? bandSum(putChange, from, to) / calls : Number.NaN;
}
