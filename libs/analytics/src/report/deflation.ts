import { AppError } from '@sos/domain';
import { metricOf, noMetric, type Metric } from '../metric.js';
import { deflatedSharpe, luckySharpe } from '../overfitting/deflated-sharpe.js';
import { SESSIONS_PER_YEAR } from '../returns/performance.js';
import { mean, rawKurtosis, skewness, standardDeviation } from '../statistics/moments.js';
import type { ReportTrials } from './report-input.js';

/** What is left of a run's Sharpe ratio when the luck of all trials is taken off. */
export interface Deflation extends ReportTrials {
  /** Variance of the trials' Sharpe ratios per session that was used: as kept, or that of worthless trials, 1 ÷ (sessions − 1). */
  readonly usedVariance: Metric;
  /** Yearly Sharpe ratio that luck alone is expected to reach over so many trials. */
  readonly luckySharpe: Metric;
  /** Probability that the true Sharpe ratio is above what luck reaches, 0..1; raw kurtosis. */
  readonly deflatedSharpe: Metric;
  /** One sentence for people. */
  readonly statement: string;
}

/** The search of a run that nobody counted. */
export const UNCOUNTED: ReportTrials = { count: 1, sharpeVariance: null, origin: 'not counted' };

/** Fewest sessions from which a Sharpe ratio is deflated. */
const MIN_SESSIONS = 20;

function figures(returns: readonly number[], { count, sharpeVariance }: ReportTrials) {
  const sd = standardDeviation(returns);
  const reason =
    returns.length < MIN_SESSIONS
      ? `shown from ${MIN_SESSIONS} sessions on, found ${returns.length}`
      : 'all daily returns are equal';
  if (returns.length < MIN_SESSIONS || !(sd > 0)) {
    const none = noMetric(reason);
    return { usedVariance: none, luckySharpe: none, deflatedSharpe: none };
  }
  const variance = sharpeVariance ?? 1 / (returns.length - 1);
  const search = { trials: count, sharpeVariance: variance };
  const lucky = luckySharpe(search);
  const moments = { skewness: skewness(returns), kurtosis: rawKurtosis(returns) };
  return {
    usedVariance: metricOf(variance),
    luckySharpe: lucky.value === null ? lucky : metricOf(lucky.value * Math.sqrt(SESSIONS_PER_YEAR)),
    deflatedSharpe: deflatedSharpe({ sharpe: mean(returns) / sd, periods: returns.length, moments }, search),
  };
}

function statementOf({ count, origin }: ReportTrials, probability: Metric): string {
  const by = `deflated by ${count} ${count === 1 ? 'trial' : 'trials'} (${origin})`;
  if (probability.value === null) return `${by}: no probability, ${probability.reason}`;
  return `${by}: skill is real with probability ${(100 * probability.value).toFixed(1)} %`;
}

/**
 * Deflates the Sharpe ratio of daily returns by the number of trials. Where the variance of their Sharpe ratios was not kept, they are taken as worthless.
 * @throws SOS_INPUT for a count below 1 or a negative variance
 */
export function deflationOf(returns: readonly number[], trials: ReportTrials = UNCOUNTED): Deflation {
  const { count, sharpeVariance } = trials;
  if (!(Number.isInteger(count) && count >= 1))
    throw new AppError('SOS_INPUT', `expected a whole number of trials from 1 on, found ${count}`);
  if (sharpeVariance !== null && !(sharpeVariance >= 0))
    throw new AppError('SOS_INPUT', `expected a variance of the Sharpe ratios of at least 0, found ${sharpeVariance}`);
  const found = figures(returns, trials);
  return { ...trials, ...found, statement: statementOf(trials, found.deflatedSharpe) };
}
