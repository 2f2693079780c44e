/** Arithmetic mean; NaN for an empty sample. */
export function mean(sample: readonly number[]): number {
  let sum = 0;
  for (const x of sample) sum += x;
  return sum / sample.length;
}

function centralMoment(sample: readonly number[], order: number): number {
  const m = mean(sample);
  let sum = 0;
  for (const x of sample) sum += (x - m) ** order;
  return sum / sample.length;
}

/**
 * Standard deviation.
 * @param ddof 1 (default) divides by n − 1, 0 by n
 * @returns NaN when the sample has no more than `ddof` values
 */
export function standardDeviation(sample: readonly number[], ddof: 0 | 1 = 1): number {
  const n = sample.length;
  if (n <= ddof) return Number.NaN;
  return Math.sqrt((centralMoment(sample, 2) * n) / (n - ddof));
}

/** Skewness γ3 = m3 / m2^1.5 of the sample (population moments, not bias-corrected); NaN for a constant sample. */
export function skewness(sample: readonly number[]): number {
  return centralMoment(sample, 3) / centralMoment(sample, 2) ** 1.5;
}

/**
 * RAW kurtosis γ4 = m4 / m2² of the sample (a normal distribution has 3); NaN for a constant sample.
 * Excess kurtosis is this minus 3 and must never be passed to PSR, DSR or MinTRL.
 */
export function rawKurtosis(sample: readonly number[]): number {
  return centralMoment(sample, 4) / centralMoment(sample, 2) ** 2;
}

/** Bias-corrected sample skewness √(n(n − 1))/(n − 2)·γ3, as pandas and Excel print it; NaN below 3 values. For display, not for PSR. */
export function sampleSkewness(sample: readonly number[]): number {
  const n = sample.length;
  return n < 3 ? Number.NaN : (skewness(sample) * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Bias-corrected EXCESS kurtosis (normal = 0), as pandas and Excel print it; NaN below 4 values. For display, never for PSR. */
export function sampleExcessKurtosis(sample: readonly number[]): number {
  const n = sample.length;
  if (n < 4) return Number.NaN;
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (rawKurtosis(sample) - 3) + 6);
}

/**
 * Quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, the default of R and NumPy).
 * @param sorted ascending, not empty
 * @param p 0..1
 */
export function quantileOfSorted(sorted: readonly number[], p: number): number {
  const at = (sorted.length - 1) * p;
  const low = Math.floor(at);
  const below = sorted[low] as number;
  const above = sorted[Math.min(low + 1, sorted.length - 1)] as number;
  return below + (above - below) * (at - low);
}
