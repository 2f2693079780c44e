/* eslint-disable max-params -- hot scalar form: an options object would be allocated per solve */
import { bracketedTotalVolatility } from './bracketed-total-volatility.js';
import { logMoneyness } from './log-moneyness.js';
import { millsDifference } from './mills-difference.js';

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
const TWO_PI = 2 * Math.PI;
/** Total volatility and depth up to which the start below is good and R stays inside its table. */
const MAX_START = 1.2;
const MIN_DEPTH = -8;
/** A step of the fourth order leaves about its fourth power: below this one the rest is under rounding. */
const FINAL_STEP = 1e-3;
/** Steps before the safeguarded search takes over; two are the most ever seen. */
const MAX_STEPS = 4;

/**
 * Normal (Bachelier) total volatility over its at-the-money value, √ν P(ν) / Q(ν) with ν = η / artanh η, η = |F − K| / straddle: the form of Choi, Kim and Kwak
 * (Applied Mathematical Finance 16, 2009) with coefficients of our own, minimax to 1.6 × 10⁻⁵ for ν ≥ 0.04, i.e. out to 9 deviations.
 */
function bachelierShape(nu: number): number {
  const nu2 = nu * nu;
  const p = P0 + P1 * nu + nu2 * (P2 + P3 * nu + P4 * nu2);
  const q = 1 + Q1 * nu + nu2 * (Q2 + Q3 * nu);
  return Math.sqrt(nu) * (p / q);
}

const P0 = 0.4017628026568781;
const P1 = 2.040954087002822;
const P2 = 9.05536087505245;
const P3 = 24.910157552713535;
const P4 = 4.599998184834183;
const Q1 = 3.015390823511722;
const Q2 = 19.390060857273106;
const Q3 = 17.60216585702501;

/** What turns the normal into the lognormal total volatility: s = q₁ (1 + q (C1 + C2 q + C3 x²)), q = q₁², fitted to 10⁻⁴ for s ≤ 0.8. */
const C1 = 0.04160892;
const C2 = 0.00387815;
const C3 = -0.0003309;

/** Closed-form start for s = σ√T from the out-of-the-money price, |F − K| and x = |ln F/K|. */
function startOf(price: number, distance: number, x: number, sum: number): number {
  const straddle = 2 * price + distance;
  const depth = Math.log(1 + distance / price);
  // At the money ν is 1, and the quotients of small numbers below would only be noise.
  const isWing = depth > 1e-4;
  const shape = isWing ? bachelierShape((2 * distance) / (straddle * depth)) : 1;
  const scale = isWing ? (0.5 * x) / distance : 1 / sum;
  const s = SQRT_TWO_PI * straddle * scale * shape;
  const q = s * s;
  return s * (1 + q * (C1 + C2 * q + C3 * x * x));
}

/**
 * Total implied volatility s = σ√T from the undiscounted price of the OUT-of-the-money option of a strike: a closed-form start within about 10⁻⁴, then one Householder step
 * of the third kind (fourth order) on the logarithm of the price, after P. Jäckel, "Let's be rational" (Wilmott, 2015). Prices beyond that start's domain go to a
 * safeguarded search.
 * @param price 0 < price < min(forward, strike); not checked
 */
export function totalVolatility(price: number, forward: number, strike: number): number {
  const x = logMoneyness(forward, strike);
  let s = startOf(price, Math.abs(forward - strike), x, forward + strike);
  if (!(s < MAX_START && s * MIN_DEPTH < -x)) return bracketedTotalVolatility(price, forward, strike);
  const scaled = (TWO_PI * price * price) / (forward * strike);
  for (let n = 0; n < MAX_STEPS; n++) {
    const step = householderStep(scaled, x, s);
    s += step;
    if (Math.abs(step) < FINAL_STEP * s) return s;
  }
  return bracketedTotalVolatility(price, forward, strike);
}

function householderStep(scaled: number, x: number, s: number): number {
  const inverse = 1 / s;
  const h = -x * inverse;
  const h2 = h * h;
  const t = 0.5 * s;
  // d = b / b', the ratio of price and vega; the logarithm of the price's error follows without an exponential.
  const d = millsDifference(h, t);
  const e = 0.5 * (Math.log(scaled / (d * d)) + h2 + t * t);
  const a = h2 * inverse - 0.25 * s;
  const w = a * d;
  const cubic = d * d * (a * a - 3 * h2 * inverse * inverse - 0.25) - 3 * w + 2;
  const v = e * (w - 1);
  return (e * d * (1 + 0.5 * v)) / (1 + v + e * e * cubic * (1 / 6));
}
