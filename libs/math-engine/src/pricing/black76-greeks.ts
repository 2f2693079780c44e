/* eslint-disable max-params -- hot scalar form: an options object would be allocated per call */
import type { Greeks } from './greeks.js';
import { logMoneyness } from './log-moneyness.js';
import { millsDifference } from './mills-difference.js';
import { millsRatio } from './mills-ratio.js';

const INV_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

/**
 * Black-76 price and Greeks of a European option on a forward, written into `out`; one exponential per call, nothing allocated.
 * All are discounted. `theta` assumes that the forward stays and the discount factor moves at the rate that it implies. All fields become NaN for an input that is
 * NaN or not positive, and at expiry, where they are not defined.
 * @param forward F of the option's expiry, rupees, > 0
 * @param strike rupees, > 0
 * @param years time to expiry, > 0
 * @param sigma volatility per √year, > 0
 * @param isCall call or put
 * @param discount discount factor to expiry, 1 = undiscounted
 */
export function black76Greeks(
  forward: number,
  strike: number,
  years: number,
  sigma: number,
  isCall: boolean,
  discount: number,
  out: Greeks,
): Greeks {
  const root = Math.sqrt(years);
  const s = sigma * root;
  if (!(s > 0 && forward > 0 && strike > 0 && discount > 0)) return fillUnknown(out);
  const x = logMoneyness(forward, strike);
  const h = -x / s;
  const t = 0.5 * s;
  const isHigh = forward > strike;
  // Of the out-of-the-money option d1 = h + t and d2 = h − t for a call; for a put they change places and sign.
  const near = h + t;
  const far = h - t;
  const low = isHigh ? strike : forward;
  const density = INV_SQRT_TWO_PI * Math.exp(-0.5 * near * near);
  const upper = near > 0 ? 1 - density * millsRatio(-near) : density * millsRatio(near);
  const weight = low * density;
  const otm = near > 1 ? low * upper - weight * millsRatio(far) : weight * millsDifference(h, t);
  // forward · φ(d1) = strike · φ(d2) = weight for either right.
  const otmDelta = isHigh ? -(weight * millsRatio(far)) / forward : upper;
  const beyond = isCall ? forward - strike : strike - forward;
  const price = discount * (beyond > 0 ? otm + beyond : otm);
  const delta = discount * (isCall === isHigh ? otmDelta + (isCall ? 1 : -1) : otmDelta);
  const d1 = isHigh ? -far : near;
  const d2 = isHigh ? -near : far;
  const vega = discount * weight * root;
  const rate = discount === 1 ? 0 : -Math.log(discount) / years;
  const slope = vega / (forward * s);
  out.price = price;
  out.delta = delta;
  out.gamma = slope / (forward * root);
  out.vega = vega;
  out.theta = rate * price - (0.5 * vega * sigma) / years;
  out.rho = -years * price;
  out.vanna = -slope * d2;
  out.charm = (0.5 * slope * sigma * d2) / years + rate * delta;
  out.volga = (vega * d1 * d2) / sigma;
  return out;
}

function fillUnknown(out: Greeks): Greeks {
  out.price = out.delta = out.gamma = out.vega = out.theta = Number.NaN;
  out.rho = out.vanna = out.charm = out.volga = Number.NaN;
  return out;
}
