import { metricOf, noMetric, type Metric } from '../metric.js';
import { normalCdf, normalQuantile } from '../statistics/normal.js';
import { NORMAL_MOMENTS, sharpeVarianceFactor, type ReturnMoments } from './return-moments.js';

/** A Sharpe ratio PER PERIOD (not annualised), the number of returns behind it and their shape. */
export interface SharpeEstimate {
  readonly sharpe: number;
  readonly periods: number;
  /** RAW kurtosis (normal = 3); default: normal. */
  readonly moments?: ReturnMoments;
}

/**
 * Probability that the true Sharpe ratio exceeds a benchmark: Φ[(SR − SR*)·√(T − 1)/√(1 − γ3·SR + (γ4 − 1)/4·SR²)].
 * Source: D. Bailey, M. López de Prado, The Sharpe Ratio Efficient Frontier, SSRN 1821643. γ4 is RAW.
 * @param benchmark SR* per period
 * @throws SOS_INPUT for an impossible kurtosis
 */
export function probabilisticSharpe(estimate: SharpeEstimate, benchmark = 0): Metric {
  const { sharpe, periods, moments = NORMAL_MOMENTS } = estimate;
  if (periods < 2) return noMetric('needs at least 2 returns');
  if (!Number.isFinite(sharpe)) return noMetric('the Sharpe ratio is unknown');
  const variance = sharpeVarianceFactor(sharpe, moments);
  if (variance <= 0) return noMetric('the returns leave no uncertainty of the Sharpe ratio');
  return metricOf(normalCdf(((sharpe - benchmark) * Math.sqrt(periods - 1)) / Math.sqrt(variance)));
}

/**
 * Returns needed before a Sharpe ratio beats a benchmark at a confidence (MinTRL), in periods:
 * 1 + (1 − γ3·SR + (γ4 − 1)/4·SR²)·(Φ⁻¹(p)/(SR − SR*))². Unknown when SR ≤ SR*. Source: SSRN 1821643.
 */
export function minimumTrackRecord(
  estimate: Omit<SharpeEstimate, 'periods'>,
  benchmark = 0,
  confidence = 0.95,
): Metric {
  const { sharpe, moments = NORMAL_MOMENTS } = estimate;
  if (!(sharpe > benchmark)) return noMetric('the Sharpe ratio does not exceed the benchmark');
  const z = normalQuantile(confidence) / (sharpe - benchmark);
  return metricOf(1 + sharpeVarianceFactor(sharpe, moments) * z * z);
}
