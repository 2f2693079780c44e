import { Sma } from './sma.js';

test('averages the newest three', () => {
  const sma = new Sma(3);
  const values = [1, 2, 6, 10].map((x) => (sma.add(x), sma.value));
  expect(values).toEqual([Number.NaN, Number.NaN, 3, 6]);
});
