import { MILLS_TABLE_TOP, millsRatio, millsRatioInTable } from './mills-ratio.js';

/** Half-width below which the difference of two ratios would lose digits, and the odd Taylor series takes over. */
const NARROW = 0.02;
/** Lowest argument that the table answers. */
const TABLE_BOTTOM = -9;

/** R(h + t) − R(h − t) = 2 (R'(h) t + R'''(h) t³/3! + R⁽⁵⁾(h) t⁵/5! + R⁽⁷⁾(h) t⁷/7!) for small t, by the recurrence R⁽ⁿ⁺¹⁾ = h R⁽ⁿ⁾ + n R⁽ⁿ⁻¹⁾. */
function bySeries(h: number, t: number): number {
  const r0 = h > TABLE_BOTTOM ? millsRatioInTable(h) : millsRatio(h);
  const r1 = 1 + h * r0;
  const r2 = h * r1 + r0;
  const r3 = h * r2 + 2 * r1;
  const r4 = h * r3 + 3 * r2;
  const r5 = h * r4 + 4 * r3;
  const r6 = h * r5 + 5 * r4;
  const r7 = h * r6 + 6 * r5;
  const t2 = t * t;
  return 2 * t * (r1 + t2 * (r3 * (1 / 6) + t2 * (r5 * (1 / 120) + t2 * (r7 * (1 / 5040)))));
}

/**
 * R(h + t) − R(h − t) of the Mills ratio for h ≤ 0, t > 0: an out-of-the-money Black-76 price is √(F K) φ(h) e^(−t²/2) times this, with h = −|ln F/K| / s, t = s / 2 and
 * s = σ√T. It is also price / vega in total volatility, which is why implied volatility needs no exponential.
 */
export function millsDifference(h: number, t: number): number {
  if (t < NARROW) return bySeries(h, t);
  const high = h + t;
  const low = h - t;
  if (low > TABLE_BOTTOM && high <= MILLS_TABLE_TOP) return millsRatioInTable(high) - millsRatioInTable(low);
  return millsRatio(high) - millsRatio(low);
}
