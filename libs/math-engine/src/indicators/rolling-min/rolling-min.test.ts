import { RollingMin } from './rolling-min.js';

test('forgets a trough when it leaves the window', () => {
  const min = new RollingMin(3);
  const values = [5, 1, 2, 3, 9, 4, 8, 8].map((x) => (min.add(x), min.value));
  expect(values).toEqual([Number.NaN, Number.NaN, 1, 1, 2, 3, 4, 4]);
});
