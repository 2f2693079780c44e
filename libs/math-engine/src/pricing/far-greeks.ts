import type { Greeks } from './greeks.js';
import { logMoneyness } from './log-moneyness.js';
import { millsDifference } from './mills-difference.js';
import { MILLS_TABLE_TOP } from './mills-ratio.js';
import { normalCdf } from './normal-cdf.js';
import { normalPdf } from './normal-density.js';

/** One option; all positive, see `black76Greeks`. */
export interface OptionInput {
  readonly forward: number;
  readonly strike: number;
  readonly years: number;
  readonly sigma: number;
  readonly isCall: boolean;
  readonly discount: number;
}

/** Value of the out-of-the-money option of the strike. */
function otmValue(forward: number, strike: number, s: number): number {
  const h = -logMoneyness(forward, strike) / s;
  const t = s / 2;
  const low = Math.min(forward, strike);
  if (h + t <= MILLS_TABLE_TOP) return low * normalPdf(h + t) * millsDifference(h, t);
  return low * normalCdf(h + t) - Math.max(forward, strike) * normalCdf(h - t);
}

/** Black-76 price and Greeks by the plain formulas, for any volatility and strike: what `black76Greeks` does where its tables end, and the same to the last digits inside. */
export function farGreeks(option: OptionInput, out: Greeks): Greeks {
  const { forward, strike, years, sigma, isCall, discount } = option;
  const root = Math.sqrt(years);
  const s = sigma * root;
  const x = Math.sign(forward - strike) * logMoneyness(forward, strike);
  const d1 = x / s + s / 2;
  const d2 = x / s - s / 2;
  const beyond = isCall ? forward - strike : strike - forward;
  const price = discount * (Math.max(beyond, 0) + otmValue(forward, strike, s));
  const delta = discount * (isCall ? normalCdf(d1) : -normalCdf(-d1));
  const density = discount * normalPdf(d1);
  const rate = discount === 1 ? 0 : -Math.log(discount) / years;
  const vega = forward * density * root;
  out.price = price;
  out.delta = delta;
  out.gamma = density / (forward * s);
  out.vega = vega;
  out.theta = rate * price - (vega * sigma) / (2 * years);
  out.rho = -years * price;
  out.vanna = (-density * d2) / sigma;
  out.charm = (density * d2) / (2 * years) + rate * delta;
  out.volga = (vega * d1 * d2) / sigma;
  return out;
}
