import { AppError } from '@sos/domain';
import { quantileOfSorted } from '../statistics/moments.js';
import { PRNG_NAME, xoshiro128, type RandomSource } from '../statistics/random.js';
import type { Interval } from '../statistics/wilson.js';

/** Percentile interval of a statistic by resampling whole days, with everything needed to repeat it. */
export interface BootstrapInterval extends Interval {
  readonly draws: number;
  /** Draws whose statistic was not finite; they are left out of the interval. */
  readonly undefinedDraws: number;
  readonly seed: number;
  readonly generator: string;
  readonly method: 'stationary day bootstrap, percentile';
}

/** How days are drawn, and how wide the interval is; the same seed gives the same interval. */
export interface DayBootstrapOptions {
  readonly seed: number;
  /** Default 10,000. */
  readonly draws?: number;
  /** Two-sided, default 0.95. */
  readonly confidence?: number;
  /** Mean length of a block in days, ≥ 1; 1 (default) draws days independently. */
  readonly meanBlockDays?: number;
}

function resample<Day>(days: readonly Day[], restart: number, random: RandomSource): Day[] {
  const n = days.length;
  const sample: Day[] = new Array<Day>(n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    at = i === 0 || random() < restart ? Math.floor(random() * n) : (at + 1) % n;
    sample[i] = days[at] as Day;
  }
  return sample;
}

/**
 * Stationary bootstrap by day (D. Politis, J. Romano, JASA 89, 1994): trades inside one day depend on each other, so a day is drawn whole.
 * @param days one element per session, oldest first (e.g. the day's trades, or its return)
 * @param statistic of a resampled list of days
 * @returns null when there are no days or no draw gave a finite statistic
 */
export function dayBootstrap<Day>(
  days: readonly Day[],
  statistic: (sample: readonly Day[]) => number,
  options: DayBootstrapOptions,
): BootstrapInterval | null {
  const { seed, draws = 10_000, confidence = 0.95, meanBlockDays = 1 } = options;
  if (!(meanBlockDays >= 1))
    throw new AppError('SOS_INPUT', `expected a mean block of at least 1 day, found ${meanBlockDays}`);
  if (days.length === 0) return null;
  const random = xoshiro128(seed);
  const values: number[] = [];
  for (let d = 0; d < draws; d++) {
    const value = statistic(resample(days, 1 / meanBlockDays, random));
    if (Number.isFinite(value)) values.push(value);
  }
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return {
    low: quantileOfSorted(values, tail),
    high: quantileOfSorted(values, 1 - tail),
    confidence,
    draws,
    undefinedDraws: draws - values.length,
    seed,
    generator: PRNG_NAME,
    method: 'stationary day bootstrap, percentile',
  };
}
