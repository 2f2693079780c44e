import { BUILDUPS, buildupName, buildupOf, neutralBands, type Buildup } from './buildup.js';
import { indexView } from './index-view.js';

const BANDS = { priceBand: 0.5, oiBand: 75 };

// seed-systems.md §2.7 and D7: signs of the contract's own ΔLTP and ΔOI over one interval.
test.each<[number, number, Buildup | null]>([
  [2, 750, 'long-buildup'],
  [-2, 750, 'short-buildup'],
  [2, -750, 'short-covering'],
  [-2, -750, 'long-unwinding'],
  [0.5, 75, 'long-buildup'],
  [0.45, 750, 'neutral'],
  [2, 74, 'neutral'],
  [Number.NaN, 750, null],
  [2, Number.NaN, null],
])('ΔP %f and ΔOI %f are %s', (dPrice, dOi, wanted) => {
  expect(buildupName(buildupOf(dPrice, dOi, BANDS))).toBe(wanted);
});

test('a change of nothing is neutral even without a band', () => {
  const none = { priceBand: 0, oiBand: 0 };
  expect(buildupName(buildupOf(0, 750, none))).toBe('neutral');
  expect(buildupName(buildupOf(2, 0, none))).toBe('neutral');
  expect(buildupName(buildupOf(0.05, 1, none))).toBe('long-buildup');
});

test('codes and names are one table', () => {
  expect(BUILDUPS.map((name) => BUILDUPS.indexOf(name))).toEqual([0, 1, 2, 3, 4]);
  expect(buildupName(7)).toBeNull();
});

test('bands are the larger of one step and a share', () => {
  const step = { tick: 0.05, lot: 75 };
  expect(neutralBands({ ...step, price: 100, openInterest: 1_000_000 })).toEqual({ priceBand: 0.25, oiBand: 2500 });
  expect(neutralBands({ ...step, price: 4, openInterest: 1500 })).toEqual({ priceBand: 0.05, oiBand: 75 });
  expect(neutralBands({ ...step, price: 100, openInterest: 1_000_000, priceShare: 0.01, oiShare: 0.02 })).toEqual({
    priceBand: 1,
    oiBand: 20_000,
  });
});

// DESIGN §4, "Chain direction"; seed-systems.md D5.
test.each<[boolean, Buildup, number]>([
  [true, 'long-buildup', 1],
  [true, 'short-covering', 1],
  [true, 'short-buildup', -1],
  [true, 'long-unwinding', -1],
  [false, 'long-buildup', -1],
  [false, 'short-covering', -1],
  [false, 'short-buildup', 1],
  [false, 'long-unwinding', 1],
  [true, 'neutral', 0],
  [false, 'neutral', 0],
])('call %s in %s is a view of %i on the index', (isCall, buildup, view) => {
  expect(indexView(isCall, BUILDUPS.indexOf(buildup))).toBe(view);
});

test('an unknown buildup is no view', () => {
  expect(indexView(true, -1)).toBe(0);
});
