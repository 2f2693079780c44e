import { cumulative, dd, density, divide } from './fixtures/double-double.js';
import { relativeError } from './fixtures/index-option-grid.js';
import { MILLS_TABLE_BOTTOM, MILLS_TABLE_TOP, millsRatio } from './mills-ratio.js';
import { millsDifference } from './mills-difference.js';
import { naturalLog } from './natural-log.js';
import { normalCdf } from './normal-cdf.js';
import { normalPdf } from './normal-density.js';

/** Points without a pattern, the same in every run. */
function points(count: number, from: number, to: number): number[] {
  return Array.from({ length: count }, (_, i) => from + (to - from) * ((i * 0.6180339887498949) % 1));
}

describe('the Mills ratio', () => {
  // The oracle's Φ has an absolute error of 1e-31, so it can judge 1e-16 relative down to about −7.
  test.each([
    ['left of centre', -7, 0],
    ['right of centre', 0, MILLS_TABLE_TOP],
    ['beyond the table', MILLS_TABLE_TOP, 6],
  ])('is Φ / φ to the last digits: %s', (_, from, to) => {
    for (const z of points(400, from, to))
      expect(relativeError(millsRatio(z), divide(cumulative(dd(z)), density(dd(z))))).toBeLessThan(
        z <= MILLS_TABLE_TOP ? 3e-16 : 1e-15 * z,
      );
  });

  test('far left it follows the asymptotic series 1/w − 1/w³ + 3/w⁵ − 15/w⁷', () => {
    for (const w of [40, 100, 1000]) {
      const series = (1 - (1 - (3 - 15 / w ** 2) / w ** 2) / w ** 2) / w;
      expect(Math.abs(millsRatio(-w) / series - 1)).toBeLessThan(105 / w ** 8 + 3e-16);
    }
  });

  test('has no seam where table and fraction meet', () => {
    const below = millsRatio(MILLS_TABLE_BOTTOM - 1e-12);
    const above = millsRatio(MILLS_TABLE_BOTTOM);
    expect(Math.abs(above / below - 1)).toBeLessThan(5e-13);
  });

  // erfcx(1) = 0.42758357615580700441..., DLMF 7.2.3 evaluated to 20 digits; R(z) = √(π/2) erfcx(−z/√2).
  test('equals √(π/2) erfcx', () => {
    expect(millsRatio(-Math.SQRT2)).toBeCloseTo(Math.sqrt(Math.PI / 2) * 0.427583576155807, 15);
    expect(Math.abs(millsRatio(0) - Math.sqrt(Math.PI / 2))).toBeLessThan(4e-16);
    expect(millsRatio(Number.NaN)).toBeNaN();
  });

  test('differences keep their digits however narrow', () => {
    // For h = 0 the difference is Φ-symmetric: R(t) − R(−t) = (2Φ(t) − 1) / φ(t) = 2t (1 + t²/3 + t⁴/15 + ...).
    for (const t of [1e-9, 1e-6, 1e-3, 0.0099, 0.0101, 0.1]) {
      const series = 2 * t * (1 + (t * t) / 3 + t ** 4 / 15 + t ** 6 / 105 + t ** 8 / 945 + t ** 10 / 10395);
      expect(Math.abs(millsDifference(0, t) / series - 1)).toBeLessThan(2e-14);
    }
  });
});

describe('the normal distribution', () => {
  test('density and distribution agree with the oracle', () => {
    for (const z of points(300, -9, 9)) expect(relativeError(normalPdf(z), density(dd(z)))).toBeLessThan(4e-16);
    for (const z of points(300, -6, 8)) expect(relativeError(normalCdf(z), cumulative(dd(z)))).toBeLessThan(6e-16);
  });

  test('the ends are 0 and 1', () => {
    expect(normalCdf(-40)).toBe(0);
    expect(normalCdf(40)).toBe(1);
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.NaN)).toBeNaN();
  });
});

test('the table logarithm is the built-in one to 3e-16 over its whole range', () => {
  for (const power of points(2000, -159, 32.9)) {
    const x = 2 ** power;
    expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThan(3e-16 + 4.5e-16 * Math.abs(Math.log(x)));
  }
  for (const x of points(500, 0.5, 2)) expect(Math.abs(naturalLog(x) - Math.log(x))).toBeLessThan(3e-16);
});
