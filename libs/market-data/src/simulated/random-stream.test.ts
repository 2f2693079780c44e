import { RandomStream, latticeNormal, latticeTriangle, latticeUniform, randomKey } from './random-stream.js';

const moments = (x: readonly number[]): { mean: number; deviation: number } => {
  const mean = x.reduce((a, b) => a + b, 0) / x.length;
  return { mean, deviation: Math.sqrt(x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length) };
};

describe('random stream', () => {
  it('draws the same numbers on every machine (golden)', () => {
    const stream = new RandomStream(randomKey('seed', 'NIFTY', '2026-01-12'));
    expect(randomKey('seed', 'NIFTY', '2026-01-12')).toBe(GOLDEN_KEY);
    expect([stream.uniform(), stream.uniform(), stream.normal(), stream.normal()]).toEqual(GOLDEN_DRAWS);
  });

  it('gives every name its own key', () => {
    const keys = new Set(Array.from({ length: 20_000 }, (_, i) => randomKey('seed', 'minutes', i)));
    expect(keys.size).toBeGreaterThan(19_998);
    expect(randomKey('a', 'bc')).not.toBe(randomKey('ab', 'c'));
  });

  it('has the moments of its distributions', () => {
    const stream = new RandomStream(7);
    const uniform = moments(Array.from({ length: 50_000 }, () => stream.uniform()));
    const normal = moments(Array.from({ length: 50_000 }, () => stream.normal()));
    expect(uniform.mean).toBeCloseTo(0.5, 2);
    expect(uniform.deviation).toBeCloseTo(Math.sqrt(1 / 12), 2);
    expect(Math.abs(normal.mean)).toBeLessThan(0.02);
    expect(normal.deviation).toBeCloseTo(1, 1);
  });
});

describe('lattice', () => {
  it('gives a place the same value in any order', () => {
    const forwards = Array.from({ length: 100 }, (_, i) => latticeNormal(11, i));
    const backwards = Array.from({ length: 100 }, (_, i) => latticeNormal(11, 99 - i)).reverse();
    expect(backwards).toEqual(forwards);
  });

  it('has the moments of its distributions, and neighbours have nothing in common', () => {
    const places = Array.from({ length: 50_000 }, (_, i) => i);
    const uniform = places.map((i) => latticeUniform(3, i));
    const triangle = moments(places.map((i) => latticeTriangle(4, i)));
    const normal = moments(places.map((i) => latticeNormal(5, i)));
    const { mean, deviation } = moments(uniform);
    const together = uniform.slice(1).reduce((sum, u, i) => sum + (u - mean) * ((uniform[i] as number) - mean), 0);
    expect(mean).toBeCloseTo(0.5, 2);
    expect(Math.abs(together / (uniform.length * deviation ** 2))).toBeLessThan(0.015);
    expect(triangle.deviation).toBeCloseTo(1 / Math.sqrt(6), 2);
    expect(normal.deviation).toBeCloseTo(1, 1);
  });
});

const GOLDEN_KEY = 2698234542;
const GOLDEN_DRAWS = [0.44003875588532537, 0.1552987148752436, -0.051507611152949606, -0.3740284710371613];
