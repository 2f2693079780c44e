import fc from 'fast-check';
import { black76Price } from './black76-price.js';
import { bracketedTotalVolatility } from './bracketed-total-volatility.js';
import { exactPrice } from './fixtures/double-double.js';
import { indexOptionGrid, roundExpiries } from './fixtures/index-option-grid.js';
import { impliedVolatility, impliedVolatilityWithReason } from './implied-volatility.js';

describe('implied volatility on the grid of index options', () => {
  // Each of a thousand mutants runs this: then the grid of three expiries has to do.
  const isThin = process.env['SOS_MUTATION'] === '1';
  const grid = isThin ? indexOptionGrid([1 / 525_600, 2 / 365, 90 / 365]) : indexOptionGrid();
  const errors = (solve: (row: (typeof grid)[number]) => number): number[] =>
    grid.map((row) => Math.abs(solve(row) / row.sigma - 1));

  test('the grid is the one that the figures are stated for', () => {
    expect(grid).toHaveLength(isThin ? 8_482 : 62_472);
  });

  test('every row is solved to 1e-12', () => {
    const all = errors((r) => impliedVolatility(r.price, r.forward, r.strike, r.years, r.isCall));
    expect(all.filter((e) => !(e <= 1e-12))).toHaveLength(0);
  });

  test('out of the money, where the price determines it, to 1e-13', () => {
    const out = grid.filter((r) => r.isCall === r.strike >= r.forward && r.strike !== r.forward);
    const worst = Math.max(
      ...out.map((r) => Math.abs(impliedVolatility(r.price, r.forward, r.strike, r.years, r.isCall) / r.sigma - 1)),
    );
    expect(worst).toBeLessThan(1e-13);
  });

  test('the safeguarded search gives the same on every 50th row', () => {
    for (const r of grid.filter((_, i) => i % 50 === 0)) {
      const beyond = Math.max(r.isCall ? r.forward - r.strike : r.strike - r.forward, 0);
      const s = bracketedTotalVolatility(r.price - beyond, r.forward, r.strike);
      expect(Math.abs(s / (r.sigma * Math.sqrt(r.years)) - 1)).toBeLessThan(1e-12);
    }
  });
});

/*
 * The published grid of 70,852 rows names strikes, volatilities and the least time value, but of its 29 expiries only the ends. No spacing tried gives its number of rows (geometric
 * 62,472, in minutes of trading 72,244, linear 129,046, square roots 119,198), and among round numbers many choices would. So all round ones are solved: any such choice is a part of these.
 */
describe('implied volatility on every round expiry', () => {
  const deep = process.env['SOS_DEEP'] === '1' ? test : test.skip;

  deep(
    '[deep] every row is solved to 1e-12',
    () => {
      const grid = indexOptionGrid(roundExpiries());
      expect(grid).toHaveLength(147_856);
      const misses = grid.filter(
        (r) => !(Math.abs(impliedVolatility(r.price, r.forward, r.strike, r.years, r.isCall) / r.sigma - 1) <= 1e-12),
      );
      expect(misses).toEqual([]);
    },
    300_000,
  );
});

describe('implied volatility outside the usual domain', () => {
  test('far wings down to prices of 1e-200 and up to total volatilities of 5', () => {
    for (const s of [1e-6, 1e-3, 0.05, 0.3, 0.8, 1.3, 2, 5])
      for (const depth of [0, 0.1, 1, 3, 6, 9, 13]) {
        const strike = 24_000 * Math.exp(depth * s);
        const price = black76Price(24_000, strike, 1, s, true);
        const exact = depth <= 9 ? exactPrice({ forward: 24_000, strike, years: 1, sigma: s, isCall: true })[0] : price;
        const found = impliedVolatility(depth <= 6 ? exact : price, 24_000, strike, 1, true);
        // How far half a unit in the last place of price (or of what it lacks to its bound) moves the volatility.
        const step = (price * 2 ** -53) / slope(strike, s);
        expect(Math.abs(found - s)).toBeLessThan(2e-13 * s + 4 * step);
      }
  });

  function slope(strike: number, s: number): number {
    const d1 = Math.log(24_000 / strike) / s + s / 2;
    return (24_000 * Math.exp((-d1 * d1) / 2)) / Math.sqrt(2 * Math.PI);
  }

  test('price → volatility → price is the identity', () => {
    const option = {
      ratio: fc.double({ min: 0.3, max: 3, noNaN: true }),
      share: fc.double({ min: 1e-9, max: 0.999, noNaN: true }),
      isCall: fc.boolean(),
    };
    fc.assert(
      fc.property(fc.record(option), ({ ratio, share, isCall }) => {
        const forward = 24_000;
        const strike = forward * ratio;
        const beyond = Math.max(isCall ? forward - strike : strike - forward, 0);
        const price = beyond + share * Math.min(forward, strike);
        const sigma = impliedVolatility(price, forward, strike, 0.1, isCall);
        const back = black76Price(forward, strike, 0.1, sigma, isCall);
        expect(Math.abs(back / price - 1)).toBeLessThan(1e-13);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  test('a discounted price gives the volatility of the undiscounted one', () => {
    const price = black76Price(24_000, 24_300, 0.1, 0.14, true, 0.99);
    expect(impliedVolatility(price, 24_000, 24_300, 0.1, true, 0.99)).toBeCloseTo(0.14, 13);
  });
});

describe('no implied volatility', () => {
  test.each([
    ['no-price', Number.NaN, 24_000, 0.1, true],
    ['no-price', 0, 24_000, 0.1, true],
    ['no-price', 10, Number.NaN, 0.1, true],
    ['expired', 10, 24_000, 0, true],
    ['below-intrinsic', 999.99, 23_000, 0.1, true],
    ['below-intrinsic', 1000, 23_000, 0.1, true],
    ['above-bound', 24_000, 23_000, 0.1, true],
    ['above-bound', 25_000, 25_000, 0.1, false],
  ])('says why: %s', (reason, price, strike, years, isCall) => {
    expect(impliedVolatility(price, 24_000, strike, years, isCall)).toBeNaN();
    expect(impliedVolatilityWithReason(price, 24_000, strike, years, isCall)).toEqual({ value: null, reason });
  });

  test('a price inside the bounds has a value and no reason', () => {
    const price = black76Price(24_000, 24_100, 0.02, 0.13, false);
    const { value } = impliedVolatilityWithReason(price, 24_000, 24_100, 0.02, false);
    expect(value).toBeCloseTo(0.13, 13);
  });
});
