import { metricOf, noMetric, type Metric } from '../metric.js';
import { mean, standardDeviation } from '../statistics/moments.js';
import { relativeDrawdown, underwaterCurve } from './drawdown.js';

/** Sessions in a year, A: the annualisation of every figure made from daily returns. */
export const SESSIONS_PER_YEAR = 252;

// Sums of equal decimals differ in their last bits, so a constant series may show a deviation of 1e-18.
const NEGLIGIBLE_SD = 1e-15;

const noReturns = noMetric('no daily returns');

/** CAGR = (Π(1 + r))^(A/n) − 1 over n daily returns, as a fraction. Unknown without returns or after a loss of everything. */
export function cagr(returns: readonly number[], periodsPerYear = SESSIONS_PER_YEAR): Metric {
  if (returns.length === 0) return noReturns;
  const growth = returns.reduce((product, r) => product * (1 + r), 1);
  if (growth <= 0) return noMetric('the capital was lost, so no growth rate exists');
  return metricOf(growth ** (periodsPerYear / returns.length) - 1);
}

/** Annualised volatility: sd(r, ddof 1)·√A, as a fraction. Needs two returns. */
export function volatility(returns: readonly number[], periodsPerYear = SESSIONS_PER_YEAR): Metric {
  if (returns.length < 2) return noMetric('volatility needs at least 2 daily returns');
  return metricOf(standardDeviation(returns) * Math.sqrt(periodsPerYear));
}

/**
 * Annualised Sharpe ratio: mean(r − rf)/sd(r, ddof 1)·√A on daily returns; intraday bars are never annualised.
 * @param options.riskFree per period, default 0
 */
export function sharpe(returns: readonly number[], options: RatioOptions = {}): Metric {
  const { riskFree = 0, periodsPerYear = SESSIONS_PER_YEAR } = options;
  if (returns.length < 2) return noMetric('a Sharpe ratio needs at least 2 daily returns');
  const sd = standardDeviation(returns);
  if (sd < NEGLIGIBLE_SD) return noMetric('all daily returns are equal');
  return metricOf(((mean(returns) - riskFree) / sd) * Math.sqrt(periodsPerYear));
}

/** Options of ratios of daily returns. */
export interface RatioOptions {
  /** Risk-free or target return per period, fraction; default 0. */
  readonly riskFree?: number;
  /** Default 252. */
  readonly periodsPerYear?: number;
}

/**
 * Annualised Sortino ratio: A·mean(r − m)/(√A·√(Σ min(r − m, 0)²/n)), n = ALL observations (target downside deviation).
 * Unknown when no return is below the target.
 */
export function sortino(returns: readonly number[], options: RatioOptions = {}): Metric {
  const { riskFree: target = 0, periodsPerYear = SESSIONS_PER_YEAR } = options;
  if (returns.length === 0) return noReturns;
  const downside = Math.sqrt(mean(returns.map((r) => Math.min(r - target, 0) ** 2)));
  if (downside === 0) return noMetric('no daily return is below the target');
  return metricOf(((mean(returns) - target) / downside) * Math.sqrt(periodsPerYear));
}

/** Calmar (MAR) ratio: CAGR ÷ |maximum drawdown of daily equity|. Unknown without a drawdown. */
export function calmar(returns: readonly number[], periodsPerYear = SESSIONS_PER_YEAR): Metric {
  const growth = cagr(returns, periodsPerYear);
  if (growth.value === null) return growth;
  const { depth } = relativeDrawdown(returns);
  return depth === 0 ? noMetric('there was no drawdown') : metricOf(growth.value / -depth);
}

/** Ulcer index: √mean(DD²) of the daily underwater curve, as a fraction ≥ 0. */
export function ulcerIndex(returns: readonly number[]): Metric {
  if (returns.length === 0) return noReturns;
  return metricOf(Math.sqrt(mean(underwaterCurve(returns).map((d) => d * d))));
}

/** Ulcer performance index: (CAGR − annual risk-free) ÷ Ulcer index. Unknown without a drawdown. */
export function ulcerPerformance(returns: readonly number[], annualRiskFree = 0): Metric {
  const growth = cagr(returns);
  const ulcer = ulcerIndex(returns);
  if (growth.value === null) return growth;
  if (ulcer.value === null || ulcer.value === 0) return noMetric('there was no drawdown');
  return metricOf((growth.value - annualRiskFree) / ulcer.value);
}

/**
 * Omega ratio at a threshold per period: Σ max(r − L, 0) ÷ Σ max(L − r, 0). Unknown when no return is below the threshold.
 */
export function omega(returns: readonly number[], threshold = 0): Metric {
  let above = 0;
  let below = 0;
  for (const r of returns) {
    above += Math.max(r - threshold, 0);
    below += Math.max(threshold - r, 0);
  }
  return below === 0 ? noMetric('no daily return is below the threshold') : metricOf(above / below);
}
