import { millsRatio } from './mills-ratio.js';

const INV_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
export function normalPdf(z: number): number {
  return INV_SQRT_TWO_PI * Math.exp(-0.5 * z * z);
}

/** Distribution function Φ(z) of the standard normal at full double precision (relative also in the left tail); NaN for NaN. */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalPdf(z) * millsRatio(-z);
  // Beyond the smallest double the fraction's value no longer matters.
  return z < -39 ? 0 : normalPdf(z) * millsRatio(z);
}
