import fc from 'fast-check';
import { formatPaise, paise, paiseFromRupees, rupeesOf } from './money.js';
import { lots, units, unitsOfLots } from './quantity.js';
import { roundToTick } from './tick.js';

describe('money', () => {
  test.each([
    [1.005, 101],
    [-1.005, -101],
    [104.35, 10435],
    [0.004999, 0],
    [165.74, 16574],
    [-0, 0],
  ])('%p rupees are %p paise', (rupees, expected) => {
    expect(paiseFromRupees(rupees)).toBe(expected);
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %p as paise', (value) => {
    expect(() => paise(value)).toThrow('expected a whole number of paise');
  });

  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [123456789, '12,34,567.89'],
    [-100000, '-1,000.00'],
    [99999, '999.99'],
  ])('%p paise read %p', (amount, text) => {
    expect(formatPaise(paise(amount))).toBe(text);
  });

  test('every amount of two decimals survives rupees and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (p) =>
        expect(paiseFromRupees(rupeesOf(paise(p)))).toBe(p === 0 ? 0 : p),
      ),
    );
  });
});

describe('ticks', () => {
  const tick = paise(5);
  test('a price on the grid stays whatever the binary noise', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.constantFrom('up', 'down', 'nearest'),
        (steps, rounding) => {
          expect(roundToTick((steps * 5) / 100, tick, rounding as 'up')).toBe(steps * 5);
        },
      ),
    );
  });
  test('a buyer rounds up, a seller down, a mark to the nearest', () => {
    expect(roundToTick(100.02, tick, 'up')).toBe(10005);
    expect(roundToTick(100.04, tick, 'down')).toBe(10000);
    expect(roundToTick(100.03, tick, 'nearest')).toBe(10005);
  });
  test.each([Number.NaN, -0.05, Number.POSITIVE_INFINITY])('refuses %p as a price', (price) => {
    expect(() => roundToTick(price, tick, 'up')).toThrow('expected a price in rupees ≥ 0');
  });
});

describe('quantities', () => {
  test('lots become units by the lot size of the contract', () => {
    expect(unitsOfLots(lots(3), units(65))).toBe(195);
  });
  test('nothing is a quantity', () => {
    expect(lots(0)).toBe(0);
    expect(units(0)).toBe(0);
  });
  test.each([-1, 1.5, Number.NaN])('refuses %p lots', (value) => {
    expect(() => lots(value)).toThrow('expected a whole number of lots');
    expect(() => units(value)).toThrow('expected a whole number of units');
  });
});
