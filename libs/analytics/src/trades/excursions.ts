import type { Paise } from '@sos/domain';
import { metricOf, noMetric, type Metric } from '../metric.js';
import { mean } from '../statistics/moments.js';

/** What the excursion figures need of a trade: P&L and its worst and best open mark, all in paise. */
export interface Excursion {
  readonly net: Paise;
  readonly gross: Paise;
  readonly initialRisk: Paise;
  readonly maxAdverse: Paise;
  readonly maxFavourable: Paise;
}

/** How far trades went against and for the position while open, from prices after the fill. */
export interface ExcursionStatistics {
  /** Mean worst open mark, paise ≤ 0. */
  readonly averageAdverse: Metric;
  /** Mean best open mark, paise ≥ 0. */
  readonly averageFavourable: Metric;
  /** Mean favourable ÷ |mean adverse|. */
  readonly eRatio: Metric;
  /** Mean (best open mark − gross result), paise: what was given back before the exit. */
  readonly endTradeDrawdown: Metric;
  /** Mean net result in units of the trade's own initial risk (charges included). */
  readonly expectancyInRisk: Metric;
}

/** MAE, MFE, E-ratio, end-trade drawdown and expectancy in R. */
export function excursionStatistics(trades: readonly Excursion[]): ExcursionStatistics {
  const none = noMetric('no trades');
  const average = (of: (t: Excursion) => number): Metric =>
    trades.length === 0 ? none : metricOf(mean(trades.map(of)));
  const averageAdverse = average((t) => t.maxAdverse);
  const averageFavourable = average((t) => t.maxFavourable);
  const risked = trades.filter((t) => t.initialRisk > 0);
  return {
    averageAdverse,
    averageFavourable,
    eRatio: excursionRatio(averageFavourable, averageAdverse),
    endTradeDrawdown: average((t) => t.maxFavourable - t.gross),
    expectancyInRisk:
      risked.length === 0
        ? noMetric('no trade with a known risk')
        : metricOf(mean(risked.map((t) => t.net / t.initialRisk))),
  };
}

function excursionRatio(favourable: Metric, adverse: Metric): Metric {
  if (favourable.value === null || adverse.value === null) return noMetric('no trades');
  return adverse.value === 0
    ? noMetric('no trade went against the position')
    : metricOf(favourable.value / -adverse.value);
}
