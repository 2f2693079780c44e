import { START_LIMIT, bachelierStart } from './bachelier-start.js';
import { bracketedTotalVolatility } from './bracketed-total-volatility.js';
import { logMoneyness } from './log-moneyness.js';
import { millsDifferenceInTable } from './mills-difference.js';
import { naturalLog } from './natural-log.js';

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
const TWO_PI = 2 * Math.PI;
/** Total volatility and depth up to which the start below is good and R stays inside its table. */
const MAX_START = 1.2;
const MIN_DEPTH = -8;
/** Price over strike below which its square would leave the logarithm's range. */
const LEAST_SHARE = 1e-20;
/** A step of the fourth order leaves about its fourth power: below this one the rest is under rounding. */
const FINAL_STEP = 1e-3;
/** Steps before the safeguarded search takes over; two are the most ever seen. */
const MAX_STEPS = 4;

/** What turns the normal into the lognormal total volatility: s = q₁ (1 + q (C1 + C2 q + C3 x²)), q = q₁², fitted to 10⁻⁴ for s ≤ 0.8. */
const C1 = 0.04160892;
const C2 = 0.00387815;
const C3 = -0.0003309;

/**
 * Total implied volatility s = σ√T from the undiscounted price of the OUT-of-the-money option of a strike: a closed-form start within about 10⁻⁴, then one Householder step
 * of the third kind (fourth order) on the logarithm of the price, after P. Jäckel, "Let's be rational" (Wilmott, 2015). Prices beyond that start's domain go to a
 * safeguarded search.
 * @param price 0 < price < min(forward, strike); not checked
 */
export function totalVolatility(price: number, forward: number, strike: number): number {
  const distance = Math.abs(forward - strike);
  const w = 1 + distance / price;
  if (!(w < START_LIMIT && price > LEAST_SHARE * strike)) return bracketedTotalVolatility(price, forward, strike);
  const x = logMoneyness(forward, strike);
  const straddle = 2 * price + distance;
  const scale = distance > 0 ? (0.5 * x) / distance : 1 / (forward + strike);
  let s = SQRT_TWO_PI * straddle * scale * bachelierStart(w);
  const q = s * s;
  s *= 1 + q * (C1 + C2 * q + C3 * x * x);
  if (!(s < MAX_START && s * MIN_DEPTH < -x)) return bracketedTotalVolatility(price, forward, strike);
  const scaled = TWO_PI * price * price;
  const product = forward * strike;
  for (let n = 0; n < MAX_STEPS; n++) {
    const inverse = 1 / s;
    const h = -x * inverse;
    const h2 = h * h;
    const t = 0.5 * s;
    // d = b / b', the ratio of price and vega; the logarithm of the price's error follows without an exponential.
    const d = millsDifferenceInTable(h, t);
    const d2 = d * d;
    const e = 0.5 * (naturalLog(scaled / (product * d2)) + h2 + t * t);
    const a = h2 * inverse - 0.25 * s;
    const wd = a * d;
    const cubic = d2 * (a * a - 3 * h2 * inverse * inverse - 0.25) - 3 * wd + 2;
    const v = e * (wd - 1);
    const step = (e * d * (1 + 0.5 * v)) / (1 + v + e * e * cubic * (1 / 6));
    s += step;
    if (Math.abs(step) < FINAL_STEP * s) return s;
  }
  return bracketedTotalVolatility(price, forward, strike);
}
