import { floorPivots } from './floor-pivots.js';
import { Pivots } from './pivots.js';

test('a swing is known only when its right side is complete', () => {
  const pivots = new Pivots(1);
  const rows = [
    [10, 9],
    [12, 8],
    [11, 9],
    [13, 10],
    [12, 7],
    [14, 9],
  ] as const;
  const seen = rows.map(([high, low]) => (pivots.add(high, low, high), [pivots.pivotHigh, pivots.pivotLow]));
  expect(seen).toEqual([
    [Number.NaN, Number.NaN],
    [Number.NaN, Number.NaN],
    [12, 8],
    [12, 8],
    [13, 8],
    [13, 7],
  ]);
  expect(pivots.value).toBe(10);
});

test('of two equal highs the earlier is the pivot', () => {
  const pivots = new Pivots(1);
  for (const high of [10, 12, 12, 10]) pivots.add(high, high - 1, high);
  expect(pivots.pivotHigh).toBe(12);
  const late = new Pivots(2);
  for (const high of [12, 10, 12, 10, 9]) late.add(high, 0 - high, high);
  expect(late.pivotHigh).toBeNaN();
});

test('floor pivots from yesterday', () => {
  expect(floorPivots(110, 90, 100)).toEqual({ pivot: 100, r1: 110, r2: 120, r3: 130, s1: 90, s2: 80, s3: 70 });
  expect(floorPivots(Number.NaN, 90, 100).r1).toBeNaN();
});
