import fc from 'fast-check';
import { black76Price } from './black76-price.js';
import { exactPrice, type DoubleDouble } from './fixtures/double-double.js';
import { relativeError } from './fixtures/index-option-grid.js';

describe('Black-76 price', () => {
  // analytics.md §4: F 23700.1, σ 16.97 %, 5.6199 days: model straddle at the money 398.1823.
  test('reproduces the published straddle', () => {
    const years = 5.6199 / 365;
    const call = black76Price(23_700.1, 23_700, years, 0.1697, true);
    const put = black76Price(23_700.1, 23_700, years, 0.1697, false);
    // Its volatility and days are printed rounded, which is worth a tenth of a paisa.
    expect(call + put).toBeCloseTo(398.1823, 2);
  });

  // mpmath, 50 digits, for the double inputs: 7.5700602640717938137 and 2000.0929637123932128.
  test('is exact to the last digits', () => {
    expect(black76Price(24_000, 24_500, 0.01, 0.13, true)).toBeCloseTo(7.570060264071794, 13);
    expect(black76Price(24_000, 26_000, 0.05, 0.11, false)).toBeCloseTo(2000.0929637123932, 11);
  });

  test('out of the money it is relative to 1e-13 of the oracle, from minutes to years', () => {
    for (const years of [1 / 525_600, 1e-4, 0.01, 0.25, 5])
      for (const sigma of [0.05, 0.2, 0.8, 2])
        for (const depth of [0.01, 0.5, 1.5, 3, 5]) {
          const strike = 24_000 * Math.exp(depth * sigma * Math.sqrt(years));
          const exact: DoubleDouble = exactPrice({ forward: 24_000, strike, years, sigma, isCall: true });
          expect(relativeError(black76Price(24_000, strike, years, sigma, true), exact)).toBeLessThan(1e-13);
        }
  });

  test('put-call parity holds to the rounding of the price', () => {
    const option = {
      forward: fc.double({ min: 1000, max: 90_000, noNaN: true }),
      ratio: fc.double({ min: 0.5, max: 2, noNaN: true }),
      years: fc.double({ min: 1e-6, max: 3, noNaN: true }),
      sigma: fc.double({ min: 0.01, max: 3, noNaN: true }),
      discount: fc.double({ min: 0.5, max: 1, noNaN: true }),
    };
    fc.assert(
      fc.property(fc.record(option), ({ forward, ratio, years, sigma, discount }) => {
        const strike = forward * ratio;
        const call = black76Price(forward, strike, years, sigma, true, discount);
        const put = black76Price(forward, strike, years, sigma, false, discount);
        expect(Math.abs(call - put - discount * (forward - strike))).toBeLessThan(1e-14 * (forward + strike));
      }),
      { seed: 7 },
    );
  });

  test('is worth its discounted intrinsic value without time or volatility', () => {
    expect(black76Price(24_000, 23_000, 0, 0.2, true, 0.9)).toBe(900);
    expect(black76Price(24_000, 23_000, 0.1, 0, true)).toBe(1000);
    expect(black76Price(24_000, 23_000, 0.1, 0, false)).toBe(0);
  });

  test('tends to the forward for a call and the strike for a put as volatility grows', () => {
    expect(black76Price(24_000, 25_000, 1, 100, true)).toBeCloseTo(24_000, 9);
    expect(black76Price(24_000, 25_000, 1, 100, false)).toBeCloseTo(25_000, 9);
    expect(black76Price(24_000, 25_000, 1, 4, true)).toBeCloseTo(
      exactPrice({ forward: 24_000, strike: 25_000, years: 1, sigma: 4, isCall: true })[0],
      9,
    );
  });

  test.each([
    ['forward', Number.NaN, 1, 1, 1],
    ['forward', -1, 1, 1, 1],
    ['strike', 1, 0, 1, 1],
    ['years', 1, 1, -1, 1],
    ['sigma', 1, 1, 1, Number.NaN],
  ])('is unknown for a bad %s', (_, forward, strike, years, sigma) => {
    expect(black76Price(forward, strike, years, sigma, true)).toBeNaN();
  });
});
