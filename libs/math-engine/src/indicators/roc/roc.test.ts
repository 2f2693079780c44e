import { Roc } from './roc.js';

test('is the change in percent; unknown against 0', () => {
  const roc = new Roc(2);
  const values = [0, 50, 10, 75].map((x) => (roc.add(x), roc.value));
  expect(values).toEqual([Number.NaN, Number.NaN, Number.NaN, 50]);
});
