import { Wma } from './wma.js';

test('weighs the newest most', () => {
  const wma = new Wma(3);
  const values = [1, 2, 3, 7].map((x) => (wma.add(x), wma.value));
  expect(values).toEqual([Number.NaN, Number.NaN, 14 / 6, (2 + 6 + 21) / 6]);
});
