/** √(2/π): the at-the-money straddle in units of one standard deviation. */
const STRADDLE_SHARE = Math.sqrt(2 / Math.PI);

/** Premium of the straddle, call + put of one strike and expiry, in rupees; NaN when either is unknown. */
export function straddlePrice(call: number, put: number): number {
  return call + put;
}

/**
 * One standard deviation of the index until expiry, F · σ · √T, in rupees.
 * @param forward rupees
 * @param sigma volatility per √year, 0.15 = 15 %
 * @param years time to expiry
 */
export function expectedMove(forward: number, sigma: number, years: number): number {
  return forward * sigma * Math.sqrt(years);
}

/** One standard deviation in rupees as the at-the-money straddle prices it: √(π/2) = 1.2533 × premium. */
export function expectedMoveFromStraddle(straddle: number): number {
  return straddle / STRADDLE_SHARE;
}
