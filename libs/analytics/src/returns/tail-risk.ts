import { noMetric, metricOf, type Metric } from '../metric.js';
import { mean, quantileOfSorted } from '../statistics/moments.js';

/** Value at risk and expected shortfall of a sample of returns or P&L, in the unit of the sample (losses negative). */
export interface TailRisk {
  readonly valueAtRisk: Metric;
  readonly expectedShortfall: Metric;
  /** The five worst values, worst first. */
  readonly worst: readonly number[];
}

/**
 * Historical tail risk: VaR is the (1 − level) quantile (linear interpolation), ES the mean of the values at or below it.
 * @param level 0..1, default 0.95; needs at least 1/(1 − level) values
 */
export function tailRisk(sample: readonly number[], level = 0.95): TailRisk {
  const sorted = [...sample].sort((a, b) => a - b);
  const worst = sorted.slice(0, 5);
  const needed = Math.round(1 / (1 - level));
  if (sorted.length < needed) {
    const few = noMetric(`tail risk at ${level} needs at least ${needed} values, found ${sorted.length}`);
    return { valueAtRisk: few, expectedShortfall: few, worst };
  }
  const valueAtRisk = quantileOfSorted(sorted, 1 - level);
  const beyond = sorted.filter((x) => x <= valueAtRisk);
  return { valueAtRisk: metricOf(valueAtRisk), expectedShortfall: metricOf(mean(beyond)), worst };
}
