/**
 * IV rank, 0..1: where today's volatility lies between the lowest and highest of the past sessions (usually 252); outside that range it is below 0 or above 1. Missing
 * sessions are passed over; NaN when today is unknown or the past has no width.
 */
export function ivRank(today: number, past: ArrayLike<number>): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < past.length; i++) {
    const iv = past[i] as number;
    if (iv < low) low = iv;
    if (iv > high) high = iv;
  }
  return high > low ? (today - low) / (high - low) : Number.NaN;
}

/** IV percentile, 0..1: share of the known past sessions whose volatility was below today's; NaN when today or all of the past is unknown. */
export function ivPercentile(today: number, past: ArrayLike<number>): number {
  if (today !== today) return Number.NaN;
  let known = 0;
  let below = 0;
  for (let i = 0; i < past.length; i++) {
    const iv = past[i] as number;
    if (iv === iv) known++;
    if (iv < today) below++;
  }
  return known > 0 ? below / known : Number.NaN;
}
