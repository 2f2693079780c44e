import fc from 'fast-check';
import { axisLength, axisValues, parseAxis } from './parameter-axis.js';
import { planVariants } from './plan-variants.js';

describe('a parameter axis', () => {
  it('has both ends, in steps that are the decimals that were meant', () => {
    expect(axisValues(parseAxis('pcr=0.1:0.5:0.1'))).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(axisValues(parseAxis('bars=5:20:5'))).toEqual([5, 10, 15, 20]);
    expect(axisValues(parseAxis('x=1:2:0.4'))).toEqual([1, 1.4, 1.8]);
    expect(axisValues(parseAxis('x=-1:1:1'))).toEqual([-1, 0, 1]);
    expect(axisValues(parseAxis(' x=7 '))).toEqual([7]);
    expect(axisLength(parseAxis('x=3:3:1'))).toBe(1);
  });

  it.each([
    ['x', 'name=from:to:step'],
    ['x=1:2', 'name=from:to:step'],
    ['x=a:2:1', 'with numbers'],
    ['x=1::1', 'name=from:to:step'],
    ['x=2:1:0.1', 'empty range'],
    ['x=1:2:0', 'above 0'],
    ['x=1:2:-1', 'above 0'],
    ['x=0:1:0.00001', 'at most 10000 values'],
  ])('refuses %s', (text, message) => {
    expect(() => parseAxis(text)).toThrow(message);
  });
});

const AXES = [parseAxis('a=1:3:1'), parseAxis('b=0:0.5:0.5')];

describe('a plan of variants', () => {
  it('is the whole grid in order, the last parameter fastest', () => {
    expect(planVariants({ design: 'grid', axes: AXES, samples: 1, seed: 1 })).toEqual([
      { a: 1, b: 0 },
      { a: 1, b: 0.5 },
      { a: 2, b: 0 },
      { a: 2, b: 0.5 },
      { a: 3, b: 0 },
      { a: 3, b: 0.5 },
    ]);
  });

  it('draws grid points without replacement, the same for the same seed, all of them when enough are asked for', () => {
    const of = (seed: number, samples: number) => planVariants({ design: 'random', axes: AXES, samples, seed });
    expect(of(1, 4)).toEqual(of(1, 4));
    expect(new Set([1, 2, 3, 4, 5].map((seed) => JSON.stringify(of(seed, 3)))).size).toBeGreaterThan(1);
    expect(of(1, 6)).toEqual(planVariants({ design: 'grid', axes: AXES, samples: 1, seed: 1 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 6 }), (seed, samples) => {
        const points = of(seed, samples).map((p) => JSON.stringify(p));
        expect(new Set(points).size).toBe(samples);
      }),
    );
  });

  it('as a Latin hypercube uses every value of an axis equally often', () => {
    const axes = [parseAxis('a=1:10:1'), parseAxis('b=0:90:10')];
    const points = planVariants({ design: 'latin', axes, samples: 10, seed: 3 });
    expect(points.map((p) => p['a']).sort((x, y) => (x ?? 0) - (y ?? 0))).toEqual(
      axisValues(axes[0] ?? parseAxis('a=1')),
    );
    expect(points.map((p) => p['b']).sort((x, y) => (x ?? 0) - (y ?? 0))).toEqual(
      axisValues(axes[1] ?? parseAxis('b=1')),
    );
    expect(planVariants({ design: 'latin', axes, samples: 10, seed: 3 })).toEqual(points);
  });

  it('refuses no parameter, one twice, and more variants than can be meant', () => {
    const plan = { design: 'grid', samples: 1, seed: 1 } as const;
    expect(() => planVariants({ ...plan, axes: [] })).toThrow('found none');
    expect(() => planVariants({ ...plan, axes: [...AXES, parseAxis('a=1')] })).toThrow('found a again');
    const large = [parseAxis('a=1:1000:1'), parseAxis('b=1:1000:1')];
    expect(() => planVariants({ ...plan, axes: large })).toThrow('1 to 100000 variants, found 1000000');
  });
});
