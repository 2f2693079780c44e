import { Supertrend } from './supertrend.js';

test('trails below a rise, turns when the close crosses it', () => {
  const trend = new Supertrend({ period: 1, multiplier: 1 });
  const rows: readonly (readonly [number, number, number])[] = [
    [10, 8, 9],
    [12, 10, 11.5],
    [14, 12, 13.5],
    [14, 12, 13],
    [12, 6, 7],
  ];
  const seen = rows.map(([high, low, close]) => (trend.add(high, low, close), [trend.value, trend.direction]));
  // True ranges 3, 2.5, 2, 7 give lower bands 8, 10.5, 11 (which only rises); and leave the upper band at 14 (which only falls).
  // The last close breaks 11.
  expect(seen).toEqual([
    [Number.NaN, 0],
    [8, 1],
    [10.5, 1],
    [11, 1],
    [14, -1],
  ]);
});
