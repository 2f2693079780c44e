import { metricOf, noMetric, type Metric } from '../metric.js';
import { absoluteDrawdown, type Drawdown } from '../returns/drawdown.js';
import { mean, standardDeviation } from '../statistics/moments.js';
import { wilsonInterval, type Interval } from '../statistics/wilson.js';

/** Figures of a list of trades from their net results in order of exit; money in the unit of the input (paise in reports). */
export interface TradeStatistics {
  readonly count: number;
  readonly wins: number;
  readonly losses: number;
  /** A trade that neither won nor lost counts as neither. */
  readonly scratches: number;
  readonly net: number;
  /** wins ÷ count. */
  readonly winRate: Metric;
  /** Wilson 95 % interval of the win rate; null without trades. */
  readonly winRateInterval: Interval | null;
  /** Σ wins ÷ |Σ losses|. */
  readonly profitFactor: Metric;
  /** Mean net result. */
  readonly expectancy: Metric;
  readonly averageWin: Metric;
  /** Negative. */
  readonly averageLoss: Metric;
  /** Mean win ÷ |mean loss|. */
  readonly payoff: Metric;
  /** p − (1 − p)/payoff, a fraction of capital; negative = do not bet. */
  readonly kelly: Metric;
  /** √n·mean/sd, ddof 1; shown only from 30 trades on. */
  readonly sqn: Metric;
  readonly longestWinningStreak: number;
  readonly longestLosingStreak: number;
  /** On the cumulated results from 0; `longestUnderwater` in trades. */
  readonly drawdown: Drawdown;
}

/** Fewest trades from which the system quality number is shown. */
export const SQN_MIN_TRADES = 30;

/**
 * System quality number √n·mean/sd of trade results (V. Tharp). Needs two different results.
 * @param ddof 1 (default, the convention of SOS) or 0 (population)
 */
export function systemQualityNumber(results: readonly number[], ddof: 0 | 1 = 1): Metric {
  if (results.length < 2) return noMetric('needs at least 2 trades');
  const sd = standardDeviation(results, ddof);
  if (sd === 0) return noMetric('all trades had the same result');
  return metricOf((Math.sqrt(results.length) * mean(results)) / sd);
}

function longestRun(results: readonly number[], holds: (r: number) => boolean): number {
  let run = 0;
  let longest = 0;
  for (const r of results) {
    run = holds(r) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

const sum = (xs: readonly number[]): number => xs.reduce((total, x) => total + x, 0);
const meanOr = (xs: readonly number[], reason: string): Metric =>
  xs.length === 0 ? noMetric(reason) : metricOf(mean(xs));

/** Kelly fraction p − (1 − p)/payoff from trade results. Unknown without both a win and a loss. */
export function kellyFraction(winRate: number, payoff: Metric): Metric {
  return payoff.value === null ? payoff : metricOf(winRate - (1 - winRate) / payoff.value);
}

function ratios(won: readonly number[], lost: readonly number[]) {
  const averageWin = meanOr(won, 'no winning trade');
  const averageLoss = meanOr(lost, 'no losing trade');
  const profitFactor = lost.length === 0 ? noMetric('no losing trade') : metricOf(sum(won) / -sum(lost));
  const payoff =
    averageWin.value === null
      ? averageWin
      : averageLoss.value === null
        ? averageLoss
        : metricOf(averageWin.value / -averageLoss.value);
  return { averageWin, averageLoss, profitFactor, payoff };
}

/** Statistics of trades. @param results net result of each trade in order of exit */
export function tradeStatistics(results: readonly number[]): TradeStatistics {
  const count = results.length;
  const won = results.filter((r) => r > 0);
  const lost = results.filter((r) => r < 0);
  const found = ratios(won, lost);
  let equity = 0;
  const curve = results.map((r) => (equity += r));
  const few = noMetric(`shown from ${SQN_MIN_TRADES} trades on, found ${count}`);
  return {
    count,
    wins: won.length,
    losses: lost.length,
    scratches: count - won.length - lost.length,
    net: equity,
    winRate: count === 0 ? noMetric('no trades') : metricOf(won.length / count),
    winRateInterval: wilsonInterval(won.length, count),
    ...found,
    profitFactor: count === 0 ? noMetric('no trades') : found.profitFactor,
    expectancy: meanOr(results, 'no trades'),
    kelly: kellyFraction(won.length / Math.max(count, 1), found.payoff),
    sqn: count < SQN_MIN_TRADES ? few : systemQualityNumber(results),
    longestWinningStreak: longestRun(results, (r) => r > 0),
    longestLosingStreak: longestRun(results, (r) => r < 0),
    drawdown: absoluteDrawdown(curve),
  };
}
