const SQRT_2PI = 2.5066282746310002;

/** Density of the standard normal distribution. */
export function normalPdf(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

// Mills ratio (1 − Φ(x)) / φ(x) by its continued fraction, evaluated from the tail; 1e-16 relative for x ≥ 3.
function millsRatio(x: number): number {
  let tail = x;
  for (let k = 120; k >= 1; k--) tail = x + k / tail;
  return 1 / tail;
}

// Φ(x) − 1/2 as φ(x) (x + x³/3 + x⁵/15 + …): all terms of one sign, so nothing cancels for |x| < 3.
function centralArea(x: number): number {
  let term = x;
  let sum = x;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return sum * normalPdf(x);
}

/**
 * Distribution function Φ of the standard normal, to 1e-15 absolute and 1e-12 relative in the lower tail.
 * Source: G. Marsaglia, Evaluating the Normal Distribution, J. Stat. Software 11(4), 2004; continued fraction of Laplace beyond |x| = 3.
 */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= -3) return normalPdf(x) * millsRatio(-x);
  if (x >= 3) return 1 - normalPdf(x) * millsRatio(x);
  return 0.5 + centralArea(x);
}

// Abramowitz & Stegun 26.2.23: 4.5e-4, enough for the Halley steps below to converge.
function lowerTailGuess(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p));
  const top = 2.515517 + t * (0.802853 + t * 0.010328);
  const bottom = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
  return top / bottom - t;
}

/**
 * Quantile Φ⁻¹(p) of the standard normal: Halley's method on `normalCdf`, 1e-14 relative for 1e-300 < p < 1 − 1e-15.
 * @returns −∞ at 0, +∞ at 1, NaN outside 0..1
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p > 0.5) return p === 1 ? Number.POSITIVE_INFINITY : -normalQuantile(1 - p);
  let x = lowerTailGuess(p);
  for (let i = 0; i < 4; i++) {
    const step = (normalCdf(x) - p) / normalPdf(x);
    x -= step / (1 + (x * step) / 2);
  }
  return x;
}
