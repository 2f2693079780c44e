import { MILLS_TABLE_BOTTOM, MILLS_TABLE_TOP, millsRatio, millsRatioInTable } from './mills-ratio.js';

/**
 * Half-width below which the difference of two ratios would lose digits, and Taylor series take over: either way about 10⁻¹⁴ is lost at the seam, less away from it.
 */
export const NARROW = 0.01;

/** R(h + t) − R(h − t) = 2 (R⁽¹⁾(h) t + R⁽³⁾(h) t³ / 3! + R⁽⁵⁾(h) t⁵ / 5!) for small t, by the recurrence R⁽ⁿ⁺¹⁾ = h R⁽ⁿ⁾ + n R⁽ⁿ⁻¹⁾; `r0` = R(h). */
export function oddSeries(h: number, t: number, r0: number): number {
  const r1 = 1 + h * r0;
  const r2 = h * r1 + r0;
  const r3 = h * r2 + 2 * r1;
  const r5 = h * (h * r3 + 3 * r2) + 4 * r3;
  const t2 = t * t;
  return 2 * t * (r1 + t2 * (r3 * (1 / 6) + t2 * (r5 * (1 / 120))));
}

/** ½ (R(h + t) + R(h − t)) = R(h) + R⁽²⁾(h) t² / 2! + R⁽⁴⁾(h) t⁴ / 4! for small t. */
export function evenSeries(h: number, t: number, r0: number): number {
  const r1 = 1 + h * r0;
  const r2 = h * r1 + r0;
  const r4 = h * (h * r2 + 2 * r1) + 3 * r2;
  const t2 = t * t;
  return r0 + t2 * (r2 * 0.5 + t2 * (r4 * (1 / 24)));
}

/** `millsDifference` for h − t ≥ −9 and h + t ≤ 1, not checked. */
export function millsDifferenceInTable(h: number, t: number): number {
  const isNarrow = t < NARROW;
  const r = millsRatioInTable(isNarrow ? h : h - t);
  return isNarrow ? oddSeries(h, t, r) : millsRatioInTable(h + t) - r;
}

/**
 * R(h + t) − R(h − t) of the Mills ratio for h ≤ 0, t > 0: an out-of-the-money Black-76 price is √(F K) φ(h) e^(−t²/2) times this, with h = −|ln F/K| / s, t = s / 2 and
 * s = σ√T. It is also price / vega in total volatility, which is why implied volatility needs no exponential.
 */
export function millsDifference(h: number, t: number): number {
  if (h - t >= MILLS_TABLE_BOTTOM && h + t <= MILLS_TABLE_TOP) return millsDifferenceInTable(h, t);
  return t < NARROW ? oddSeries(h, t, millsRatio(h)) : millsRatio(h + t) - millsRatio(h - t);
}
