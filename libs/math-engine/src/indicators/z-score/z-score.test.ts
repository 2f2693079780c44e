import { ZScore } from './z-score.js';

test('counts deviations from the mean; unknown where all are equal', () => {
  const z = new ZScore(3, 'population');
  const values = [1, 1, 4, 4, 4].map((x) => (z.add(x), z.value));
  expect(values.slice(2)).toEqual([expect.closeTo(Math.SQRT2, 12), expect.closeTo(Math.SQRT1_2, 12), Number.NaN]);
});
