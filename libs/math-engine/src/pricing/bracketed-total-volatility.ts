import { logMoneyness } from './log-moneyness.js';
import { millsDifference } from './mills-difference.js';
import { millsRatio } from './mills-ratio.js';

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
/** Above this price over its bound the complement (bound − price) is solved for, which keeps its digits where the price no longer moves. */
const UPPER_HALF = 0.5;
const MAX_STEPS = 200;

/** Price over its slope in total volatility: of the price itself, or of what it lacks to its bound (then negative). */
function ratioOf(h: number, t: number, isUpper: boolean): number {
  return isUpper ? -(millsRatio(-(h + t)) + millsRatio(h - t)) : millsDifference(h, t);
}

/** Householder's step of the third kind on the logarithm, as in `totalVolatility`, for either objective. `e` = ln(wanted / found). */
function stepOf(s: number, x: number, at: { d: number; e: number }): number {
  const { d, e } = at;
  const h2 = (x / s) ** 2;
  const a = h2 / s - s / 4;
  const w = a * d;
  const v = e * (w - 1);
  const cubic = d * d * (a * a - (3 * h2) / (s * s) - 0.25) - 3 * w + 2;
  return (e * d * (1 + v / 2)) / (1 + v + (e * e * cubic) / 6);
}

/** Where to go on: the step if it stays well inside the bracket, else the middle (or twice as far, while nothing bounds it above). */
function nextOf(s: number, step: number, bracket: { low: number; high: number }): number {
  const { low, high } = bracket;
  const wanted = s + step;
  if (wanted > low && wanted < high) return wanted;
  return high === Number.POSITIVE_INFINITY ? 2 * s : (low + high) / 2;
}

/**
 * Total implied volatility s = σ√T by a safeguarded search that cannot fail: the same step as `totalVolatility`, kept inside a bracket, on ln(price) below half of the
 * price's upper bound and on ln(bound − price) above. For far wings and very high volatilities; about ten times slower.
 * @param price undiscounted price of the OUT-of-the-money option, 0 < price < min(forward, strike); not checked
 */
export function bracketedTotalVolatility(price: number, forward: number, strike: number): number {
  const x = logMoneyness(forward, strike);
  const bound = Math.min(forward, strike);
  const isUpper = price > UPPER_HALF * bound;
  const wanted = Math.log(isUpper ? bound - price : price) - 0.5 * (Math.log(forward) + Math.log(strike));
  const bracket = { low: 0, high: Number.POSITIVE_INFINITY };
  // Where vega is largest in the logarithm's sense; any start inside the bracket would do.
  let s = x > 0 ? Math.sqrt(2 * x) : 1;
  for (let n = 0; n < MAX_STEPS; n++) {
    const h = -x / s;
    const d = ratioOf(h, s / 2, isUpper);
    const found = Math.log(Math.abs(d)) - HALF_LOG_TWO_PI - 0.5 * (h * h + (s * s) / 4);
    const e = wanted - found;
    if (e > 0 !== isUpper) bracket.low = s;
    else bracket.high = s;
    const next = nextOf(s, stepOf(s, x, { d, e }), bracket);
    if (Math.abs(next - s) <= 4e-16 * s || next === s) return next;
    s = next;
  }
  return s;
}
