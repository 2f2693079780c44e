import { Atr } from './atr.js';

test('takes gaps into the range and smooths by Wilder', () => {
  const atr = new Atr(2);
  // True ranges: 3 (bar), 6 (gap from 11 to 17), 2 → seed 4.5, then (4.5 + 2) / 2.
  const rows = [
    [10, 9, 9],
    [12, 9, 11],
    [17, 15, 16],
    [17, 15, 16],
  ] as const;
  const values = rows.map(([high, low, close]) => (atr.add(high, low, close), atr.value));
  expect(values).toEqual([Number.NaN, Number.NaN, 4.5, 3.25]);
});
