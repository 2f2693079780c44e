import { readFileSync } from 'node:fs';
import { describeRecorded, recorded } from '../fixtures/recorded-data.js';
import { black76Greeks } from './black76-greeks.js';
import { black76Price } from './black76-price.js';
import { farGreeks, type OptionInput } from './far-greeks.js';
import { add, dd, divide, exactPrice, subtract, type DoubleDouble } from './fixtures/double-double.js';
import { RHO_PER_PERCENT, THETA_PER_DAY, VEGA_PER_POINT, makeGreeks, type Greeks } from './greeks.js';
import { impliedVolatility, impliedVolatilityWithReason } from './implied-volatility.js';

function greeksOf(o: OptionInput): Greeks {
  return black76Greeks(o.forward, o.strike, o.years, o.sigma, o.isCall, o.discount, makeGreeks());
}

const OPTIONS: OptionInput[] = [0.8, 0.95, 1, 1.01, 1.2].flatMap((ratio) =>
  [1 / 525_600, 0.001, 0.02, 0.25].flatMap((years) =>
    [0.08, 0.2, 0.9].flatMap((sigma) =>
      [true, false].map((isCall) => ({ forward: 24_000, strike: 24_000 * ratio, years, sigma, isCall, discount: 1 })),
    ),
  ),
);

/** Central difference of the exact price in one parameter: the oracle's 28 digits leave enough for a step of 1e-6. */
function slope(o: OptionInput, key: 'forward' | 'years' | 'sigma', order: 1 | 2): number {
  const step = o[key] * 1e-6;
  const at = (d: number): DoubleDouble => exactPrice({ ...o, [key]: o[key] + d });
  const up = o[key] + step - o[key];
  const down = o[key] - (o[key] - step);
  if (order === 1) return divide(subtract(at(step), at(-step)), dd(up + down))[0];
  const bend = subtract(add(at(step), at(-step)), add(at(0), at(0)));
  return bend[0] / (up * down);
}

describe('Black-76 Greeks', () => {
  test('price is the price', () => {
    for (const o of OPTIONS)
      expect(greeksOf(o).price).toBeCloseTo(black76Price(o.forward, o.strike, o.years, o.sigma, o.isCall), 10);
  });

  // Options beyond about 8 deviations have no measurable differences.
  const measurable = OPTIONS.filter((o) => Math.abs(Math.log(o.forward / o.strike)) < 7 * o.sigma * Math.sqrt(o.years));

  test('first derivatives are those of the exact price', () => {
    expect(measurable.length).toBeGreaterThan(60);
    for (const o of measurable) {
      const g = greeksOf(o);
      expect(Math.abs(g.delta - slope(o, 'forward', 1))).toBeLessThan(2e-7);
      expect(Math.abs(g.vega / slope(o, 'sigma', 1) - 1)).toBeLessThan(1e-7);
      expect(Math.abs(g.theta / -slope(o, 'years', 1) - 1)).toBeLessThan(1e-7);
    }
  });

  test('gamma and volga are second derivatives of the exact price', () => {
    for (const o of measurable) {
      const g = greeksOf(o);
      expect(Math.abs(g.gamma - slope(o, 'forward', 2))).toBeLessThan(1e-4 * g.gamma + 1e-15);
      expect(Math.abs(g.volga - slope(o, 'sigma', 2))).toBeLessThan(1e-4 * (Math.abs(g.volga) + g.vega));
    }
  });

  test('vanna and charm are derivatives of delta', () => {
    for (const o of measurable) {
      const g = greeksOf(o);
      const shift = 1e-5;
      const bySigma =
        greeksOf({ ...o, sigma: o.sigma * (1 + shift) }).delta - greeksOf({ ...o, sigma: o.sigma * (1 - shift) }).delta;
      const byTime =
        greeksOf({ ...o, years: o.years * (1 + shift) }).delta - greeksOf({ ...o, years: o.years * (1 - shift) }).delta;
      expect(Math.abs(g.vanna * o.sigma - bySigma / (2 * shift))).toBeLessThan(1e-8);
      expect(Math.abs(g.charm * o.years + byTime / (2 * shift))).toBeLessThan(1e-8);
    }
  });

  test('the hot form and the plain formulas agree to 1e-12, and to 1e-10 with a discount', () => {
    for (const discount of [1, 0.97])
      for (const o of OPTIONS.map((option) => ({ ...option, discount }))) {
        const hot = greeksOf(o);
        const plain = farGreeks(o, makeGreeks());
        for (const name of ['delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'charm', 'volga'] as const)
          expect(Math.abs(hot[name] - plain[name])).toBeLessThan(1e-10 * Math.abs(plain[name]) + 1e-12);
      }
  });

  test('with a discount, theta and charm follow the rate that it implies', () => {
    const rate = 0.065;
    const at = (years: number): OptionInput => ({
      forward: 24_000,
      strike: 24_200,
      years,
      sigma: 0.15,
      isCall: true,
      discount: Math.exp(-rate * years),
    });
    const g = greeksOf(at(0.1));
    const step = 1e-6;
    const later = greeksOf(at(0.1 - step));
    const earlier = greeksOf(at(0.1 + step));
    expect(g.theta).toBeCloseTo((later.price - earlier.price) / (2 * step), 3);
    expect(g.charm).toBeCloseTo((later.delta - earlier.delta) / (2 * step), 6);
    expect(g.rho).toBeCloseTo(-0.1 * g.price, 10);
  });

  test('at very high volatility and in far wings stays finite and sensible', () => {
    const high = greeksOf({ forward: 24_000, strike: 25_000, years: 1, sigma: 5, isCall: true, discount: 1 });
    expect(high.price).toBeCloseTo(
      exactPrice({ forward: 24_000, strike: 25_000, years: 1, sigma: 5, isCall: true })[0],
      8,
    );
    expect(high.delta).toBeGreaterThan(0.99);
    const wing = greeksOf({ forward: 24_000, strike: 12_000, years: 0.001, sigma: 0.1, isCall: false, discount: 1 });
    expect(wing.price).toBe(0);
    expect(wing.delta).toBeCloseTo(0, 300);
  });

  test.each(['forward', 'strike', 'years', 'sigma', 'discount'] as const)('all are unknown when %s is', (key) => {
    const option = { forward: 24_000, strike: 24_000, years: 0.01, sigma: 0.1, isCall: true, discount: 1 };
    for (const bad of [Number.NaN, 0, -1])
      expect(Object.values(greeksOf({ ...option, [key]: bad })).every(Number.isNaN)).toBe(true);
  });
});

interface VectorSample {
  readonly type: 'CE' | 'PE';
  readonly strike: number;
  readonly response: {
    readonly days_to_expiry: number;
    readonly greeks: {
      readonly delta: number;
      readonly gamma: number;
      readonly rho: number;
      readonly theta: number;
      readonly vega: number;
    };
    readonly implied_volatility: number;
    readonly option_price: number;
    readonly spot_price: number;
  };
}

describeRecorded(
  '../spec/vectors/black76-greeks.json',
  'the 35 published NIFTY samples (py_vollib Black-76, r = 0)',
  () => {
    const file: { samples: VectorSample[] } = JSON.parse(
      readFileSync(recorded('../spec/vectors/black76-greeks.json'), 'utf8'),
    );

    // Five of the forty are puts quoted below their intrinsic value, for which the publisher prints 0.
    const solved = file.samples.filter((s) => s.response.implied_volatility > 0);
    const unsolved = file.samples.filter((s) => s.response.implied_volatility === 0);

    test('all are reproduced to the last printed digit', () => {
      expect(solved).toHaveLength(35);
      for (const { type, strike, response } of solved) {
        const isCall = type === 'CE';
        const years = response.days_to_expiry / 365;
        const sigma = impliedVolatility(response.option_price, response.spot_price, strike, years, isCall);
        expect(Math.abs(100 * sigma - response.implied_volatility)).toBeLessThan(0.0051);
        const g = black76Greeks(response.spot_price, strike, years, sigma, isCall, 1, makeGreeks());
        expect(Math.abs(g.delta - response.greeks.delta)).toBeLessThan(5.1e-5);
        expect(Math.abs(g.gamma - response.greeks.gamma)).toBeLessThan(5.1e-7);
        expect(Math.abs(g.theta * THETA_PER_DAY - response.greeks.theta)).toBeLessThan(2e-4);
        expect(Math.abs(g.vega * VEGA_PER_POINT - response.greeks.vega)).toBeLessThan(7e-5);
        expect(Math.abs(g.rho * RHO_PER_PERCENT - response.greeks.rho)).toBeLessThan(5e-5);
      }
    });

    test('those below their intrinsic value have no volatility here, and say why', () => {
      expect(unsolved).toHaveLength(5);
      for (const { strike, response } of unsolved) {
        const years = response.days_to_expiry / 365;
        const found = impliedVolatilityWithReason(response.option_price, response.spot_price, strike, years, false);
        expect(found).toEqual({ value: null, reason: 'below-intrinsic' });
      }
    });
  },
);
