import { AppError, istDateOf, type IstDate, type Paise, paise } from '@sos/domain';
import type { Metric } from '../metric.js';
import { dayBootstrap, type BootstrapInterval } from '../resampling/day-bootstrap.js';
import type { Interval } from '../statistics/wilson.js';
import { tradeStatistics } from '../trades/trade-statistics.js';
import { compareLabels, labelOf, type SplitDimension, type SplitTrade } from './split-dimension.js';

/** An interval by resampled days, or the reason why there is none. */
export type IntervalMetric =
  | { readonly interval: BootstrapInterval; readonly reason: null }
  | { readonly interval: null; readonly reason: string };

/** The trades that share a label in every dimension of a split; money in paise. */
export interface SplitCell {
  /** One label for each dimension, in the order in which they were asked for. */
  readonly labels: readonly string[];
  readonly trades: number;
  readonly wins: number;
  readonly netPaise: Paise;
  readonly winRate: Metric;
  /** Wilson, 95 %. */
  readonly winRateInterval: Interval | null;
  /** Mean net result of a trade. */
  readonly expectancyPaise: Metric;
  readonly expectancyInterval: IntervalMetric;
  /** Sessions on which the cell traded. */
  readonly tradedSessions: number;
}

/** How a split is resampled; the same seed gives the same intervals. */
export interface SplitOptions {
  /** Every session of the run, traded or not, ascending, without repeats. */
  readonly sessions: readonly IstDate[];
  readonly seed: number;
  /** Draws of each cell, default 2,000. */
  readonly draws?: number;
  /** Two-sided, default 0.95. */
  readonly confidence?: number;
  /** Mean length of a block of days, default 1. */
  readonly meanBlockDays?: number;
}

interface DaySum {
  net: number;
  trades: number;
}

const DRAWS = 2_000;
/** A cell of one traded session resamples to itself: its interval would be a point that says nothing. */
const MIN_TRADED_SESSIONS = 2;

const expectancyOf = (days: readonly DaySum[]): number => {
  let net = 0;
  let trades = 0;
  for (const day of days) {
    net += day.net;
    trades += day.trades;
  }
  return net / trades;
};

function daySums(trades: readonly SplitTrade[], sessions: readonly IstDate[]): DaySum[] {
  const byDay = new Map<IstDate, DaySum>(sessions.map((date) => [date, { net: 0, trades: 0 }]));
  for (const trade of trades) {
    const date = istDateOf(trade.entryTime);
    const day = byDay.get(date);
    if (day === undefined)
      throw new AppError('SOS_INPUT', `expected trades of the given sessions only, found one of ${date}`);
    day.net += trade.net;
    day.trades++;
  }
  return [...byDay.values()];
}

function resampled(days: readonly DaySum[], tradedSessions: number, options: SplitOptions): IntervalMetric {
  if (tradedSessions < MIN_TRADED_SESSIONS)
    return { interval: null, reason: `needs trades on at least ${MIN_TRADED_SESSIONS} sessions` };
  const { seed, draws = DRAWS, confidence, meanBlockDays } = options;
  const interval = dayBootstrap(days, expectancyOf, {
    seed,
    draws,
    ...(confidence === undefined ? {} : { confidence }),
    ...(meanBlockDays === undefined ? {} : { meanBlockDays }),
  });
  return interval === null ? { interval, reason: 'no draw held a trade' } : { interval, reason: null };
}

function cellOf(labels: readonly string[], trades: readonly SplitTrade[], options: SplitOptions): SplitCell {
  const stats = tradeStatistics(trades.map((t) => t.net));
  const days = daySums(trades, options.sessions);
  const tradedSessions = days.filter((d) => d.trades > 0).length;
  return {
    labels,
    trades: stats.count,
    wins: stats.wins,
    netPaise: paise(stats.net),
    winRate: stats.winRate,
    winRateInterval: stats.winRateInterval,
    expectancyPaise: stats.expectancy,
    expectancyInterval: resampled(days, tradedSessions, options),
    tradedSessions,
  };
}

function compareCells(dimensions: readonly SplitDimension[], a: SplitCell, b: SplitCell): number {
  for (const [i, dimension] of dimensions.entries()) {
    const order = compareLabels(dimension, a.labels[i] as string, b.labels[i] as string);
    if (order !== 0) return order;
  }
  return 0;
}

/**
 * Splits the trades of a run by one or more dimensions: count, net, win rate with its Wilson interval, expectancy with an interval from resampled
 * sessions (zero-trade sessions included). Combinations without a trade have no cell; the cells' trades and net add up to the run's.
 * Many cells invite chance: of 20 worthless cells one lies outside its 95 % interval.
 * @param dimensions at least one, each once
 * @throws SOS_INPUT for no or repeated dimensions, or a trade outside the sessions
 */
export function splitTrades(
  trades: readonly SplitTrade[],
  dimensions: readonly SplitDimension[],
  options: SplitOptions,
): SplitCell[] {
  if (dimensions.length === 0 || new Set(dimensions).size !== dimensions.length)
    throw new AppError('SOS_INPUT', `expected each dimension once, found ${dimensions.join(', ') || 'none'}`);
  const groups = new Map<string, { labels: readonly string[]; trades: SplitTrade[] }>();
  for (const trade of trades) {
    const labels = dimensions.map((d) => labelOf(trade, d));
    const key = JSON.stringify(labels);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { labels, trades: [trade] });
    else group.trades.push(trade);
  }
  return [...groups.values()]
    .map((group) => cellOf(group.labels, group.trades, options))
    .sort((a, b) => compareCells(dimensions, a, b));
}
