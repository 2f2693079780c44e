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
