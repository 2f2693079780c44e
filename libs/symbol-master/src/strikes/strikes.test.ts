import fc from 'fast-check';
import { atmStrike, nearestStrikeIndex, strikeAt, strikeLadder } from './strikes.js';

describe('at the money', () => {
  test.each([
    [25_024.95, 50, 25_000],
    [25_025, 50, 25_000],
    [25_025.05, 50, 25_050],
    [59_450, 100, 59_400],
    [59_450.1, 100, 59_500],
    [12_812.5, 25, 12_800],
  ])('spot %s on a grid of %s is %s; half way goes down', (spot, step, strike) => {
    expect(atmStrike(spot, step)).toBe(strike);
  });

  test('no grid strike is nearer', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 100, max: 100_000, noNaN: true }),
        fc.constantFrom(25, 50, 100, 500),
        (spot, step) => {
          expect(Math.abs(atmStrike(spot, step) - spot)).toBeLessThanOrEqual(step / 2);
        },
      ),
    );
  });

  test.each([
    [0, 50],
    [25_000, 0],
    [Number.NaN, 50],
  ])('spot %s with step %s is refused', (spot, step) => {
    expect(() => atmStrike(spot, step)).toThrow('expected a spot and a strike step above 0');
  });
});

describe('ladders', () => {
  test('counts strikes on each side', () => {
    expect(strikeLadder(25_010, 50, 2)).toEqual([24_900, 24_950, 25_000, 25_050, 25_100]);
    expect(strikeLadder(60, 50, 2)).toEqual([50, 100, 150]);
    expect(() => strikeLadder(25_010, 50, 1.5)).toThrow('expected a whole number of strikes per side');
  });

  test.each([
    ['CE', 0, 25_000],
    ['CE', 2, 25_100],
    ['CE', -1, 24_950],
    ['PE', 2, 24_900],
    ['PE', -1, 25_050],
  ] as const)('%s %s steps on a regular grid is %s', (right, steps, strike) => {
    expect(strikeAt({ spot: 25_010, strikes: 50, right, steps })).toBe(strike);
  });

  test('listed strikes are stepped one by one, whatever the gap', () => {
    const strikes = Float64Array.of(24_000, 24_500, 25_000, 25_050, 25_500);
    expect(strikeAt({ spot: 25_010, strikes, right: 'CE', steps: 2 })).toBe(25_500);
    expect(strikeAt({ spot: 25_010, strikes, right: 'PE', steps: 1 })).toBe(24_500);
    expect(strikeAt({ spot: 25_010, strikes, right: 'PE', steps: -2 })).toBe(25_500);
    expect(strikeAt({ spot: 25_010, strikes, right: 'CE', steps: 3 })).toBeNaN();
    expect(strikeAt({ spot: 25_010, strikes: new Float64Array(0), right: 'CE', steps: 0 })).toBeNaN();
  });

  test('the nearest listed strike, half way the lower, beyond the ends the end', () => {
    const strikes = Float64Array.of(100, 200, 400);
    expect([50, 149, 150, 151, 300, 301, 900].map((s) => nearestStrikeIndex(strikes, s))).toEqual([
      0, 0, 0, 1, 1, 2, 2,
    ]);
  });

  test('grid and listed strikes agree on a regular ladder', () => {
    const strikes = Float64Array.from({ length: 400 }, (_, i) => 50 * (i + 1));
    fc.assert(
      fc.property(
        fc.double({ min: 1_000, max: 15_000, noNaN: true }),
        fc.integer({ min: -10, max: 10 }),
        (spot, steps) => {
          for (const right of ['CE', 'PE'] as const)
            expect(strikeAt({ spot, strikes, right, steps })).toBe(strikeAt({ spot, strikes: 50, right, steps }));
        },
      ),
    );
  });
});
