import { Ema } from './ema.js';

// α = 1/2 for three bars; seed (2 + 4 + 6) / 3 = 4, then 4 → 7 → 5.5.
test('starts from the simple mean and halves the distance', () => {
  const ema = new Ema(3);
  const values = [2, 4, 6, 10, 4].map((x) => (ema.add(x), ema.value));
  expect(values).toEqual([Number.NaN, Number.NaN, 4, 7, 5.5]);
});
