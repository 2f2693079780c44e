import { millsRatio } from './mills-ratio.js';
import { normalPdf } from './normal-density.js';

/** Distribution function Φ(z) of the standard normal at full double precision (relative also in the left tail); NaN for NaN. */
export function normalCdf(z: number): number {
  if (z > 0) return 1 - normalPdf(z) * millsRatio(-z);
  return normalPdf(z) * millsRatio(z);
}
