import { xoshiro128 } from '../statistics/random.js';
import type { Interval } from '../statistics/wilson.js';
import { bootstrapSettings, drawDays, percentileInterval } from './day-draws.js';

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
  const settings = bootstrapSettings(options);
  const n = days.length;
  if (n === 0) return null;
  const random = xoshiro128(settings.seed);
  const drawn = new Int32Array(n);
  const sample: Day[] = new Array<Day>(n);
  const values: number[] = [];
  for (let d = 0; d < settings.draws; d++) {
    drawDays(drawn, 1 / settings.meanBlockDays, random);
    for (let i = 0; i < n; i++) sample[i] = days[drawn[i] as number] as Day;
    const value = statistic(sample);
    if (Number.isFinite(value)) values.push(value);
  }
  return percentileInterval(
    values.sort((a, b) => a - b),
    settings,
  );
}
