import { AppError } from '@sos/domain';
import { quantileOfSorted } from '../statistics/moments.js';
import { PRNG_NAME, xoshiro128, type RandomSource } from '../statistics/random.js';
import type { BootstrapInterval, DayBootstrapOptions } from './day-bootstrap.js';

/** The settings of a day bootstrap with their defaults. @throws SOS_INPUT for a block shorter than a day */
export function bootstrapSettings(options: DayBootstrapOptions): Required<DayBootstrapOptions> {
  const { seed, draws = 10_000, confidence = 0.95, meanBlockDays = 1 } = options;
  if (!(meanBlockDays >= 1))
    throw new AppError('SOS_INPUT', `expected a mean block of at least 1 day, found ${meanBlockDays}`);
  return { seed, draws, confidence, meanBlockDays };
}

/** Draws as many days as there are, in blocks: the place of each in `into`. @param restart probability that a block ends */
export function drawDays(into: Int32Array, restart: number, random: RandomSource): void {
  const n = into.length;
  let at = 0;
  for (let i = 0; i < n; i++) {
    at = i === 0 || random() < restart ? Math.floor(random() * n) : (at + 1) % n;
    into[i] = at;
  }
}

/** Percentile interval of the finite statistics of all draws, ascending; null when there is none. */
export function percentileInterval(
  values: readonly number[],
  settings: Required<DayBootstrapOptions>,
): BootstrapInterval | null {
  const { seed, draws, confidence } = settings;
  if (values.length === 0) return null;
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

/**
 * How often each day occurs in each draw of a day bootstrap, so that many statistics of few days each can share the draws: every one of them gets
 * the interval that `dayBootstrap` would give it, at the cost of its own days alone.
 */
export class DayDraws {
  readonly #counts: Uint16Array;
  readonly #settings: Required<DayBootstrapOptions>;

  constructor(days: number, options: DayBootstrapOptions) {
    this.#settings = bootstrapSettings(options);
    this.#counts = new Uint16Array(days * this.#settings.draws);
    const random = xoshiro128(this.#settings.seed);
    const drawn = new Int32Array(days);
    for (let d = 0; d < this.#settings.draws; d++) {
      drawDays(drawn, 1 / this.#settings.meanBlockDays, random);
      // By day, so that the draws of one day lie beside each other.
      for (const day of drawn) {
        const at = day * this.#settings.draws + d;
        this.#counts[at] = (this.#counts[at] as number) + 1;
      }
    }
  }

  /** Interval of Σ value ÷ Σ weight over the drawn days. @param days the days that have any, by their place, with value and weight */
  ratioInterval(days: readonly { readonly day: number; readonly value: number; readonly weight: number }[]) {
    const { draws } = this.#settings;
    const sums = new Float64Array(draws);
    const weights = new Float64Array(draws);
    for (const { day, value, weight } of days) {
      const from = day * draws;
      for (let d = 0; d < draws; d++) {
        const count = this.#counts[from + d] as number;
        sums[d] = (sums[d] as number) + count * value;
        weights[d] = (weights[d] as number) + count * weight;
      }
    }
    let known = 0;
    for (let d = 0; d < draws; d++) if (weights[d] !== 0) sums[known++] = (sums[d] as number) / (weights[d] as number);
    // A typed array sorts its numbers several times faster than a list does.
    const values = Array.from(sums.subarray(0, known).sort());
    return percentileInterval(values, this.#settings);
  }
}
