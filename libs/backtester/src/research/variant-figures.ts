import { mean, relativeDrawdown, SESSIONS_PER_YEAR, standardDeviation } from '@sos/analytics';
import { AppError, didYouMean } from '@sos/domain';
import type { VariantResult } from './variant-result.js';

/** What a sweep is sorted by; larger is better in each. */
export const SWEEP_METRICS = [
  'sharpe',
  'net',
  'profit-factor',
  'expectancy',
  'win-rate',
  'drawdown',
  'trades',
] as const;
/** The name of one of them. */
export type SweepMetric = (typeof SWEEP_METRICS)[number];

/** The figures of one variant. NaN where a figure is unknown: no trades, or no losses to divide by. */
export interface VariantFigures {
  /** Annualised Sharpe ratio of daily net returns on capital, zero-trade days included; NaN when all days are equal. */
  readonly sharpe: number;
  /** Paise. */
  readonly net: number;
  /** Net wins ÷ net losses. */
  readonly profitFactor: number;
  /** Paise a trade. */
  readonly expectancy: number;
  readonly winRate: number;
  /** Deepest fall of daily equity as a fraction of its peak, ≤ 0. */
  readonly drawdown: number;
  readonly trades: number;
}

/** Daily net results as returns on the capital at the start of each day, which compounds from the starting capital. */
export function dayReturns(dayNets: readonly number[], startingCapital: number): number[] {
  let capital = startingCapital;
  return dayNets.map((net) => {
    const dayReturn = net / capital;
    capital += net;
    return dayReturn;
  });
}

/** Sharpe ratio PER SESSION, ddof 1; NaN when all returns are equal. */
export function sessionSharpe(returns: readonly number[]): number {
  const deviation = standardDeviation(returns);
  return deviation > 0 ? mean(returns) / deviation : Number.NaN;
}

/** The figures of a finished variant. */
export function variantFigures(result: VariantResult, startingCapital: number): VariantFigures {
  const returns = dayReturns(result.dayNets, startingCapital);
  const { net, trades, wins, netWins, netLosses } = result;
  return {
    sharpe: sessionSharpe(returns) * Math.sqrt(SESSIONS_PER_YEAR),
    net: result.failure === null ? net : Number.NaN,
    profitFactor: netLosses < 0 ? netWins / -netLosses : Number.NaN,
    expectancy: trades > 0 ? net / trades : Number.NaN,
    winRate: trades > 0 ? wins / trades : Number.NaN,
    drawdown: returns.length > 0 ? relativeDrawdown(returns).depth : Number.NaN,
    trades: result.failure === null ? trades : Number.NaN,
  };
}

const KEYS: Readonly<Record<SweepMetric, keyof VariantFigures>> = {
  sharpe: 'sharpe',
  net: 'net',
  'profit-factor': 'profitFactor',
  expectancy: 'expectancy',
  'win-rate': 'winRate',
  drawdown: 'drawdown',
  trades: 'trades',
};

/** One figure by the name of its metric. */
export function metricValue(figures: VariantFigures, metric: SweepMetric): number {
  return figures[KEYS[metric]];
}

/** @throws SOS_INPUT with the nearest name */
export function parseSweepMetric(text: string): SweepMetric {
  const found = SWEEP_METRICS.find((name) => name === text);
  if (found !== undefined) return found;
  const names = SWEEP_METRICS.join(', ');
  throw new AppError('SOS_INPUT', `expected a metric of ${names}, found "${text}"${didYouMean(text, SWEEP_METRICS)}`);
}
