import { RollingMax } from './rolling-max.js';

test('forgets a peak when it leaves the window', () => {
  const max = new RollingMax(3);
  const values = [5, 1, 2, 3, 9, 1, 1, 1].map((x) => (max.add(x), max.value));
  expect(values).toEqual([Number.NaN, Number.NaN, 5, 3, 9, 9, 9, 1]);
});
