/** Largest squared relative distance for which the series below reaches the last bit: strikes within −20 % .. +25 % of the forward. */
const SERIES_LIMIT = 0.0126;

/**
 * |ln(F / K)| for F, K > 0 as 2 artanh(|F − K| / (F + K)): unlike the logarithm of a rounded quotient it keeps every digit near the money, where an option minutes from
 * expiry needs them.
 */
export function logMoneyness(forward: number, strike: number): number {
  const u = Math.abs(forward - strike) / (forward + strike);
  const v = u * u;
  if (!(v < SERIES_LIMIT)) return Math.abs(Math.log(forward / strike));
  const v2 = v * v;
  const low = 1 + v * (1 / 3) + v2 * (1 / 5 + v * (1 / 7));
  const high = 1 / 9 + v * (1 / 11) + v2 * (1 / 13 + v * (1 / 15));
  return 2 * u * (low + v2 * v2 * high);
}
