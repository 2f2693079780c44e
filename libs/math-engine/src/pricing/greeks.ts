/**
 * Price and sensitivities of one option, in mathematical units: `vega` per 1.00 of volatility, `theta` and `charm` per YEAR of passing time, `rho` per 1.00 of rate at a
 * fixed forward, `vanna` = ∂delta/∂σ, `volga` = ∂vega/∂σ. See `VEGA_PER_POINT` and its neighbours for the units of screens.
 */
export interface Greeks {
  price: number;
  delta: number;
  gamma: number;
  vega: number;
  theta: number;
  rho: number;
  vanna: number;
  charm: number;
  volga: number;
}

/** Multiply `vega` (or `vanna`, `volga` once each) by this for one volatility point, as screens show it. */
export const VEGA_PER_POINT = 0.01;
/** Multiply `theta` or `charm` by this for one calendar day, as screens show it. */
export const THETA_PER_DAY = 1 / 365;
/** Multiply `rho` by this for one percent of rate. */
export const RHO_PER_PERCENT = 0.01;

/** Greeks to be filled in by `black76Greeks`; as returned they are unknown (NaN). */
export function makeGreeks(): Greeks {
  const unknown = Number.NaN;
  return {
    price: unknown,
    delta: unknown,
    gamma: unknown,
    vega: unknown,
    theta: unknown,
    rho: unknown,
    vanna: unknown,
    charm: unknown,
    volga: unknown,
  };
}
