/* eslint-disable max-params -- hot scalar form: an options object would be allocated per price */
import { logMoneyness } from './log-moneyness.js';
import { millsDifference } from './mills-difference.js';
import { MILLS_TABLE_TOP } from './mills-ratio.js';
import { normalCdf, normalPdf } from './normal.js';

/** Value of the out-of-the-money option of a strike, undiscounted, for total volatility s > 0. */
function otmPrice(forward: number, strike: number, s: number): number {
  const h = -logMoneyness(forward, strike) / s;
  const t = 0.5 * s;
  const low = forward < strike ? forward : strike;
  if (h + t <= MILLS_TABLE_TOP) return low * normalPdf(h + t) * millsDifference(h, t);
  return low * normalCdf(h + t) - (forward + strike - low) * normalCdf(h - t);
}

/**
 * Black-76 price of a European option on a forward (F. Black, J. Financial Economics 3, 1976), in the unit of the forward.
 * @param forward F > 0 of the option's expiry, rupees
 * @param strike K > 0, rupees
 * @param years time to expiry ≥ 0; at 0 the option is worth its intrinsic value
 * @param sigma volatility per √year ≥ 0, 0.15 = 15 %
 * @param isCall call or put
 * @param discount discount factor to expiry, 1 = undiscounted
 * @returns NaN for an input that is NaN or out of range
 */
export function black76Price(
  forward: number,
  strike: number,
  years: number,
  sigma: number,
  isCall: boolean,
  discount = 1,
): number {
  if (!(forward > 0 && strike > 0 && years >= 0 && sigma >= 0 && discount > 0)) return Number.NaN;
  const s = sigma * Math.sqrt(years);
  const beyond = isCall ? forward - strike : strike - forward;
  const intrinsic = beyond > 0 ? beyond : 0;
  return discount * (s > 0 ? intrinsic + otmPrice(forward, strike, s) : intrinsic);
}
