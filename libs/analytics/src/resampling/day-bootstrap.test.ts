import { mean } from '../statistics/moments.js';
import { dayBootstrap } from './day-bootstrap.js';

const days = Array.from({ length: 60 }, (_, i) => ((i * 37) % 23) - 10);

describe('day bootstrap', () => {
  it('repeats exactly for a seed and names its generator', () => {
    const once = dayBootstrap(days, mean, { seed: 42, draws: 2000 });
    expect(dayBootstrap(days, mean, { seed: 42, draws: 2000 })).toEqual(once);
    expect(dayBootstrap(days, mean, { seed: 43, draws: 2000 })?.low).not.toBe(once?.low);
    expect(once).toMatchObject({ seed: 42, draws: 2000, generator: 'xoshiro128**', undefinedDraws: 0 });
  });

  it('covers the mean with about the normal interval', () => {
    const found = dayBootstrap(days, mean, { seed: 1 });
    const m = mean(days);
    const se = Math.sqrt(mean(days.map((d) => (d - m) ** 2)) / days.length);
    expect(found?.draws).toBe(10_000);
    expect(found?.low).toBeCloseTo(m - 1.96 * se, 0);
    expect(found?.high).toBeCloseTo(m + 1.96 * se, 0);
  });

  it('widens the interval of a trending series when days are drawn in blocks', () => {
    const waves = Array.from({ length: 200 }, (_, i) => Math.sin(i / 15));
    const width = (meanBlockDays: number) => {
      const found = dayBootstrap(waves, mean, { seed: 5, draws: 1000, meanBlockDays });
      return (found?.high ?? 0) - (found?.low ?? 0);
    };
    expect(width(20)).toBeGreaterThan(2 * width(1));
  });

  it('leaves undefined draws out and counts them', () => {
    const found = dayBootstrap([0, 1], (s) => 1 / mean(s), { seed: 3, draws: 1000 });
    expect(found?.undefinedDraws).toBeGreaterThan(200);
    expect(found?.low).toBe(1);
    expect(found?.high).toBe(2);
  });

  it('does not exist without days, and refuses a block shorter than a day', () => {
    expect(dayBootstrap([], mean, { seed: 1 })).toBeNull();
    expect(dayBootstrap([1], () => Number.NaN, { seed: 1, draws: 10 })).toBeNull();
    expect(() => dayBootstrap([1], mean, { seed: 1, meanBlockDays: 0.5 })).toThrow('at least 1 day, found 0.5');
  });
});

describe('day bootstrap draw by draw', () => {
  // The whole algorithm written anew in Python: SplitMix32, xoshiro128**, stationary blocks, type-7 quantiles.
  const ten = [3, -1, 4, -1, 5, -9, 2, 6, -5, 3];

  it('of single days at 95 %', () => {
    const found = dayBootstrap(ten, mean, { seed: 11, draws: 400 });
    expect(found?.low).toBeCloseTo(-2.3025, 12);
    expect(found?.high).toBeCloseTo(3.2, 12);
    expect(found).toMatchObject({ confidence: 0.95, method: 'stationary day bootstrap, percentile' });
  });

  it('of blocks of three days at 90 %', () => {
    const found = dayBootstrap(ten, mean, { seed: 11, draws: 400, confidence: 0.9, meanBlockDays: 3 });
    expect(found?.low).toBeCloseTo(-0.505, 12);
    expect(found?.high).toBeCloseTo(2.2, 12);
    expect(found?.confidence).toBe(0.9);
  });

  it('refuses a block without length', () => {
    expect(() => dayBootstrap(ten, mean, { seed: 1, meanBlockDays: Number.NaN })).toThrow(
      'expected a mean block of at least 1 day, found NaN',
    );
  });
});
