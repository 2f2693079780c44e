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

/** Percentile interval of the finite statistics of all draws; null when there is none. */
export function percentileInterval(
  values: number[],
  settings: Required<DayBootstrapOptions>,
): BootstrapInterval | null {
  const { seed, draws, confidence } = settings;
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

/**
 * How often each day occurs in each draw of a day bootstrap, so that many statistics of few days each can share the draws: every one of them gets
 * the interval that `dayBootstrap` would give it, at the cost of its own days alone.
 */
export class DayDraws {
  readonly #counts: Uint16Array;
  readonly #days: number;
  readonly #settings: Required<DayBootstrapOptions>;

  constructor(days: number, options: DayBootstrapOptions) {
    this.#settings = bootstrapSettings(options);
    this.#days = days;
    this.#counts = new Uint16Array(days * this.#settings.draws);
    const random = xoshiro128(this.#settings.seed);
    const drawn = new Int32Array(days);
    for (let d = 0; d < this.#settings.draws; d++) {
      drawDays(drawn, 1 / this.#settings.meanBlockDays, random);
      for (const day of drawn) this.#counts[d * days + day] = (this.#counts[d * days + day] as number) + 1;
    }
  }

  /** Interval of Σ value ÷ Σ weight over the drawn days. @param days the days that have any, by their place, with value and weight */
  ratioInterval(days: readonly { readonly day: number; readonly value: number; readonly weight: number }[]) {
    const values: number[] = [];
    for (let d = 0; d < this.#settings.draws; d++) {
      let value = 0;
      let weight = 0;
      for (const one of days) {
        const count = this.#counts[d * this.#days + one.day] as number;
        value += count * one.value;
        weight += count * one.weight;
      }
      if (weight !== 0) values.push(value / weight);
    }
    return percentileInterval(values, this.#settings);
  }
}
