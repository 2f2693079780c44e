/* eslint-disable max-params -- hot scalar form: an options object would be allocated per price */
import { farGreeks } from './far-greeks.js';
import { makeGreeks } from './greeks.js';
import { logMoneyness } from './log-moneyness.js';
import { millsDifferenceInTable } from './mills-difference.js';
import { MILLS_TABLE_BOTTOM, MILLS_TABLE_TOP } from './mills-ratio.js';
import { densityInTable } from './normal-density.js';

/** Black-76 price where the tables end. */
function farPrice(forward: number, strike: number, s: number, isCall: boolean): number {
  return farGreeks({ forward, strike, years: 1, sigma: s, isCall, discount: 1 }, makeGreeks()).price;
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
  const distance = forward - strike;
  const beyond = isCall ? distance : -distance;
  const intrinsic = beyond > 0 ? beyond : 0;
  if (s === 0) return discount * intrinsic;
  const h = -logMoneyness(forward, strike) / s;
  const t = 0.5 * s;
  const near = h + t;
  if (h - t < MILLS_TABLE_BOTTOM || near > MILLS_TABLE_TOP) return discount * farPrice(forward, strike, s, isCall);
  const low = distance < 0 ? forward : strike;
  return discount * (intrinsic + low * densityInTable(near) * millsDifferenceInTable(h, t));
}
