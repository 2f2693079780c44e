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
import { xoshiro128 } from './random.js';
import { wilsonInterval } from './wilson.js';

// References: mpmath with 60 digits, from erfc alone; generators and intervals written anew in Python.
const relative = (found: number, expected: number): number => Math.abs(found / expected - 1);

describe('normal distribution to the last digits', () => {
  it.each([
    [-37.5, 4.605353009581955e-308, 1e-12],
    [-10, 7.619853024160525e-24, 1e-12],
    [-3.0000001, 0.0013498975884453205, 1e-12],
    [-3, 0.0013498980316300946, 1e-12],
    [-2.9999999, 0.0013498984748150015, 1e-12],
    [-1, 0.15865525393145705, 1e-14],
    [-0.3, 0.3820885778110474, 1e-15],
    [1e-9, 0.5000000003989423, 1e-15],
    [0.7, 0.758036347776927, 1e-15],
    [2, 0.9772498680518208, 1e-15],
    [2.9999999, 0.998650101525185, 1e-15],
    [3, 0.9986501019683699, 1e-15],
    [3.0000001, 0.9986501024115547, 1e-15],
    [4.5, 0.9999966023268753, 1e-15],
    [6, 0.9999999990134123, 1e-15],
  ])('Φ(%d)', (x, expected, tolerance) => {
    expect(relative(normalCdf(x), expected)).toBeLessThanOrEqual(tolerance);
  });

  it.each([
    [-2, 0.05399096651318805],
    [0.5, 0.35206532676429947],
    [1, 0.24197072451914334],
    [5, 1.4867195147342977e-6],
  ])('φ(%d)', (x, expected) => {
    expect(relative(normalPdf(x), expected)).toBeLessThan(1e-15);
  });

  it.each([
    [1e-300, -37.0470962993612],
    [1e-20, -9.262340089798407],
    [0.001, -3.0902323061678136],
    [0.025, -1.9599639845400543],
    [0.2, -0.8416212335729142],
    [0.4999, -0.00025066283008800747],
    [0.5001, 0.00025066283008800747],
    [0.7, 0.5244005127080407],
    [0.9, 1.2815515655446006],
    [0.999, 3.090232306167813],
    [0.9999999, 5.199337582290661],
  ])('Φ⁻¹(%d)', (p, expected) => {
    expect(relative(normalQuantile(p), expected)).toBeLessThan(1e-11);
  });

  it.each([-0.1, -Number.MIN_VALUE, 1 + Number.EPSILON, Number.NaN])('Φ⁻¹(%d) does not exist', (p) => {
    expect(normalQuantile(p)).toBeNaN();
  });
});

describe('moments to the last digits', () => {
  const sample = [2, -1, 4, 7, -3, 5, 5];

  it('of a skewed sample', () => {
    expect(skewness(sample)).toBeCloseTo(-0.518297147325208, 14);
    expect(rawKurtosis(sample)).toBeCloseTo(1.928289375144674, 14);
    expect(sampleSkewness(sample)).toBeCloseTo(-0.6717898833078342, 14);
    expect(sampleExcessKurtosis(sample)).toBeCloseTo(-0.7721054996527825, 14);
    expect(standardDeviation(sample)).toBeCloseTo(3.592319850008056, 14);
    expect(standardDeviation(sample, 0)).toBeCloseTo(3.325841921949376, 14);
    expect(mean(sample)).toBe(19 / 7);
  });

  it('exist from the smallest sample on', () => {
    expect(standardDeviation([])).toBeNaN();
    expect(standardDeviation([], 0)).toBeNaN();
    expect(standardDeviation([3], 0)).toBe(0);
    expect(standardDeviation([1, 3])).toBeCloseTo(Math.SQRT2, 15);
    expect(sampleSkewness([0, 0, 1])).toBeCloseTo(Math.sqrt(3), 14);
    expect(sampleExcessKurtosis([0, 0, 0, 1])).toBeCloseTo(4, 13);
    expect(skewness([2, 2])).toBeNaN();
    expect(rawKurtosis([2, 2])).toBeNaN();
  });

  it('quantiles at and between the order statistics', () => {
    const sorted = [1, 2, 4, 8];
    expect([0, 1 / 3, 0.5, 2 / 3, 0.75, 1].map((p) => quantileOfSorted(sorted, p))).toEqual([1, 2, 3, 4, 5, 8]);
  });
});

describe('Wilson interval to the last digits', () => {
  it.each([
    [7, 12, 0.9, 0.3559810149005345, 0.7800221193082193],
    [81, 263, 0.95, 0.2552885198782742, 0.36620957698280004],
    [12, 12, 0.99, 0.6439531303512779, 1],
  ])('%d of %d at %d', (successes, count, confidence, low, high) => {
    const found = wilsonInterval(successes, count, confidence);
    expect(found?.low).toBeCloseTo(low, 13);
    expect(found?.high).toBeCloseTo(high, 13);
    expect(found?.confidence).toBe(confidence);
  });

  it('stays within 0 and 1, and is at 95 % unless told otherwise', () => {
    for (const count of [1, 3, 7, 50, 1000]) {
      expect(wilsonInterval(0, count)?.low).toBeGreaterThanOrEqual(0);
      expect(wilsonInterval(count, count)?.high).toBeLessThanOrEqual(1);
    }
    expect(wilsonInterval(1, 2)?.confidence).toBe(0.95);
  });
});

describe('the named generator', () => {
  it.each([
    [7, [210494603, 711084892, 3993689120, 4089369890]],
    [-1, [4104197751, 1825856343, 1152209388, 2427537429]],
  ])('from seed %d', (seed, words) => {
    const next = xoshiro128(seed);
    expect(words.map(() => next() * 4294967296)).toEqual(words);
  });
});
