import { MILLS_TABLE_BOTTOM, MILLS_TABLE_TOP, millsRatio, millsRatioInTable } from './mills-ratio.js';

/** Half-width below which the difference of two ratios would lose digits, and the odd Taylor series takes over. */
export const NARROW = 0.015;

/** R(h + t) − R(h − t) = 2 (R'(h) t + R'''(h) t³/3! + R⁽⁵⁾(h) t⁵/5! + R⁽⁷⁾(h) t⁷/7!) for small t, by the recurrence R⁽ⁿ⁺¹⁾ = h R⁽ⁿ⁾ + n R⁽ⁿ⁻¹⁾ in steps of two. */
export function oddSeries(h: number, t: number, r0: number): number {
  const y = h * h;
  const p = h * r0;
  const r1 = 1 + p;
  const g2 = y * r1 + p;
  const r3 = g2 + 2 * r1;
  const g4 = y * r3 + 3 * g2;
  const r5 = g4 + 4 * r3;
  const r7 = y * r5 + 5 * g4 + 6 * r5;
  const t2 = t * t;
  return 2 * t * (r1 + t2 * (r3 * (1 / 6)) + t2 * t2 * (r5 * (1 / 120) + t2 * (r7 * (1 / 5040))));
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
