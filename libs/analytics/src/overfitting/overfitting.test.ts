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
import { sharpeStandardError, sharpeStandardErrorNormal, sharpeVarianceFactor } from './return-moments.js';
import { mean, rawKurtosis, skewness, standardDeviation } from '../statistics/moments.js';

const DIGITS = 9;

describe('deflated Sharpe ratio: the example of SSRN 2460551', () => {
  const paper = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, moments: { skewness: -3, kurtosis: 10 } };
  const search = (trials: number) => ({ trials, sharpeVariance: 0.5 / 250 });

  it('deflates an annual 2.5 found among 100 trials to 0.9004', () => {
    expect(expectedMaximum(100).value).toBeCloseTo(2.5306028932016846, DIGITS);
    expect(luckySharpe(search(100)).value).toBeCloseTo(0.113172, 7);
    expect((luckySharpe(search(100)).value ?? 0) * Math.sqrt(250)).toBeCloseTo(1.78940647, 7);
    expect(deflatedSharpe(paper, search(100)).value).toBeCloseTo(0.9003968344493903, DIGITS);
  });

  it('is 0.9505 for 46 trials, and for 88 trials of normal returns', () => {
    expect(deflatedSharpe(paper, search(46)).value).toBeCloseTo(0.9505017068755787, DIGITS);
    const normal = { sharpe: paper.sharpe, periods: 1250 };
    expect(deflatedSharpe(normal, search(88)).value).toBeCloseTo(0.9504908166760139, DIGITS);
  });

  it('knows the expected maximum of N trials', () => {
    expect(expectedMaximum(10).value).toBeCloseTo(1.57459830134575, DIGITS);
    expect(expectedMaximum(1000).value).toBeCloseTo(3.255121513652723, DIGITS);
    expect(expectedMaximum(10000).value).toBeCloseTo(3.86066485551044, DIGITS);
    expect(expectedMaximum(1)).toEqual({ value: null, reason: 'one trial has no selection to correct for' });
  });

  it('is the probabilistic Sharpe ratio when only one trial was made', () => {
    expect(deflatedSharpe(paper, search(1))).toEqual(probabilisticSharpe(paper, 0));
  });
});

describe('probabilistic Sharpe ratio: the example of SSRN 1821643', () => {
  const moments = { skewness: -2.448, kurtosis: 10.164 };
  const sharpe = 1.585 / Math.sqrt(12);

  it('gives the values of the paper', () => {
    expect(probabilisticSharpe({ sharpe, periods: 24, moments }).value).toBeCloseTo(0.9132343068848602, DIGITS);
    expect(probabilisticSharpe({ sharpe, periods: 24 }).value).toBeCloseTo(0.9815912360834967, DIGITS);
    expect(probabilisticSharpe({ sharpe, periods: 36, moments }).value).toBeCloseTo(0.9534087811867221, DIGITS);
  });

  it('takes raw kurtosis: the trap of excess kurtosis gives another number', () => {
    const estimate = { sharpe: 0.5, periods: 40, moments: { skewness: -1.5, kurtosis: 9 } };
    expect(probabilisticSharpe(estimate).value).toBeCloseTo(0.98131351, 8);
    const excess = { ...estimate, moments: { skewness: -1.5, kurtosis: 6 } };
    expect(probabilisticSharpe(excess).value).toBeCloseTo(0.98515604, 8);
  });

  it('refuses a kurtosis that no distribution has', () => {
    const excess = { sharpe: 0.1, periods: 100, moments: { skewness: -0.2, kurtosis: 0.4 } };
    expect(() => probabilisticSharpe(excess)).toThrow('expected a raw kurtosis of at least 1 + skewness² = 1.04');
    expect(() => sharpeVarianceFactor(0.1, { skewness: 0, kurtosis: Number.NaN })).toThrow('found NaN');
  });

  it('has no value for one return', () => {
    expect(probabilisticSharpe({ sharpe, periods: 1 })).toEqual({ value: null, reason: 'needs at least 2 returns' });
  });

  // Sharpe of the defined returns, moments over the column with its first return set to 0: what vectorbt's accessor does.
  const changes = (a: readonly number[]) => a.slice(1).map((x, i) => x / (a[i] as number) - 1);
  const columns = [
    [1, 2, 3, 4, 5],
    [5, 4, 3, 2, 1],
    [1, 2, 3, 2, 1],
  ].map(changes);
  it.each([
    [0.01, [0.298262097, 7.02962436e-7, 6.75524118e-4]],
    [0.03, [0.218365668, 5.90898974e-7, 4.12891471e-4]],
  ])('is right where vectorbt prints NaN, at a risk-free rate of %d', (riskFree, expected) => {
    const sharpes = columns.map((r) => (mean(r) - riskFree) / standardDeviation(r));
    const search = { trials: 3, sharpeVariance: standardDeviation(sharpes) ** 2 };
    columns.forEach((returns, c) => {
      const filled = [0, ...returns];
      const moments = { skewness: skewness(filled), kurtosis: rawKurtosis(filled) };
      const found = deflatedSharpe({ sharpe: sharpes[c] as number, periods: 5, moments }, search).value;
      expect((found ?? Number.NaN) / (expected[c] as number)).toBeCloseTo(1, 8);
    });
  });
});

describe('track record and backtest length', () => {
  it('gives the minimum track records of SSRN 1821643', () => {
    const normal = (per: number) => ({ sharpe: 2 / Math.sqrt(per) });
    const daily = minimumTrackRecord(normal(250), 1 / Math.sqrt(250)).value ?? 0;
    expect(daily / 250).toBeCloseTo(2.731187801728176, DIGITS);
    const weekly = minimumTrackRecord(normal(52), 1 / Math.sqrt(52)).value ?? 0;
    expect(weekly / 52).toBeCloseTo(2.828833586945237, DIGITS);
    const skewed = { sharpe: 3 / Math.sqrt(12), moments: { skewness: -0.72, kurtosis: 5.78 } };
    const monthly = minimumTrackRecord(skewed, 2.5 / Math.sqrt(12)).value ?? 0;
    expect(monthly / 12).toBeCloseTo(27.3529201960403, DIGITS);
    expect(minimumTrackRecord({ sharpe: 0.1 }, 0.1).value).toBeNull();
  });

  it('says 45 trials need five years for a Sharpe ratio of 1', () => {
    expect(minimumBacktestYears(45, 1).value).toBeCloseTo(4.998087004443404, DIGITS);
    expect(minimumBacktestYearsBound(45, 1).value).toBeCloseTo(7.6133, 4);
    expect(minimumBacktestYears(45, 0).value).toBeNull();
  });

  it('counts correlated trials as fewer', () => {
    expect(effectiveTrials(100, 0)).toBe(100);
    expect(effectiveTrials(100, 1)).toBe(1);
    expect(effectiveTrials(100, 0.5)).toBe(50.5);
    expect(effectiveTrials(100, -0.2)).toBe(100);
  });

  it('gives the standard error of a Sharpe ratio', () => {
    expect(sharpeStandardErrorNormal(0.1, 250)).toBeCloseTo(0.06340346993658942, 12);
    expect(sharpeStandardError(0.1, 250, { skewness: -1, kurtosis: 6 })).toBeCloseTo(0.06684213854004772, DIGITS);
  });
});

describe('probability of backtest overfitting', () => {
  // The matrix and results of the project's vector file pbo.json.
  // prettier-ignore
  const matrix = [
    [5, -2, 3, 0], [-1, 4, -2, 1], [6, -3, 2, 0], [2, 5, -1, -2], [-4, 6, 1, 3], [3, -1, -2, 2], [7, -5, 4, -1], [-2, 3, 0, 1],
    [-3, 4, 2, -2], [1, -2, 5, 3], [-6, 7, -1, 2], [2, 1, -3, 4], [-5, 3, 2, -1], [0, 2, -4, 5], [-1, 1, 3, -3], [4, -2, 1, 2],
  ];

  it('is 2/3 over the 6 splits of 4 blocks', () => {
    const found = backtestOverfitting(matrix, 4);
    expect(found.splits).toBe(6);
    expect(found.pbo).toBeCloseTo(2 / 3, 12);
    expect(found.probabilityOfLoss).toBeCloseTo(1 / 3, 12);
    expect(found.slope).toBeCloseTo(0.026548404193048075, DIGITS);
    const sorted = [...found.logits].sort((a, b) => a - b);
    const expected = [...Array<number>(4).fill(-1.38629436112), ...Array<number>(2).fill(0.405465108108)];
    sorted.forEach((l, i) => expect(l).toBeCloseTo(expected[i] as number, DIGITS));
  });

  it('is 0.857 over the 70 splits of 8 blocks', () => {
    const found = backtestOverfitting(matrix, 8);
    expect(found.splits).toBe(70);
    expect(found.pbo).toBeCloseTo(0.8571428571428571, 12);
  });

  it('refuses a shape it cannot split', () => {
    expect(() => backtestOverfitting(matrix, 3)).toThrow(
      'expected an even number of blocks that divides 16 periods, found 3',
    );
    expect(() => backtestOverfitting([[1], [2]], 2)).toThrow('at least 2 configurations');
  });
});
