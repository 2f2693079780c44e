import type { IstDate } from '@sos/domain';
import type { Metric } from '../metric.js';
import { dayBootstrap, type BootstrapInterval } from '../resampling/day-bootstrap.js';
import { dailyResults, type DayResult } from '../returns/daily-returns.js';
import { absoluteDrawdown } from '../returns/drawdown.js';
import { cagr, calmar, sharpe, sortino, ulcerIndex, volatility } from '../returns/performance.js';
import { excursionStatistics, type ExcursionStatistics } from '../trades/excursions.js';
import { tradeStatistics, type TradeStatistics } from '../trades/trade-statistics.js';
import { probabilisticSharpe } from '../overfitting/probabilistic-sharpe.js';
import { mean, rawKurtosis, skewness, standardDeviation } from '../statistics/moments.js';
import { noMetric } from '../metric.js';
import { exposureOf } from './exposure.js';
import { netInExitOrder } from './gate-row.js';
import { moneyTotals, type MoneyTotals } from './money-totals.js';
import type { ReportInput } from './report-input.js';

/** Figures of the whole run; money in paise, returns as fractions of capital. */
export interface RunTotals extends MoneyTotals {
  readonly sessions: number;
  readonly trades: TradeStatistics;
  readonly excursions: ExcursionStatistics;
  /** Deepest fall of daily equity (closed trades, zero-trade days included), paise ≤ 0. */
  readonly dailyDrawdownPaise: number;
  readonly ambiguousTrades: number;
  readonly unfilledEntries: number;
  readonly exposure: Metric;
  readonly daily: DailyFigures;
  /** 95 % interval of the expectancy by resampling days; null without trades and below 5 sessions. */
  readonly expectancyIntervalPaise: BootstrapInterval | null;
}

/** Figures of daily net returns on capital, zero-trade days included, annualised with 252 sessions. */
export interface DailyFigures {
  readonly sharpe: Metric;
  readonly sortino: Metric;
  readonly volatility: Metric;
  readonly cagr: Metric;
  readonly calmar: Metric;
  readonly ulcer: Metric;
  /** Probability that the true Sharpe ratio is above 0; raw kurtosis; not deflated for the number of trials. */
  readonly probabilisticSharpe: Metric;
}

// Annualising a handful of days prints large numbers that mean nothing.
const RATIO_MIN_SESSIONS = 20;
const INTERVAL_MIN_SESSIONS = 5;
const BOOTSTRAP_SEED = 20_260_112;

function probabilityOfSkill(returns: readonly number[]): Metric {
  const sd = standardDeviation(returns);
  if (!(sd > 0)) return noMetric('all daily returns are equal');
  const moments = { skewness: skewness(returns), kurtosis: rawKurtosis(returns) };
  return probabilisticSharpe({ sharpe: mean(returns) / sd, periods: returns.length, moments });
}

/** The standard figures of a series of daily returns, shown from 20 sessions on. */
export function dailyFigures(returns: readonly number[]): DailyFigures {
  const few = noMetric(`shown from ${RATIO_MIN_SESSIONS} sessions on, found ${returns.length}`);
  const shown = (figure: (r: readonly number[]) => Metric): Metric =>
    returns.length < RATIO_MIN_SESSIONS ? few : figure(returns);
  return {
    sharpe: shown(sharpe),
    sortino: shown(sortino),
    volatility: shown(volatility),
    cagr: shown(cagr),
    calmar: shown(calmar),
    ulcer: shown(ulcerIndex),
    probabilisticSharpe: shown(probabilityOfSkill),
  };
}

function expectancyOf(days: readonly DayResult[]): number {
  let net = 0;
  let trades = 0;
  for (const d of days) {
    net += d.net;
    trades += d.trades;
  }
  return net / trades;
}

/** Sessions of the run, ascending, each day once whatever the number of symbols. */
export function sessionDates(input: ReportInput): IstDate[] {
  return [...new Set(input.coverage.map((c) => c.date))].sort();
}

/** Totals of a run and its daily results. */
export function runTotals(input: ReportInput): { readonly totals: RunTotals; readonly days: readonly DayResult[] } {
  const { trades, coverage, startingCapital } = input;
  const sessions = sessionDates(input);
  const days = dailyResults(trades, sessions, startingCapital);
  let equity = 0;
  const totals: RunTotals = {
    sessions: sessions.length,
    ...moneyTotals(trades),
    trades: tradeStatistics(netInExitOrder(trades)),
    excursions: excursionStatistics(trades),
    dailyDrawdownPaise: absoluteDrawdown(days.map((d) => (equity += d.net))).depth,
    ambiguousTrades: trades.filter((t) => t.ambiguous).length,
    unfilledEntries: input.unfilledEntries,
    exposure: exposureOf(trades, coverage),
    daily: dailyFigures(days.map((d) => d.dayReturn)),
    expectancyIntervalPaise:
      days.length < INTERVAL_MIN_SESSIONS ? null : dayBootstrap(days, expectancyOf, { seed: BOOTSTRAP_SEED }),
  };
  return { totals, days };
}
