import { black76Price } from '@sos/math-engine';
import { PremiumCurve, smileAt, smileFactor } from './premium-curve.js';

const OMEGA = 0.012;
const FORWARD = 25_000;
const places = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, i) => from + i * step);

describe('premium curve', () => {
  const smile = smileAt(3);
  const curve = new PremiumCurve(smile, OMEGA);

  it('is Black-76 on the smile, within half a paisa at the reference volatility', () => {
    const worst = Math.max(
      ...places(-6, 6, 0.013).map((u) => {
        const strike = FORWARD * Math.exp(u * OMEGA);
        const exact = black76Price(FORWARD, strike, 1, OMEGA * smileFactor(smile, u), u >= 0);
        return Math.abs(exact - FORWARD * OMEGA * curve.outOfTheMoney(u));
      }),
    );
    expect(worst).toBeLessThan(0.005);
  });

  it.each([0.2, 0.5, 1])('is convex and falling in the strike at %f of the reference volatility', (part) => {
    const omega = part * OMEGA;
    const call = (strike: number): number => {
      const u = Math.log(strike / FORWARD) / omega;
      return Math.max(0, FORWARD - strike) + FORWARD * omega * curve.outOfTheMoney(u);
    };
    for (const strike of places(FORWARD * (1 - 8 * omega), FORWARD * (1 + 8 * omega), 10)) {
      const [low, mid, high] = [call(strike - 10), call(strike), call(strike + 10)];
      expect(low - mid).toBeGreaterThanOrEqual(-1e-6);
      expect(low - mid).toBeLessThanOrEqual(10 + 1e-6);
      // The cubic pieces meet without a common second derivative: a hundredth of a paisa is allowed for.
      expect(low - 2 * mid + high).toBeGreaterThan(-1e-4);
    }
  });

  it('is worth nothing far out and has no value that is not a number', () => {
    expect(curve.outOfTheMoney(13.5)).toBe(0);
    expect(curve.outOfTheMoney(Number.POSITIVE_INFINITY)).toBe(0);
    expect(curve.outOfTheMoney(Number.NaN)).toBe(0);
  });
});

describe('smile', () => {
  it('has no butterfly arbitrage: the implied density is positive for every age', () => {
    // Gatheral, "The Volatility Surface" (2006), eq. 2.20: g(k) ≥ 0 with w the total variance.
    for (const sessions of [0.05, 1, 3, 8, 22, 60])
      for (const u of places(-12, 12, 0.05)) {
        const w = (x: number): number => (OMEGA * smileFactor(smileAt(sessions), x / OMEGA)) ** 2;
        const [k, h] = [u * OMEGA, OMEGA / 100];
        const first = (w(k + h) - w(k - h)) / (2 * h);
        const second = (w(k + h) - 2 * w(k) + w(k - h)) / (h * h);
        const g = (1 - (k * first) / (2 * w(k))) ** 2 - (first * first * (1 / w(k) + 0.25)) / 4 + second / 2;
        expect(g).toBeGreaterThan(0);
      }
  });

  it('has no calendar arbitrage: total variance rises with time at every strike', () => {
    const daily = 0.007;
    for (const [near, far] of [
      [0.3, 1],
      [1, 2],
      [2, 7],
      [7, 12],
      [12, 32],
    ] as const)
      for (const k of places(-0.06, 0.06, 0.001)) {
        const w = (sessions: number): number => {
          const omega = daily * Math.sqrt(sessions);
          return (omega * smileFactor(smileAt(sessions), k / omega)) ** 2;
        };
        expect(w(far)).toBeGreaterThan(w(near));
      }
  });
});
