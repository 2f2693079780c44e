import { mean, SESSIONS_PER_YEAR } from '@sos/analytics';
import { AppError, type IstDate } from '@sos/domain';
import type { VariantResult } from './variant-result.js';
import { dayReturns, sessionSharpe } from './variant-figures.js';

/** How the sessions are cut. Counts are sessions. */
export interface WalkForwardPlan {
  /** `anchored`: training always begins with the first session; `rolling`: it has `train` sessions. */
  readonly kind: 'anchored' | 'rolling';
  readonly train: number;
  readonly test: number;
  /** Sessions left out at the end of each training: indicators of the first test sessions still remember them. */
  readonly purge: number;
  /** Sessions at the beginning of each test that count for nothing. */
  readonly embargo: number;
}

/** One fold, as half-open ranges of session numbers. */
export interface Fold {
  readonly train: { readonly from: number; readonly to: number };
  readonly test: { readonly from: number; readonly to: number };
}

/** What the choice of variants goes by. */
export type WalkForwardMetric = 'sharpe' | 'net';

/** One fold with the variant that was best in it and what became of that variant afterwards. */
export interface FoldResult extends Fold {
  readonly trainDates: readonly [IstDate, IstDate];
  readonly testDates: readonly [IstDate, IstDate];
  readonly variant: number;
  /** Annualised Sharpe ratio in sample and out of sample, NaN unknown; net results in paise. */
  readonly sharpeIn: number;
  readonly sharpeOut: number;
  readonly netIn: number;
  readonly netOut: number;
  /** Place of the chosen variant among all out of sample, 1 = best. */
  readonly rankOut: number;
}

/** A walk-forward, judged by what was chosen without knowing its test. */
export interface WalkForwardResult {
  readonly folds: readonly FoldResult[];
  /** Net results of the test sessions, one after the other, paise. */
  readonly testNets: readonly number[];
  readonly netOut: number;
  readonly sharpeOut: number;
  /** Mean annualised Sharpe ratio of the chosen variants in sample, over the folds in which it is known. */
  readonly sharpeIn: number;
  /** Sharpe ratio out of sample ÷ in sample; NaN when that in sample is not above 0. */
  readonly efficiency: number;
}

function checkPlan({ train, test, purge, embargo }: WalkForwardPlan): void {
  const whole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;
  if (!whole(train, 2) || !whole(test, 1) || !whole(purge, 0) || !whole(embargo, 0))
    throw new AppError(
      'SOS_INPUT',
      `expected a training of 2 or more sessions, a test of 1 or more, purge and embargo of 0 or more, found ${train}, ${test}, ${purge}, ${embargo}`,
    );
  if (train - purge < 2)
    throw new AppError('SOS_INPUT', `expected at least 2 training sessions after the purge, found ${train - purge}`);
  if (embargo >= test)
    throw new AppError('SOS_INPUT', `expected an embargo below the ${test} sessions of a test, found ${embargo}`);
}

/**
 * Cuts sessions into folds: each test follows its training and the tests lie end to end; purged and embargoed sessions belong to neither. A last test that would be
 * shorter than the others is kept when at least one of its sessions counts.
 * @throws SOS_INPUT for an impossible plan or too few sessions for one fold
 */
export function walkForwardFolds(sessions: number, plan: WalkForwardPlan): Fold[] {
  checkPlan(plan);
  const { kind, train, test, purge, embargo } = plan;
  const folds: Fold[] = [];
  for (let start = train; start + embargo < sessions; start += test) {
    const from = kind === 'anchored' ? 0 : start - train;
    folds.push({
      train: { from, to: start - purge },
      test: { from: start + embargo, to: Math.min(sessions, start + test) },
    });
  }
  if (folds.length > 0) return folds;
  throw new AppError('SOS_INPUT', `expected more than ${train + embargo} sessions for one fold, found ${sessions}`);
}

interface Sliced {
  readonly variant: number;
  readonly nets: readonly number[];
  readonly returns: readonly number[];
}

const annual = (returns: readonly number[]): number => sessionSharpe(returns) * Math.sqrt(SESSIONS_PER_YEAR);
const total = (nets: readonly number[]): number => nets.reduce((sum, net) => sum + net, 0);

function scoreOf(v: Sliced, { from, to }: Fold['train'], metric: WalkForwardMetric): number {
  const score = metric === 'net' ? total(v.nets.slice(from, to)) : sessionSharpe(v.returns.slice(from, to));
  // A variant that did not trade stands at 0: above every loser, below every winner.
  return Number.isNaN(score) ? 0 : score;
}

function bestOf(variants: readonly Sliced[], range: Fold['train'], metric: WalkForwardMetric): Sliced {
  let best = variants[0] as Sliced;
  let most = scoreOf(best, range, metric);
  for (const candidate of variants) {
    const score = scoreOf(candidate, range, metric);
    if (score > most) [best, most] = [candidate, score];
  }
  return best;
}

/** What walk-forward works on. */
export interface WalkForwardInput {
  readonly sessions: readonly IstDate[];
  readonly results: readonly VariantResult[];
  readonly plan: WalkForwardPlan;
  readonly metric: WalkForwardMetric;
  /** Paise. */
  readonly startingCapital: number;
}

/**
 * Chooses the best variant of every training and follows it through the test behind it. Works on the daily results of variants that ran over all sessions: no decision
 * of a day depends on a later one, so a slice of a run is the run of the slice, with indicators warmed up and capital carried on.
 * @throws SOS_INPUT for an impossible plan; SOS_NO_DATA when no variant could be run
 */
export function walkForward({ sessions, results, plan, metric, startingCapital }: WalkForwardInput): WalkForwardResult {
  const folds = walkForwardFolds(sessions.length, plan);
  const sliced = results
    .filter((r) => r.failure === null)
    .map((r) => ({ variant: r.variant, nets: r.dayNets, returns: dayReturns(r.dayNets, startingCapital) }));
  if (sliced.length === 0) throw new AppError('SOS_NO_DATA', 'expected at least one variant that ran, found none');
  const returnsOut: number[] = [];
  const testNets: number[] = [];
  const done = folds.map((fold): FoldResult => {
    const { train, test } = fold;
    const best = bestOf(sliced, train, metric);
    const out = best.returns.slice(test.from, test.to);
    returnsOut.push(...out);
    testNets.push(...best.nets.slice(test.from, test.to));
    const own = scoreOf(best, test, metric);
    const day = (index: number): IstDate => sessions[index] as IstDate;
    return {
      ...fold,
      trainDates: [day(train.from), day(train.to - 1)],
      testDates: [day(test.from), day(test.to - 1)],
      variant: best.variant,
      sharpeIn: annual(best.returns.slice(train.from, train.to)),
      sharpeOut: annual(out),
      netIn: total(best.nets.slice(train.from, train.to)),
      netOut: total(best.nets.slice(test.from, test.to)),
      rankOut: 1 + sliced.filter((v) => scoreOf(v, test, metric) > own).length,
    };
  });
  const inSample = done.map((f) => f.sharpeIn).filter(Number.isFinite);
  const sharpeIn = inSample.length === 0 ? Number.NaN : mean(inSample);
  const sharpeOut = annual(returnsOut);
  const efficiency = sharpeIn > 0 ? sharpeOut / sharpeIn : Number.NaN;
  return { folds: done, testNets, netOut: total(testNets), sharpeOut, sharpeIn, efficiency };
}
