import { mean } from '../statistics/moments.js';
import { backtestOverfitting } from './backtest-overfitting.js';
import {
  deflatedSharpe,
  effectiveTrials,
  expectedMaximum,
  luckySharpe,
  minimumBacktestYears,
  minimumBacktestYearsBound,
} from './deflated-sharpe.js';
import { minimumTrackRecord, probabilisticSharpe } from './probabilistic-sharpe.js';
import { NORMAL_MOMENTS, sharpeStandardError, sharpeVarianceFactor } from './return-moments.js';

describe('Sharpe ratios against a benchmark', () => {
  const moments = { skewness: -0.5, kurtosis: 5 };

  // mpmath, 60 digits
  it('PSR and MinTRL of 0.2 against 0.05', () => {
    expect(probabilisticSharpe({ sharpe: 0.2, periods: 60, moments }, 0.05).value).toBeCloseTo(0.8597301668975716, 13);
    expect(minimumTrackRecord({ sharpe: 0.2, moments }, 0.05, 0.99).value).toBeCloseTo(275.20265117341995, 9);
  });

  it('normal moments and 95 % unless told otherwise', () => {
    expect(NORMAL_MOMENTS).toEqual({ skewness: 0, kurtosis: 3 });
    const normal = minimumTrackRecord({ sharpe: 0.2, moments: NORMAL_MOMENTS }, 0, 0.95);
    expect(minimumTrackRecord({ sharpe: 0.2 })).toEqual(normal);
    // 1 + (1 + 0.02)·(1.6448536269514722 / 0.2)²
    expect(normal.value).toBeCloseTo(69.991358079433, 10);
  });

  it('two returns are enough, an unknown ratio or no uncertainty is not', () => {
    expect(probabilisticSharpe({ sharpe: 0, periods: 2 }).value).toBe(0.5);
    expect(probabilisticSharpe({ sharpe: Number.NaN, periods: 9 })).toEqual({
      value: null,
      reason: 'the Sharpe ratio is unknown',
    });
    // Two points of which one is rare: γ3 = 2, γ4 = 5 leave 1 − 2 + 1 = 0 at a ratio of 1.
    const sure = { sharpe: 1, periods: 9, moments: { skewness: 2, kurtosis: 5 } };
    expect(probabilisticSharpe(sure).reason).toBe('the returns leave no uncertainty of the Sharpe ratio');
    expect(minimumTrackRecord({ sharpe: 0.1 }, 0.1).reason).toBe('the Sharpe ratio does not exceed the benchmark');
    expect(minimumTrackRecord({ sharpe: Number.NaN }).value).toBeNull();
  });

  it('the least kurtosis there is passes, anything less is refused', () => {
    expect(sharpeVarianceFactor(0.5, { skewness: 2, kurtosis: 5 })).toBe(0.25);
    expect(() => sharpeVarianceFactor(0.5, { skewness: 2, kurtosis: 4.99 })).toThrow(
      'expected a raw kurtosis of at least 1 + skewness² = 5 (a normal distribution has 3), found 4.99',
    );
    expect(sharpeStandardError(0.5, 5, { skewness: 2, kurtosis: 5 })).toBe(0.25);
  });
});

describe('selection among trials', () => {
  const one = { value: null, reason: 'one trial has no selection to correct for' };
  const target = { value: null, reason: 'needs a target Sharpe ratio above 0' };

  it('does not exist for one trial or none', () => {
    expect([expectedMaximum(1), expectedMaximum(0), expectedMaximum(Number.NaN)]).toEqual([one, one, one]);
    expect(luckySharpe({ trials: 1, sharpeVariance: 1 })).toEqual(one);
    expect(deflatedSharpe({ sharpe: 0.1, periods: 50 }, { trials: 0.5, sharpeVariance: 1 })).toEqual(one);
    expect(minimumBacktestYears(1, 1)).toEqual(one);
  });

  it('needs a target above 0', () => {
    expect([minimumBacktestYears(45, 0), minimumBacktestYearsBound(45, 0), minimumBacktestYearsBound(45, -1)]).toEqual([
      target,
      target,
      target,
    ]);
    expect(minimumBacktestYearsBound(45, 2).value).toBeCloseTo(Math.log(45) / 2, 14);
  });

  it('a correlation above 1 counts as 1', () => {
    expect([effectiveTrials(10, 1.5), effectiveTrials(10, 0.25)]).toEqual([1, 7.75]);
  });
});

describe('cross-validation by hand', () => {
  it('ties share their ranks, and a logit of 0 is overfitted', () => {
    const matrix = [
      [1, 1, 2],
      [0, 0, -1],
      [3, 1, 0],
      [-2, 1, 0],
    ];
    // Seen 0.5 by all: the first is chosen, second of three unseen. Seen 0.5, 1, 0: the second is chosen, in a tie of three.
    expect(backtestOverfitting(matrix, 2, mean)).toEqual({
      splits: 2,
      pbo: 1,
      logits: [0, 0],
      probabilityOfLoss: 0,
      slope: 0,
    });
  });

  it('a result of 0 out of sample is no loss', () => {
    const found = backtestOverfitting(
      [
        [2, 0],
        [0, 0],
        [0, 1],
        [0, -1],
      ],
      2,
      mean,
    );
    expect(found.logits).toEqual([0, Math.log(2 / 3 / (1 - 2 / 3))]);
    expect(found).toMatchObject({ splits: 2, pbo: 0.5, probabilityOfLoss: 0, slope: -1 });
  });

  it('has no slope where all are equal in sample', () => {
    expect(
      backtestOverfitting(
        [
          [1, 0],
          [1, 0],
        ],
        2,
        mean,
      ).slope,
    ).toBeNaN();
  });

  it.each([
    [[], 2, 'expected a matrix of at least 2 configurations with equal rows, found 0'],
    [[[1], [1]], 2, 'expected a matrix of at least 2 configurations with equal rows, found 1'],
    [[[1, 2], [1]], 2, 'expected a matrix of at least 2 configurations with equal rows, found 2'],
    [
      [
        [1, 2],
        [1, 2],
      ],
      0,
      'expected an even number of blocks that divides 2 periods, found 0',
    ],
    [
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      3,
      'expected an even number of blocks that divides 3 periods, found 3',
    ],
    [
      [
        [1, 2],
        [1, 2],
        [1, 2],
      ],
      2,
      'expected an even number of blocks that divides 3 periods, found 2',
    ],
  ])('refuses %j in %d blocks', (matrix, blocks, message) => {
    expect(() => backtestOverfitting(matrix, blocks)).toThrow(message);
  });
});
