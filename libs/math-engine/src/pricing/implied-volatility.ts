/* eslint-disable max-params -- hot scalar form: an options object would be allocated per solve */
import { totalVolatility } from './total-volatility.js';

/**
 * Black-76 implied volatility per √year (0.15 = 15 %).
 * NaN for a price outside the no-arbitrage bounds (at or below intrinsic value, at or above the forward for a call or the strike for a put, both discounted), for an expired
 * option, or for any input that is NaN or not positive; `impliedVolatilityWithReason` tells which. Accurate to the last digits that the price determines.
 * @param price option premium, rupees
 * @param forward F of the option's expiry, rupees
 * @param strike rupees
 * @param years time to expiry, > 0
 * @param isCall call or put
 * @param discount discount factor to expiry, 1 = undiscounted
 */
export function impliedVolatility(
  price: number,
  forward: number,
  strike: number,
  years: number,
  isCall: boolean,
  discount = 1,
): number {
  const beyond = isCall ? forward - strike : strike - forward;
  const value = discount === 1 ? price : price / discount;
  const otm = beyond > 0 ? value - beyond : value;
  if (!(otm > 0 && otm < forward && otm < strike && years > 0 && discount > 0)) return Number.NaN;
  return totalVolatility(otm, forward, strike) / Math.sqrt(years);
}

/** Why there is no implied volatility. `no-price`: the price, forward or strike is unknown or not positive. */
export type NoVolatilityReason = 'no-price' | 'below-intrinsic' | 'above-bound' | 'expired';

/** A volatility per √year, or why there is none. */
export type ImpliedVolatilityResult =
  { readonly value: number } | { readonly value: null; readonly reason: NoVolatilityReason };

/** `impliedVolatility` with the reason when there is none; same parameters. `below-intrinsic` includes a price of exactly the intrinsic value, which no volatility > 0 gives. */
export function impliedVolatilityWithReason(
  price: number,
  forward: number,
  strike: number,
  years: number,
  isCall: boolean,
  discount = 1,
): ImpliedVolatilityResult {
  if (!(price > 0 && forward > 0 && strike > 0 && discount > 0)) return { value: null, reason: 'no-price' };
  if (!(years > 0)) return { value: null, reason: 'expired' };
  const value = impliedVolatility(price, forward, strike, years, isCall, discount);
  if (value === value) return { value };
  const bound = (isCall ? forward : strike) * discount;
  return { value: null, reason: price >= bound ? 'above-bound' : 'below-intrinsic' };
}
