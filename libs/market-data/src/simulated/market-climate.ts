import { daysBetween, type IstDate } from '@sos/domain';
import { latticeNormal, randomKey } from './random-stream.js';

/** Typical volatility of NIFTY by calendar year, per year of 252 sessions, gaps included: rounded from recorded paths where there are any. */
const YEARLY_VOLATILITY: readonly (readonly [year: number, volatility: number])[] = [
  [2018, 0.12],
  [2019, 0.115],
  [2020, 0.2],
  [2021, 0.145],
  [2022, 0.15],
  [2023, 0.1],
  [2024, 0.115],
  [2025, 0.105],
  [2026, 0.1],
  [2027, 0.11],
];

export const SESSIONS_PER_YEAR = 252;
/** Share of a day's variance that happens between two sessions, and what a longer pause adds per day of it. */
export const OVERNIGHT_SHARE = 0.28;
const PAUSE_SHARE = 0.03;
/** Option sellers ask for more than what is expected: implied over expected volatility. */
const RISK_PREMIUM = 1.14;

const EPOCH = '2000-01-01' as IstDate;
/** Waves of the logarithm of volatility: [days between nodes, height]. */
const WAVES: readonly (readonly [days: number, height: number])[] = [
  [60, 0.2],
  [15, 0.18],
  [4, 0.16],
];

function byYear(table: readonly (readonly [number, number])[], year: number): number {
  let found = table[0]?.[1] ?? Number.NaN;
  for (const [from, value] of table) if (from <= year) found = value;
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
  return typicalSessionVolatility(date) * Math.exp(log);
}

/** The year's typical volatility per session: what the day-to-day one returns to. */
export function typicalSessionVolatility(date: IstDate): number {
  return byYear(YEARLY_VOLATILITY, Number(date.slice(0, 4))) / Math.sqrt(SESSIONS_PER_YEAR);
}

/** Volatility per session that options price in at the open, given what is expected. */
export function impliedSessionVolatility(expected: number): number {
  return expected * RISK_PREMIUM;
}

/** Variance between two sessions, in units of a normal day's variance. @param days calendar days from one session to the next, ≥ 1 */
export function pauseVariance(days: number): number {
  return OVERNIGHT_SHARE + PAUSE_SHARE * (Math.min(days, 6) - 1);
}
