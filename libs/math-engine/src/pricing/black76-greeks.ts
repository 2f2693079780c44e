/* eslint-disable max-params -- hot scalar form: an options object would be allocated per call */
import { farGreeks } from './far-greeks.js';
import type { Greeks } from './greeks.js';
import { logMoneyness } from './log-moneyness.js';
import { NARROW, evenSeries, oddSeries } from './mills-difference.js';
import { MILLS_TABLE_BOTTOM, MILLS_TABLE_TOP, millsRatioInTable } from './mills-ratio.js';
import { densityInTable } from './normal-density.js';

/**
 * Black-76 price and Greeks of a European option on a forward, written into `out`; nothing is allocated.
 * All are discounted. `theta` and `charm` assume that the forward stays and the discount factor moves at the rate that it implies. All fields become NaN for an input that
 * is NaN or not positive, and at expiry, where they are not defined.
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
  const h = -logMoneyness(forward, strike) / s;
  const t = 0.5 * s;
  // For the out-of-the-money call d1 = near and d2 = far; for the put they change places and sign.
  const near = h + t;
  const far = h - t;
  if (far < MILLS_TABLE_BOTTOM || near > MILLS_TABLE_TOP)
    return farGreeks({ forward, strike, years, sigma, isCall, discount }, out);
  const distance = forward - strike;
  const isHigh = distance > 0;
  // φ(d1) · forward = φ(d2) · strike, the same for both rights.
  const weight = discount * (isHigh ? strike : forward) * densityInTable(near);
  const isNarrow = t < NARROW;
  const r = millsRatioInTable(isNarrow ? h : far);
  const difference = isNarrow ? oddSeries(h, t, r) : millsRatioInTable(near) - r;
  const rFar = isNarrow ? evenSeries(h, t, r) - 0.5 * difference : r;
  const beyond = isCall ? distance : -distance;
  const price = weight * difference + (beyond > 0 ? discount * beyond : 0);
  const perForward = 1 / forward;
  const share = weight * perForward;
  const otmDelta = isHigh ? -share * rFar : share * (rFar + difference);
  const delta = isCall === isHigh ? otmDelta + (isCall ? discount : -discount) : otmDelta;
  const d1 = isHigh ? -far : near;
  const d2 = isHigh ? -near : far;
  const vega = weight * root;
  const perYear = 0.5 / years;
  const perSigma = 1 / sigma;
  const rate = discount === 1 ? 0 : -2 * Math.log(discount) * perYear;
  out.price = price;
  out.delta = delta;
  out.gamma = (share * perForward) / s;
  out.vega = vega;
  out.theta = rate * price - vega * sigma * perYear;
  out.rho = -years * price;
  out.vanna = -share * d2 * perSigma;
  out.charm = share * d2 * perYear + rate * delta;
  out.volga = vega * d1 * d2 * perSigma;
  return out;
}

function fillUnknown(out: Greeks): Greeks {
  out.price = out.delta = out.gamma = out.vega = out.theta = Number.NaN;
  out.rho = out.vanna = out.charm = out.volga = Number.NaN;
  return out;
}
