import { metricOf, noMetric, type Metric } from '../metric.js';
import { normalQuantile } from '../statistics/normal.js';
import { probabilisticSharpe, type SharpeEstimate } from './probabilistic-sharpe.js';

const EULER_GAMMA = 0.5772156649015329;

/** What was searched: how many independent trials, and the variance of their Sharpe ratios per period. */
export interface TrialSet {
  readonly trials: number;
  readonly sharpeVariance: number;
}

/**
 * Expected maximum of N independent standard normals: (1 − γ)Φ⁻¹(1 − 1/N) + γΦ⁻¹(1 − 1/(N·e)). Unknown below 2 trials.
 * Source: D. Bailey, M. López de Prado, The Deflated Sharpe Ratio, SSRN 2460551.
 */
export function expectedMaximum(trials: number): Metric {
  if (!(trials > 1)) return noMetric('one trial has no selection to correct for');
  // Φ⁻¹(1 − q) = −Φ⁻¹(q) keeps full precision for very many trials.
  return metricOf(
    -(1 - EULER_GAMMA) * normalQuantile(1 / trials) - EULER_GAMMA * normalQuantile(1 / (trials * Math.E)),
  );
}

/** The Sharpe ratio per period that luck alone is expected to reach over a search: √V·E[max]. */
export function luckySharpe(search: TrialSet): Metric {
  const best = expectedMaximum(search.trials);
  return best.value === null ? best : metricOf(Math.sqrt(search.sharpeVariance) * best.value);
}

/**
 * Deflated Sharpe ratio: the probabilistic Sharpe ratio against what luck reaches over the trials made. RAW kurtosis.
 * With one trial it is the probabilistic Sharpe ratio against 0. Source: SSRN 2460551.
 */
export function deflatedSharpe(estimate: SharpeEstimate, search: TrialSet): Metric {
  if (search.trials === 1) return probabilisticSharpe(estimate, 0);
  const lucky = luckySharpe(search);
  return lucky.value === null ? lucky : probabilisticSharpe(estimate, lucky.value);
}

/**
 * Years of data below which a search of N trials reaches `targetSharpe` (annual) by luck: (E[max_N]/SR)².
 * Source: D. Bailey et al., Pseudo-Mathematics and Financial Charlatanism, Notices of the AMS 61(5), 2014.
 */
export function minimumBacktestYears(trials: number, targetSharpe: number): Metric {
  const best = expectedMaximum(trials);
  if (best.value === null) return best;
  return targetSharpe > 0
    ? metricOf((best.value / targetSharpe) ** 2)
    : noMetric('needs a target Sharpe ratio above 0');
}

/** The simple upper bound 2·ln N/SR² of `minimumBacktestYears`. */
export function minimumBacktestYearsBound(trials: number, targetSharpe: number): Metric {
  return targetSharpe > 0
    ? metricOf((2 * Math.log(trials)) / targetSharpe ** 2)
    : noMetric('needs a target Sharpe ratio above 0');
}

/**
 * Effective number of independent trials among M correlated ones: ρ + (1 − ρ)·M.
 * @param averageCorrelation mean pairwise correlation of the trials' returns, 0..1 (below 0 counts as 0)
 */
export function effectiveTrials(trials: number, averageCorrelation: number): number {
  const rho = Math.min(1, Math.max(0, averageCorrelation));
  return rho + (1 - rho) * trials;
}
