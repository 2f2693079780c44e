import { normalQuantile } from './normal.js';

/** A two-sided interval of a figure at `confidence` (0..1). */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
}

/**
 * Wilson score interval of a proportion; null when there are no observations.
 * Source: E. B. Wilson, JASA 22 (1927) 209–212, without continuity correction.
 * @param confidence two-sided, default 0.95
 */
export function wilsonInterval(successes: number, count: number, confidence = 0.95): Interval | null {
  if (count === 0) return null;
  const z = normalQuantile(0.5 + confidence / 2);
  const p = successes / count;
  const scale = 1 + (z * z) / count;
  const centre = (p + (z * z) / (2 * count)) / scale;
  const half = (z / scale) * Math.sqrt((p * (1 - p)) / count + (z * z) / (4 * count * count));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half), confidence };
}
