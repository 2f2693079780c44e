import { AppError, istDateOf, type IstDate, type Paise, paise } from '@sos/domain';
import type { Metric } from '../metric.js';
import type { BootstrapInterval } from '../resampling/day-bootstrap.js';
import { DayDraws } from '../resampling/day-draws.js';
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

const DRAWS = 2_000;
/** A cell of one traded session resamples to itself: its interval would be a point that says nothing. */
const MIN_TRADED_SESSIONS = 2;

interface DaySum {
  readonly day: number;
  value: number;
  weight: number;
}

/** The sessions of a run by their places, and the draws that all cells share; made when the first cell needs them. */
class Resampling {
  readonly #places: ReadonlyMap<IstDate, number>;
  readonly #options: SplitOptions;
  #draws: DayDraws | null = null;

  constructor(options: SplitOptions) {
    this.#options = options;
    this.#places = new Map(options.sessions.map((date, i) => [date, i]));
  }

  sums(trades: readonly SplitTrade[]): DaySum[] {
    const sums = new Map<number, DaySum>();
    for (const trade of trades) {
      const date = istDateOf(trade.entryTime);
      const day = this.#places.get(date);
      if (day === undefined)
        throw new AppError('SOS_INPUT', `expected trades of the given sessions only, found one of ${date}`);
      const sum = sums.get(day) ?? { day, value: 0, weight: 0 };
      sum.value += trade.net;
      sum.weight++;
      sums.set(day, sum);
    }
    return [...sums.values()];
  }

  interval(days: readonly DaySum[]): IntervalMetric {
    if (days.length < MIN_TRADED_SESSIONS)
      return { interval: null, reason: `needs trades on at least ${MIN_TRADED_SESSIONS} sessions` };
    const { seed, draws = DRAWS, confidence, meanBlockDays } = this.#options;
    this.#draws ??= new DayDraws(this.#places.size, {
      seed,
      draws,
      ...(confidence === undefined ? {} : { confidence }),
      ...(meanBlockDays === undefined ? {} : { meanBlockDays }),
    });
    const interval = this.#draws.ratioInterval(days);
    return interval === null ? { interval, reason: 'no draw held a trade' } : { interval, reason: null };
  }
}

function cellOf(labels: readonly string[], trades: readonly SplitTrade[], resampling: Resampling): SplitCell {
  const stats = tradeStatistics(trades.map((t) => t.net));
  const days = resampling.sums(trades);
  return {
    labels,
    trades: stats.count,
    wins: stats.wins,
    netPaise: paise(stats.net),
    winRate: stats.winRate,
    winRateInterval: stats.winRateInterval,
    expectancyPaise: stats.expectancy,
    expectancyInterval: resampling.interval(days),
    tradedSessions: days.length,
  };
}

function compareCells(dimensions: readonly SplitDimension[], a: SplitCell, b: SplitCell): number {
  for (const [i, dimension] of dimensions.entries()) {
    const order = compareLabels(dimension, a.labels[i] as string, b.labels[i] as string);
    if (order !== 0) return order;
  }
  return 0;
}

function cellsOf(
  trades: readonly SplitTrade[],
  dimensions: readonly SplitDimension[],
  resampling: Resampling,
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
    .map((group) => cellOf(group.labels, group.trades, resampling))
    .sort((a, b) => compareCells(dimensions, a, b));
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
  return cellsOf(trades, dimensions, new Resampling(options));
}

/** A run split by some dimensions. */
export interface TradeSplit {
  readonly dimensions: readonly SplitDimension[];
  readonly cells: readonly SplitCell[];
}

/** Several splits of the same trades, as `splitTrades` makes each; all of them share one set of resampled days. */
export function splitsOf(
  trades: readonly SplitTrade[],
  wanted: readonly (readonly SplitDimension[])[],
  options: SplitOptions,
): TradeSplit[] {
  const resampling = new Resampling(options);
  return wanted.map((dimensions) => ({ dimensions, cells: cellsOf(trades, dimensions, resampling) }));
}
