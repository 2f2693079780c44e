import { daysBetween, type IstDate } from '@sos/domain';
import { latticeNormal, randomKey } from './random-stream.js';

/**
 * Typical volatility of NIFTY from a date on, per year of 252 sessions, gaps included. 2021-01..2023-01, 2025 and 2026-08 are medians of the recorded sets, rounded; the rest follows
 * the level of India VIX in those years.
 */
const TYPICAL_VOLATILITY: readonly (readonly [from: string, volatility: number])[] = [
  ['2019-01-01', 0.115],
  ['2020-02-20', 0.34],
  ['2020-05-01', 0.24],
  ['2020-08-01', 0.16],
  ['2021-01-01', 0.17],
  ['2021-04-01', 0.125],
  ['2021-07-01', 0.097],
  ['2021-10-01', 0.135],
  ['2022-01-01', 0.165],
  ['2022-07-01', 0.125],
  ['2022-10-01', 0.1],
  ['2023-04-01', 0.085],
  ['2024-01-01', 0.11],
  ['2024-05-01', 0.12],
  ['2025-01-01', 0.11],
  ['2025-04-01', 0.135],
  ['2025-06-01', 0.09],
  ['2025-07-01', 0.078],
  ['2026-01-01', 0.09],
  ['2026-07-01', 0.078],
];

export const SESSIONS_PER_YEAR = 252;
/** Share of a day's variance that happens between two sessions (recorded 0.34 to 0.5 by quarter), and what a longer pause adds per day of it. */
export const OVERNIGHT_SHARE = 0.38;
const PAUSE_SHARE = 0.03;
/** Option sellers ask for more than what is expected: implied over expected volatility. */
const RISK_PREMIUM = 1.14;

/** Typical volatilities are medians of days; the middle of what is expected lies above, as realised volatility scatters below it more often. */
const EXPECTED_OVER_MEDIAN = 1.07;

const EPOCH = '2000-01-01' as IstDate;
/** Waves of the logarithm of volatility: [days between nodes, height]. */
const WAVES: readonly (readonly [days: number, height: number])[] = [
  [60, 0.17],
  [15, 0.2],
  [4, 0.2],
];

/** The value of the last row that begins on or before a date; the first row's before that. */
export function valueOn(rows: readonly (readonly [from: string, value: number])[], date: IstDate): number {
  let found = rows[0]?.[1] ?? Number.NaN;
  for (const [from, value] of rows) if (from <= date) found = value;
  return found;
}

function wave(key: number, day: number, spacing: number): number {
  const node = Math.floor(day / spacing);
  const part = day / spacing - node;
  const ease = part * part * (3 - 2 * part);
  return latticeNormal(key, node) * (1 - ease) + latticeNormal(key, node + 1) * ease;
}

/** Expected volatility of NIFTY per session (standard deviation of the log return, gap included) on a day: same seed and day, same value. */
export function sessionVolatility(seed: string, date: IstDate): number {
  const day = daysBetween(EPOCH, date);
  let log = 0;
  WAVES.forEach(([spacing, height], i) => {
    log += height * wave(randomKey(seed, 'climate', i), day, spacing);
  });
  return EXPECTED_OVER_MEDIAN * typicalSessionVolatility(date) * Math.exp(log);
}

/** NIFTY's typical volatility per session of those months: what the day-to-day one returns to. */
export function typicalSessionVolatility(date: IstDate): number {
  return valueOn(TYPICAL_VOLATILITY, date) / Math.sqrt(SESSIONS_PER_YEAR);
}

/** Volatility per session that options price in at the open, given what is expected. */
export function impliedSessionVolatility(expected: number): number {
  return expected * RISK_PREMIUM;
}

/** Variance between two sessions, in units of a normal day's variance. @param days calendar days from one session to the next, ≥ 1 */
export function pauseVariance(days: number): number {
  return OVERNIGHT_SHARE + PAUSE_SHARE * (Math.min(days, 6) - 1);
}
