import {
  mean,
  quantileOfSorted,
  rawKurtosis,
  sampleExcessKurtosis,
  sampleSkewness,
  skewness,
  standardDeviation,
} from './moments.js';
import { normalCdf, normalPdf, normalQuantile } from './normal.js';
import { xoshiro128, xoshiro128FromState } from './random.js';
import { wilsonInterval } from './wilson.js';

describe('normal distribution', () => {
  // Reference values: Wolfram Alpha / scipy.stats.norm to 16 digits.
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1.959963984540054, 0.025],
    [2.5, 0.9937903346742238],
    [-3, 0.0013498980316300933],
    [-5, 2.866515718791939e-7],
    [-8, 6.220960574271785e-16],
    [-20, 2.7536241186062337e-89],
  ])('Φ(%d)', (x, expected) => {
    expect(normalCdf(x) / expected).toBeCloseTo(1, 12);
  });

  it.each([
    [0.5, 0],
    [0.975, 1.959963984540054],
    [0.95, 1.6448536269514722],
    [0.99, 2.3263478740408408],
    [1e-10, -6.361340902404056],
    [1e-100, -21.273453560965326],
  ])('Φ⁻¹(%d)', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 10);
  });

  it('has its limits', () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.1)).toBeNaN();
    expect(normalCdf(Number.NaN)).toBeNaN();
    expect(normalCdf(40)).toBe(1);
    expect(normalPdf(0)).toBeCloseTo(0.3989422804014327, 15);
  });
});

describe('moments', () => {
  // NautilusTrader's own test vector (bias-corrected statistics).
  const ten = [0.01, -0.02, 0.03, -0.01, 0.02, 0.04, -0.03, 0.05, -0.04, 0.02];

  it('agree with Nautilus on skewness and excess kurtosis', () => {
    expect(sampleSkewness(ten)).toBeCloseTo(-0.22872023422596313, 9);
    expect(sampleExcessKurtosis(ten)).toBeCloseTo(-1.2622443251995028, 9);
    expect(sampleSkewness([1, 2])).toBeNaN();
    expect(sampleExcessKurtosis([1, 2, 3])).toBeNaN();
  });

  it('are raw: a two-point distribution has kurtosis 1, the least there is', () => {
    expect(rawKurtosis([-1, 1])).toBe(1);
    expect(skewness([-1, 1])).toBe(0);
    expect(rawKurtosis([0, 0, 1])).toBeCloseTo(1.5, 12);
  });

  it('take the sample deviation by default', () => {
    expect(standardDeviation([1, 2, 3, 4])).toBeCloseTo(1.2909944487358056, 14);
    expect(standardDeviation([1, 2, 3, 4], 0)).toBeCloseTo(1.118033988749895, 14);
    expect(standardDeviation([1])).toBeNaN();
    expect(mean([])).toBeNaN();
  });

  it('interpolate quantiles', () => {
    expect(quantileOfSorted([1, 2, 4], 0.75)).toBe(3);
    expect(quantileOfSorted([7], 0.3)).toBe(7);
  });
});

describe('Wilson interval', () => {
  // Newcombe (1998), table I: 81/263 and 15/148 at 95 %.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%d of %d', (successes, count, low, high) => {
    const found = wilsonInterval(successes, count);
    expect(found?.low).toBeCloseTo(low, 4);
    expect(found?.high).toBeCloseTo(high, 4);
  });

  it('does not exist without observations', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('random numbers', () => {
  it('follow the reference generator xoshiro128** 1.1 from state 1, 2, 3, 4', () => {
    // First outputs of the authors' C code with s = {1, 2, 3, 4}.
    const next = xoshiro128FromState(1, 2, 3, 4);
    const words = [next(), next(), next(), next(), next()].map((u) => u * 4294967296);
    expect(words).toEqual([11520, 0, 5927040, 70819200, 2031721883]);
  });

  it('repeat for a seed and differ between seeds', () => {
    const a = xoshiro128(7);
    const b = xoshiro128(7);
    const c = xoshiro128(8);
    const of = (next: () => number) => Array.from({ length: 5 }, () => next());
    const first = of(a);
    expect(of(b)).toEqual(first);
    expect(of(c)).not.toEqual(first);
  });
});
