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

/** The trades of a run with what every split asks of them: their session and labels are found once, the resampled days are shared. */
class Splitter {
  readonly #trades: readonly SplitTrade[];
  readonly #options: SplitOptions;
  /** Place of each trade's session among all. */
  readonly #places: readonly number[];
  readonly #labels = new Map<SplitDimension, readonly string[]>();
  #draws: DayDraws | null = null;

  constructor(trades: readonly SplitTrade[], options: SplitOptions) {
    this.#trades = trades;
    this.#options = options;
    const sessions = new Map<IstDate, number>(options.sessions.map((date, i) => [date, i]));
    this.#places = trades.map((trade) => {
      const date = istDateOf(trade.entryTime);
      const place = sessions.get(date);
      if (place !== undefined) return place;
      throw new AppError('SOS_INPUT', `expected trades of the given sessions only, found one of ${date}`);
    });
  }

  cells(dimensions: readonly SplitDimension[]): SplitCell[] {
    if (dimensions.length === 0 || new Set(dimensions).size !== dimensions.length)
      throw new AppError('SOS_INPUT', `expected each dimension once, found ${dimensions.join(', ') || 'none'}`);
    const columns = dimensions.map((dimension) => this.#labelsBy(dimension));
    const groups = new Map<string, number[]>();
    for (let i = 0; i < this.#trades.length; i++) {
      const key = JSON.stringify(columns.map((labels) => labels[i] as string));
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [i]);
      else group.push(i);
    }
    return [...groups]
      .map(([key, group]) => this.#cell(JSON.parse(key) as string[], group))
      .sort((a, b) => compareCells(dimensions, a, b));
  }

  #labelsBy(dimension: SplitDimension): readonly string[] {
    const before = this.#labels.get(dimension);
    if (before !== undefined) return before;
    const labels = this.#trades.map((trade) => labelOf(trade, dimension));
    this.#labels.set(dimension, labels);
    return labels;
  }

  #cell(labels: readonly string[], group: readonly number[]): SplitCell {
    const stats = tradeStatistics(group.map((i) => (this.#trades[i] as SplitTrade).net));
    const days = this.#sums(group);
    return {
      labels,
      trades: stats.count,
      wins: stats.wins,
      netPaise: paise(stats.net),
      winRate: stats.winRate,
      winRateInterval: stats.winRateInterval,
      expectancyPaise: stats.expectancy,
      expectancyInterval: this.#interval(days),
      tradedSessions: days.length,
    };
  }

  #sums(group: readonly number[]): DaySum[] {
    const sums = new Map<number, DaySum>();
    for (const i of group) {
      const day = this.#places[i] as number;
      const sum = sums.get(day) ?? { day, value: 0, weight: 0 };
      sum.value += (this.#trades[i] as SplitTrade).net;
      sum.weight++;
      sums.set(day, sum);
    }
    return [...sums.values()];
  }

  #interval(days: readonly DaySum[]): IntervalMetric {
    if (days.length < MIN_TRADED_SESSIONS)
      return { interval: null, reason: `needs trades on at least ${MIN_TRADED_SESSIONS} sessions` };
    const { sessions, seed, draws = DRAWS, confidence, meanBlockDays } = this.#options;
    this.#draws ??= new DayDraws(sessions.length, {
      seed,
      draws,
      ...(confidence === undefined ? {} : { confidence }),
      ...(meanBlockDays === undefined ? {} : { meanBlockDays }),
    });
    const interval = this.#draws.ratioInterval(days);
    return interval === null ? { interval, reason: 'no draw held a trade' } : { interval, reason: null };
  }
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
  return new Splitter(trades, options).cells(dimensions);
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
  const splitter = new Splitter(trades, options);
  return wanted.map((dimensions) => ({ dimensions, cells: splitter.cells(dimensions) }));
}
