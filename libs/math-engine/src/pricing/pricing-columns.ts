import { AppError } from '@sos/domain';
import { black76Greeks } from './black76-greeks.js';
import { black76Price } from './black76-price.js';
import { makeGreeks, type Greeks } from './greeks.js';
import { impliedVolatility } from './implied-volatility.js';

/** Options as columns of equal length, one row each; units as in `black76Price`. */
export interface OptionRows {
  readonly forward: Float64Array;
  readonly strike: Float64Array;
  readonly years: Float64Array;
  /** 1 = call, 0 = put. */
  readonly isCall: Uint8Array;
  /** Discount factors; absent = 1. */
  readonly discount?: Float64Array;
}

/** One column per Greek, each as long as the rows. */
export type GreekColumns = { readonly [Name in keyof Greeks]: Float64Array };

function checkLengths(rows: OptionRows, others: readonly Float64Array[]): number {
  const { forward, strike, years, isCall, discount } = rows;
  const length = forward.length;
  for (const column of [strike, years, isCall, discount ?? strike, ...others])
    if (column.length !== length)
      throw new AppError('SOS_INPUT', `expected columns of ${length} rows, found one of ${column.length}`);
  return length;
}

/** Black-76 prices of many options into `out` (returned); NaN per row as `black76Price`. @throws SOS_INPUT for columns of unequal length */
export function black76Prices(rows: OptionRows, sigma: Float64Array, out: Float64Array): Float64Array {
  const length = checkLengths(rows, [sigma, out]);
  const { forward, strike, years, isCall, discount } = rows;
  for (let i = 0; i < length; i++) {
    const df = discount === undefined ? 1 : (discount[i] as number);
    const call = isCall[i] === 1;
    out[i] = black76Price(forward[i] as number, strike[i] as number, years[i] as number, sigma[i] as number, call, df);
  }
  return out;
}

/** Implied volatilities of many options into `out` (returned); NaN per row as `impliedVolatility`. @throws SOS_INPUT for columns of unequal length */
export function impliedVolatilities(rows: OptionRows, price: Float64Array, out: Float64Array): Float64Array {
  const length = checkLengths(rows, [price, out]);
  const { forward, strike, years, isCall, discount } = rows;
  for (let i = 0; i < length; i++) {
    const df = discount === undefined ? 1 : (discount[i] as number);
    const call = isCall[i] === 1;
    out[i] = impliedVolatility(
      price[i] as number,
      forward[i] as number,
      strike[i] as number,
      years[i] as number,
      call,
      df,
    );
  }
  return out;
}

/** Columns for `length` options, all unknown (NaN). */
export function makeGreekColumns(length: number): GreekColumns {
  const unknown = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return {
    price: unknown(),
    delta: unknown(),
    gamma: unknown(),
    vega: unknown(),
    theta: unknown(),
    rho: unknown(),
    vanna: unknown(),
    charm: unknown(),
    volga: unknown(),
  };
}

/** Black-76 price and Greeks of many options into `out` (returned); NaN per row as `black76Greeks`. @throws SOS_INPUT for columns of unequal length */
export function black76GreeksColumns(rows: OptionRows, sigma: Float64Array, out: GreekColumns): GreekColumns {
  const length = checkLengths(rows, [sigma, ...Object.values(out)]);
  const { forward, strike, years, isCall, discount } = rows;
  const row = makeGreeks();
  for (let i = 0; i < length; i++) {
    const df = discount === undefined ? 1 : (discount[i] as number);
    const call = isCall[i] === 1;
    black76Greeks(forward[i] as number, strike[i] as number, years[i] as number, sigma[i] as number, call, df, row);
    out.price[i] = row.price;
    out.delta[i] = row.delta;
    out.gamma[i] = row.gamma;
    out.vega[i] = row.vega;
    out.theta[i] = row.theta;
    out.rho[i] = row.rho;
    out.vanna[i] = row.vanna;
    out.charm[i] = row.charm;
    out.volga[i] = row.volga;
  }
  return out;
}
