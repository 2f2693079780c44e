import { AppError } from '@sos/domain';
import { mean, standardDeviation } from '../statistics/moments.js';

/** Result of combinatorially symmetric cross-validation. */
export interface OverfittingResult {
  readonly splits: number;
  /** Probability of backtest overfitting: share of splits whose in-sample best ranks in the lower half out of sample (λ ≤ 0). */
  readonly pbo: number;
  /** λ = ln(ω/(1 − ω)) of each split; ω = rank out of sample ÷ (N + 1). */
  readonly logits: readonly number[];
  /** Share of splits whose in-sample best loses out of sample. */
  readonly probabilityOfLoss: number;
  /** Slope of out-of-sample on in-sample performance of the chosen configurations; NaN when all are equal in sample. */
  readonly slope: number;
}

/** Performance of one configuration over some periods: larger is better. */
export type PerformanceMeasure = (returns: readonly number[]) => number;

const sharpePerPeriod: PerformanceMeasure = (returns) => mean(returns) / standardDeviation(returns);

function halves(blocks: number): number[][] {
  const out: number[][] = [];
  const pick = (from: number, chosen: number[]): void => {
    if (chosen.length === blocks / 2) {
      out.push(chosen);
      return;
    }
    for (let b = from; b < blocks; b++) pick(b + 1, [...chosen, b]);
  };
  pick(0, []);
  return out;
}

// Average rank among ties, 1 = worst.
function rankOf(values: readonly number[], at: number): number {
  const own = values[at] as number;
  let below = 0;
  let equal = 0;
  for (const v of values) {
    if (v < own) below += 1;
    else if (v === own) equal += 1;
  }
  return below + (equal + 1) / 2;
}

function slopeOf(xs: readonly number[], ys: readonly number[]): number {
  const mx = mean(xs);
  const my = mean(ys);
  let xy = 0;
  let xx = 0;
  for (let i = 0; i < xs.length; i++) {
    const dx = (xs[i] as number) - mx;
    xy += dx * ((ys[i] as number) - my);
    xx += dx * dx;
  }
  return xy / xx;
}

function check(matrix: readonly (readonly number[])[], blocks: number): void {
  const width = matrix[0]?.length ?? 0;
  if (width < 2 || matrix.some((row) => row.length !== width))
    throw new AppError('SOS_INPUT', `expected a matrix of at least 2 configurations with equal rows, found ${width}`);
  if (blocks < 2 || blocks % 2 !== 0 || matrix.length % blocks !== 0)
    throw new AppError(
      'SOS_INPUT',
      `expected an even number of blocks that divides ${matrix.length} periods, found ${blocks}`,
    );
}

/**
 * Probability of backtest overfitting by combinatorially symmetric cross-validation over all C(S, S/2) splits.
 * Source: D. Bailey, J. Borwein, M. López de Prado, Q. Zhu, The Probability of Backtest Overfitting, SSRN 2326253.
 * @param matrix rows = periods (e.g. daily returns), columns = configurations
 * @param blocks S, even, dividing the number of periods
 * @param measure default: Sharpe ratio per period, ddof 1
 * @throws SOS_INPUT for another shape
 */
export function backtestOverfitting(
  matrix: readonly (readonly number[])[],
  blocks: number,
  measure: PerformanceMeasure = sharpePerPeriod,
): OverfittingResult {
  check(matrix, blocks);
  const configurations = (matrix[0] as readonly number[]).map((_, c) => matrix.map((row) => row[c] as number));
  const size = matrix.length / blocks;
  const score = (keep: (block: number) => boolean): number[] =>
    configurations.map((r) => measure(r.filter((_, i) => keep(Math.floor(i / size)))));
  const inSample: number[] = [];
  const outOfSample: number[] = [];
  const logits = halves(blocks).map((half) => {
    const seen = score((b) => half.includes(b));
    const unseen = score((b) => !half.includes(b));
    const best = seen.indexOf(Math.max(...seen));
    inSample.push(seen[best] as number);
    outOfSample.push(unseen[best] as number);
    const omega = rankOf(unseen, best) / (configurations.length + 1);
    return Math.log(omega / (1 - omega));
  });
  return {
    splits: logits.length,
    pbo: logits.filter((l) => l <= 0).length / logits.length,
    logits,
    probabilityOfLoss: outOfSample.filter((v) => v < 0).length / logits.length,
    slope: slopeOf(inSample, outOfSample),
  };
}
