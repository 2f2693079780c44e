import { black76Greeks } from './black76-greeks.js';
import { black76Price } from './black76-price.js';
import { makeGreeks } from './greeks.js';
import { impliedVolatility, impliedVolatilityWithReason } from './implied-volatility.js';
import { makeParityForward, parityForward } from './parity-forward.js';
import {
  black76GreeksColumns,
  black76Prices,
  impliedVolatilities,
  makeGreekColumns,
  type OptionRows,
} from './pricing-columns.js';
import { calendarYears, tradingYears } from './year-fraction.js';

const NAMES = ['price', 'delta', 'gamma', 'vega', 'theta', 'rho', 'vanna', 'charm', 'volga'] as const;

// References: mpmath with 50 digits, from erfc and the formulas of Black (1976), differentiated by hand.
describe('price and Greeks of discounted options in and out of the money', () => {
  // prettier-ignore
  const CASES: [number, number, number, number, boolean, number, number[]][] = [
    [25000, 24700, 0.03, 0.14, true, 0.997, [418.32039730263426, 0.6928855795849097, 0.0005761014175957094, 1512.2662211887373, -3486.7262692046966, -12.549611919079027, -1.2117245261301302, 2.896749926766896, 2675.8731760615447]],
    [25000, 24700, 0.03, 0.14, false, 0.997, [119.22039730263424, -0.3041144204150903, 0.0005761014175957094, 1512.2662211887373, -3516.681224137075, -3.5766119190790273, -1.2117245261301302, 2.7969000769923014, 2675.8731760615447]],
    [24000, 24600, 0.008, 0.2, true, 0.9995, [16.631428579808322, 0.08508029184041976, 0.0003626609526914816, 334.22833400046943, -4176.814450766904, -0.13305142863846656, 1.0815686590675726, -13.514289390281778, 3184.0445883350826]],
    [24000, 24600, 0.008, 0.2, false, 0.9995, [616.3314285798083, -0.9144197081595803, 0.0003626609526914816, 334.22833400046943, -4139.323827329795, -4.930651428638466, 1.0815686590675726, -13.576773762676961, 3184.0445883350826]],
    [100, 140, 1, 0.9, true, 0.9, [21.899948754120064, 0.4773122287599609, 0.003977875014690592, 35.80087513221533, -13.803003915882838, -21.899948754120064, 0.32772043157136377, -0.09718433165517787, -2.4953275765684886]],
    [24000, 24000, 0.02, 0.12, false, 1, [162.48465024361116, -0.4966149031199248, 0.0009794605435561442, 1354.0062554120136, -4062.018766236041, -3.2496930048722232, 0.02820846365441695, -0.08462539096325085, -0.8124037532472081]],
    [24000, 18000, 0.02, 0.1, true, 0.99, [5940.0, 0.99, 1.4020132006611352e-93, 1.6151192071616278e-87, 2984.949748489928, -118.8, -9.676652684421212e-89, 0.4974916247483213, 6.683441193405182e-84]],
    [100, 30, 4, 1.6, false, 0.8, [19.422382604101646, -0.019250972624923965, 0.00014150601737803164, 9.056385112194024, -0.7277821651231622, -77.68953041640658, 0.03463383827524366, -0.008000700254493275, -13.688965710128974]],
  ];

  test.each(CASES)(
    'F %d, K %d, T %d, σ %d, call %s, D %d',
    (forward, strike, years, sigma, isCall, discount, expected) => {
      const found = black76Greeks(forward, strike, years, sigma, isCall, discount, makeGreeks());
      NAMES.forEach((name, i) => {
        const exact = expected[i] as number;
        expect(Math.abs(found[name] - exact)).toBeLessThanOrEqual(1e-11 * Math.abs(exact) + 1e-14);
      });
      const price = black76Price(forward, strike, years, sigma, isCall, discount);
      expect(Math.abs(price / (expected[0] as number) - 1)).toBeLessThan(1e-12);
    },
  );

  const rows = (discount: boolean): OptionRows => ({
    forward: Float64Array.from(CASES, (c) => c[0]),
    strike: Float64Array.from(CASES, (c) => c[1]),
    years: Float64Array.from(CASES, (c) => c[2]),
    isCall: Uint8Array.from(CASES, (c) => (c[4] ? 1 : 0)),
    ...(discount ? { discount: Float64Array.from(CASES, (c) => c[5]) } : {}),
  });
  const sigma = Float64Array.from(CASES, (c) => c[3]);
  const column = (): Float64Array => new Float64Array(CASES.length);

  test.each([true, false])('columns are the scalar forms row by row (discounted: %s)', (discounted) => {
    const prices = black76Prices(rows(discounted), sigma, column());
    const greeks = black76GreeksColumns(rows(discounted), sigma, makeGreekColumns(CASES.length));
    const found = impliedVolatilities(rows(discounted), prices, column());
    CASES.forEach(([f, k, t, s, isCall, d], i) => {
      const df = discounted ? d : 1;
      expect(prices[i]).toBe(black76Price(f, k, t, s, isCall, df));
      expect(found[i]).toBe(impliedVolatility(prices[i] ?? Number.NaN, f, k, t, isCall, df));
      const one = black76Greeks(f, k, t, s, isCall, df, makeGreeks());
      for (const name of NAMES) expect(greeks[name][i]).toBe(one[name]);
    });
  });

  test('every column must be as long as the others', () => {
    const short = new Float64Array(CASES.length - 1);
    const message = `expected columns of ${CASES.length} rows, found one of ${CASES.length - 1}`;
    for (const name of ['strike', 'years', 'discount'] as const)
      expect(() => black76Prices({ ...rows(true), [name]: short }, sigma, column())).toThrow(message);
    expect(() => black76Prices({ ...rows(true), isCall: new Uint8Array(CASES.length - 1) }, sigma, column())).toThrow(
      message,
    );
    expect(() => black76Prices(rows(true), short, column())).toThrow(message);
    expect(() => impliedVolatilities(rows(true), short, column())).toThrow(message);
    expect(() => impliedVolatilities(rows(true), column(), short)).toThrow(message);
    expect(() => black76GreeksColumns(rows(true), short, makeGreekColumns(CASES.length))).toThrow(message);
    expect(() => black76GreeksColumns(rows(true), sigma, { ...makeGreekColumns(CASES.length), volga: short })).toThrow(
      message,
    );
  });
});

describe('what has no price', () => {
  test.each([
    [0, 100, 1, 0.2, 1],
    [100, 0, 1, 0.2, 1],
    [100, 100, -1, 0.2, 1],
    [100, 100, 1, -0.2, 1],
    [100, 100, 1, 0.2, 0],
    [Number.NaN, 100, 1, 0.2, 1],
  ])('F %d, K %d, T %d, σ %d, D %d', (forward, strike, years, sigma, discount) => {
    expect(black76Price(forward, strike, years, sigma, true, discount)).toBeNaN();
    const greeks = black76Greeks(forward, strike, years, sigma, true, discount, makeGreeks());
    for (const name of NAMES) expect(greeks[name]).toBeNaN();
  });

  test('without time or volatility an option is worth what exercise brings, discounted, and has no Greeks', () => {
    expect([black76Price(105, 100, 0, 0.2, true, 0.9), black76Price(105, 100, 1, 0, false, 0.9)]).toEqual([4.5, 0]);
    expect([black76Price(95, 100, 0, 0.2, false, 0.9), black76Price(95, 100, 1, 0, true)]).toEqual([4.5, 0]);
    expect(black76Greeks(100, 100, 0, 0.2, true, 1, makeGreeks()).delta).toBeNaN();
  });
});

describe('what has no volatility', () => {
  test.each([
    [5, 0, 100, 1, 1, 'no-price'],
    [5, 100, 0, 1, 1, 'no-price'],
    [5, 100, 100, 1, 0, 'no-price'],
    [5, 100, 100, -1, 1, 'expired'],
    [90, 100, 100, 1, 0.9, 'above-bound'],
    [4.5, 105, 100, 1, 0.9, 'below-intrinsic'],
  ] as const)('price %d, F %d, K %d, T %d, D %d', (price, forward, strike, years, discount, reason) => {
    expect(impliedVolatility(price, forward, strike, years, true, discount)).toBeNaN();
    expect(impliedVolatilityWithReason(price, forward, strike, years, true, discount)).toEqual({ value: null, reason });
  });

  test('the bound of a put is its strike', () => {
    expect(impliedVolatilityWithReason(95, 90, 100, 1, false, 0.95)).toEqual({ value: null, reason: 'above-bound' });
    expect(impliedVolatilityWithReason(9, 90, 100, 1, false, 0.95)).toEqual({ value: null, reason: 'below-intrinsic' });
    const price = black76Price(90, 100, 1, 0.3, false, 0.95);
    expect(impliedVolatilityWithReason(price, 90, 100, 1, false, 0.95)).toEqual({ value: expect.closeTo(0.3, 13) });
  });
});

describe('votes for the parity forward', () => {
  // Forwards 108, 101, 102, 99, 93 of the strikes 80 to 120, by |C − P| 28, 11, 2, 11, 27.
  const chain = {
    strikes: [80, 90, 100, 110, 120],
    callBid: [28, 11, 2, 1, 1],
    callAsk: [30, 13, 4, 1, 1],
    putBid: [1, 1, 1, 12, 28],
    putAsk: [1, 1, 1, 12, 28],
  };

  test('the nearest to the money come first; of equals the lower strike; an even number averages the middle two', () => {
    expect(parityForward({ ...chain, voters: 3 })).toEqual({ value: 101, rung: 'parity', strikes: 3 });
    expect(parityForward({ ...chain, voters: 4 })).toEqual({ value: 100, rung: 'parity', strikes: 4 });
    expect(parityForward(chain)).toEqual({ value: 101, rung: 'parity', strikes: 5 });
    const tie = {
      ...chain,
      callBid: [28, 40, 2, 1, 1],
      callAsk: [30, 40, 4, 1, 1],
      putBid: [1, 40, 1, 12, 28],
      putAsk: [1, 40, 1, 12, 28],
    };
    // |C − P| 0 at 90 and 2 at 100 come before 11 at 110: 90, 102, 99
    expect(parityForward({ ...tie, voters: 3 }).value).toBe(99);
  });

  test('never fewer than three vote, and seven unless told otherwise', () => {
    expect(parityForward({ ...chain, voters: 1 })).toEqual({ value: 101, rung: 'parity', strikes: 3 });
    const wide = Array.from({ length: 9 }, (_, i) => i);
    const many = {
      strikes: wide.map((i) => 60 + 10 * i),
      callBid: wide.map((i) => (i < 4 ? 41 - 10 * i : 1)),
      callAsk: wide.map((i) => (i < 4 ? 41 - 10 * i : 1)),
      putBid: wide.map((i) => (i < 4 ? 1 : 10 * i - 39)),
      putAsk: wide.map((i) => (i < 4 ? 1 : 10 * i - 39)),
    };
    expect(parityForward(many)).toEqual({ value: 100, rung: 'parity', strikes: 7 });
  });

  test('the discount widens what call and put are apart', () => {
    // 100 + 2/0.5, 90 + 11/0.5, 110 − 11/0.5
    expect(parityForward({ ...chain, discount: 0.5, voters: 3 }).value).toBe(104);
  });

  test('fills what it is given, and begins unknown', () => {
    expect(makeParityForward()).toEqual({ value: Number.NaN, rung: 'unknown', strikes: 0 });
    const out = makeParityForward();
    expect(parityForward(chain, out)).toBe(out);
    expect(parityForward({ ...chain, strikes: [] }, out)).toEqual({ value: Number.NaN, rung: 'unknown', strikes: 0 });
    expect(parityForward({ ...chain, strikes: [], future: 0, spot: 0, carry: 1 }).rung).toBe('unknown');
    expect(parityForward({ ...chain, strikes: [], future: 0, spot: 5, carry: 0 })).toEqual({
      value: 5,
      rung: 'spot',
      strikes: 0,
    });
  });
});

describe('years', () => {
  test('of calendar and of trading time', () => {
    expect(calendarYears(0, 86_400_000)).toBe(1 / 365);
    expect(calendarYears(0, 60_000)).toBe(1 / 525_600);
    expect(calendarYears(0, 60_001)).toBe(60_001 / 31_536_000_000);
    expect([calendarYears(1, 0), calendarYears(0, Number.NaN)]).toEqual([0, Number.NaN]);
    expect([tradingYears(0), tradingYears(375, 250), tradingYears(60, 100, 60)]).toEqual([0, 1 / 250, 0.01]);
  });
});
