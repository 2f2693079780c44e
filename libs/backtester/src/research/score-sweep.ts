import {
  backtestOverfitting,
  deflatedSharpe,
  mean,
  metricOf,
  noMetric,
  rawKurtosis,
  skewness,
  standardDeviation,
  type Metric,
  type TrialSet,
} from '@sos/analytics';
import type { VariantResult } from './variant-result.js';
import {
  dayReturns,
  metricValue,
  sessionSharpe,
  variantFigures,
  type SweepMetric,
  type VariantFigures,
} from './variant-figures.js';

/** One line of a sweep's table. */
export interface ScoredVariant {
  readonly result: VariantResult;
  readonly figures: VariantFigures;
  /** Probability that the true Sharpe ratio is above what luck reaches over all trials made on these data. */
  readonly deflatedSharpe: Metric;
}

/** Probability of backtest overfitting of a whole sweep. */
export interface SweepOverfitting {
  readonly pbo: Metric;
  readonly probabilityOfLoss: Metric;
  readonly blocks: number;
  readonly splits: number;
  /** Sessions left out at the beginning, so that the blocks are equal. */
  readonly leftOut: number;
}

/** A sweep, judged: best variant first, failed ones last. */
export interface SweepScore {
  readonly metric: SweepMetric;
  readonly ranked: readonly ScoredVariant[];
  readonly overfitting: SweepOverfitting;
  readonly search: TrialSet;
}

/** Variance of the Sharpe ratios PER SESSION of a set of trials; 0 below two known ones. */
export function sharpeVariance(sharpes: readonly number[]): number {
  const known = sharpes.filter(Number.isFinite);
  return known.length < 2 ? 0 : standardDeviation(known) ** 2;
}

function deflated(returns: readonly number[], search: TrialSet): Metric {
  const sharpe = sessionSharpe(returns);
  if (!Number.isFinite(sharpe)) return noMetric('all daily returns are equal');
  const moments = { skewness: skewness(returns), kurtosis: rawKurtosis(returns) };
  return deflatedSharpe({ sharpe, periods: returns.length, moments }, search);
}

// A variant that never traded has no spread: it stands at 0, above every loser.
const measure = (returns: readonly number[]): number => {
  const deviation = standardDeviation(returns);
  return deviation > 0 ? mean(returns) / deviation : 0;
};

const LEAST_BLOCK = 2;
const MANY_VARIANTS = 300;

function blocksFor(sessions: number, variants: number): number {
  const most = variants > MANY_VARIANTS ? 8 : 10;
  return [most, 8, 6, 4].find((blocks) => sessions >= LEAST_BLOCK * blocks && blocks <= most) ?? 0;
}

/** PBO by cross-validation over equal blocks of sessions (10, with very many variants 8, with few sessions fewer). @param returns daily returns of each variant */
export function sweepOverfitting(returns: readonly (readonly number[])[]): SweepOverfitting {
  const sessions = returns[0]?.length ?? 0;
  const blocks = blocksFor(sessions, returns.length);
  if (returns.length < 2 || blocks === 0) {
    const why = returns.length < 2 ? 'needs at least 2 variants' : 'needs at least 8 sessions';
    return { pbo: noMetric(why), probabilityOfLoss: noMetric(why), blocks: 0, splits: 0, leftOut: 0 };
  }
  const leftOut = sessions % blocks;
  const matrix = Array.from({ length: sessions - leftOut }, (_, i) => returns.map((r) => r[leftOut + i] as number));
  const { pbo, probabilityOfLoss, splits } = backtestOverfitting(matrix, blocks, measure);
  return { pbo: metricOf(pbo), probabilityOfLoss: metricOf(probabilityOfLoss), blocks, splits, leftOut };
}

const known = (value: number): number => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);

/**
 * Judges the variants of a sweep: figures, Sharpe ratio deflated by all trials ever made on these data, probability of overfitting.
 * @param search every trial on these data, those of this sweep among them
 */
export function scoreSweep(
  results: readonly VariantResult[],
  { metric, startingCapital, search }: { metric: SweepMetric; startingCapital: number; search: TrialSet },
): SweepScore {
  const done = results.filter((r) => r.failure === null);
  const returns = new Map(done.map((r) => [r.variant, dayReturns(r.dayNets, startingCapital)]));
  const scored = results.map((result): ScoredVariant => ({
    result,
    figures: variantFigures(result, startingCapital),
    deflatedSharpe:
      result.failure === null ? deflated(returns.get(result.variant) ?? [], search) : noMetric('it failed'),
  }));
  const at = (s: ScoredVariant): number => known(metricValue(s.figures, metric));
  // Equal metrics keep the order of the plan.
  const ranked = scored.sort((a, b) =>
    at(b) === at(a) ? a.result.variant - b.result.variant : at(b) > at(a) ? 1 : -1,
  );
  return { metric, ranked, overfitting: sweepOverfitting([...returns.values()]), search };
}
