import { Macd } from './macd.js';

test('is fast less slow, and its signal comes later', () => {
  const macd = new Macd({ fast: 1, slow: 3, signal: 2 });
  const rows = [1, 2, 3, 4].map((x) => (macd.add(x), [macd.value, macd.signal, macd.histogram]));
  expect(rows).toEqual([
    [Number.NaN, Number.NaN, Number.NaN],
    [Number.NaN, Number.NaN, Number.NaN],
    [1, Number.NaN, Number.NaN],
    [1, 1, 0],
  ]);
});

test('refuses a fast average that is not faster', () => {
  expect(() => new Macd({ fast: 26, slow: 12, signal: 9 })).toThrow('expected fast < slow, found 26 and 12');
});
