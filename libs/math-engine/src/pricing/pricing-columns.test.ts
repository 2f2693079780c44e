import { black76Greeks } from './black76-greeks.js';
import { makeGreeks } from './greeks.js';
import {
  black76GreeksColumns,
  black76Prices,
  impliedVolatilities,
  makeGreekColumns,
  type OptionRows,
} from './pricing-columns.js';

const SIGMA = Float64Array.of(0.12, 0.15, 0.2, 0.3);
const ROWS: OptionRows = {
  forward: Float64Array.of(25_000, 25_000, 25_000, Number.NaN),
  strike: Float64Array.of(24_800, 25_000, 25_400, 25_000),
  years: Float64Array.of(0.01, 0.02, 0.05, 0.1),
  isCall: Uint8Array.of(1, 0, 1, 0),
};

test('prices go to volatilities and back, unknown rows stay unknown', () => {
  const prices = black76Prices(ROWS, SIGMA, new Float64Array(4));
  const found = impliedVolatilities(ROWS, prices, new Float64Array(4));
  expect(Array.from(found.slice(0, 3))).toEqual([0.12, 0.15, 0.2].map((s) => expect.closeTo(s, 12)));
  expect(found[3]).toBeNaN();
});

test('discount factors apply by row', () => {
  const discount = Float64Array.of(1, 0.99, 0.5, 1);
  const plain = black76Prices(ROWS, SIGMA, new Float64Array(4));
  const discounted = black76Prices({ ...ROWS, discount }, SIGMA, new Float64Array(4));
  expect(Array.from(discounted.slice(0, 3))).toEqual([0, 1, 2].map((i) => (plain[i] ?? 0) * (discount[i] ?? 0)));
});

test('Greeks are those of the scalar form', () => {
  const columns = black76GreeksColumns(ROWS, SIGMA, makeGreekColumns(4));
  const one = black76Greeks(25_000, 25_400, 0.05, 0.2, true, 1, makeGreeks());
  for (const name of ['price', 'delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'charm', 'volga'] as const) {
    expect(columns[name][2]).toBe(one[name]);
    expect(columns[name][3]).toBeNaN();
  }
});

test('columns of unequal length are refused', () => {
  expect(() => black76Prices(ROWS, SIGMA, new Float64Array(3))).toThrow('expected columns of 4 rows, found one of 3');
});
