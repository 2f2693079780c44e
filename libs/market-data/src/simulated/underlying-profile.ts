import type { IstDate, Underlying } from '@sos/domain';
import { valueOn } from './market-climate.js';

/**
 * What the simulated market knows of one index. All numbers are rounded statistics, none is a recorded price.
 * Sizes are exchange-wide and for today's market; volatility is relative to the market's own (see market-climate).
 */
export interface UnderlyingProfile {
  /** Closing level of the last session of each year, index points; the simulated years are tied to them. */
  readonly yearEndLevels: readonly (readonly [year: number, level: number])[];
  /** Daily volatility as a multiple of NIFTY's, from a date on. */
  readonly volatility: readonly (readonly [from: string, times: number])[];
  /** Correlation of its minute returns with the common market factor, 0..1. */
  readonly loading: number;
  /** Steps between the prints of the index, rupees. */
  readonly indexTick: number;
  /** Open interest per side of a front expiry four days before its end, units. */
  readonly openInterest: number;
  /** Share of the open interest that a weekly / monthly expiry holds depends on how many days remain: e-folding in calendar days. */
  readonly openInterestDays: number;
  /** Open interest of the n-th round strike relative to its neighbours: [every how many points, how many times as much]. */
  readonly roundStrikes: readonly (readonly [every: number, times: number])[];
  /** Traded units per day of the front future and its open interest. */
  readonly futureVolume: number;
  readonly futureOpenInterest: number;
  /** Width of the quotes relative to NIFTY's. */
  readonly spread: number;
  /** Rupees that stand at the best bid or ask of an at-the-money option. */
  readonly quoteValue: number;
}

/** NIFTY's yearly levels, rounded; the others that follow it closely are given by their own. */
const NIFTY_LEVELS = [
  [2018, 10_860],
  [2019, 12_170],
  [2020, 13_980],
  [2021, 17_350],
  [2022, 18_110],
  [2023, 21_730],
  [2024, 23_640],
  [2025, 26_130],
  [2026, 24_700],
  [2027, 26_500],
] as const;

const scaled = (by: number): [number, number][] => NIFTY_LEVELS.map(([year, level]) => [year, Math.round(level * by)]);

export const UNDERLYING_PROFILES: Readonly<Record<Underlying, UnderlyingProfile>> = {
  NIFTY: {
    yearEndLevels: NIFTY_LEVELS,
    volatility: [['2000-01-01', 1]],
    loading: 0.95,
    indexTick: 0.05,
    openInterest: 130e6,
    openInterestDays: 2.8,
    roundStrikes: [
      [100, 2.2],
      [500, 1.9],
    ],
    futureVolume: 5e6,
    futureOpenInterest: 16e6,
    spread: 1,
    quoteValue: 130_000,
  },
  BANKNIFTY: {
    yearEndLevels: [
      [2018, 27_160],
      [2019, 32_160],
      [2020, 31_260],
      [2021, 35_480],
      [2022, 42_990],
      [2023, 48_290],
      [2024, 50_860],
      [2025, 59_580],
      [2026, 56_500],
      [2027, 60_500],
    ],
    volatility: [
      ['2000-01-01', 1.43],
      ['2022-04-01', 1.28],
      ['2024-07-01', 1.2],
      ['2025-04-01', 1.1],
    ],
    loading: 0.895,
    indexTick: 0.05,
    openInterest: 26e6,
    openInterestDays: 28,
    roundStrikes: [
      [500, 7],
      [1000, 1.8],
    ],
    futureVolume: 1.4e6,
    futureOpenInterest: 2.1e6,
    spread: 1.25,
    quoteValue: 60_000,
  },
  FINNIFTY: {
    yearEndLevels: scaled(1.06),
    volatility: [['2000-01-01', 1.15]],
    loading: 0.9,
    indexTick: 0.05,
    openInterest: 3e6,
    openInterestDays: 28,
    roundStrikes: [
      [100, 1.8],
      [500, 2.5],
    ],
    futureVolume: 60e3,
    futureOpenInterest: 80e3,
    spread: 5,
    quoteValue: 25_000,
  },
  MIDCPNIFTY: {
    yearEndLevels: scaled(0.53),
    volatility: [['2000-01-01', 1.3]],
    loading: 0.82,
    indexTick: 0.05,
    openInterest: 9e6,
    openInterestDays: 28,
    roundStrikes: [
      [100, 2],
      [500, 2.2],
    ],
    futureVolume: 900e3,
    futureOpenInterest: 2e6,
    spread: 3,
    quoteValue: 30_000,
  },
  SENSEX: {
    yearEndLevels: scaled(3.28),
    volatility: [['2000-01-01', 1]],
    loading: 0.94,
    indexTick: 0.01,
    openInterest: 22e6,
    openInterestDays: 2.8,
    roundStrikes: [
      [500, 2.4],
      [1000, 1.8],
    ],
    futureVolume: 40e3,
    futureOpenInterest: 60e3,
    spread: 1.6,
    quoteValue: 90_000,
  },
};

/** Expected volatility of an underlying relative to NIFTY's on a day. */
export function relativeVolatility(underlying: Underlying, date: IstDate): number {
  return valueOn(UNDERLYING_PROFILES[underlying].volatility, date);
}
