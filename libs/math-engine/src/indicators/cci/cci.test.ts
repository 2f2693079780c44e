import { Cci } from './cci.js';

test('is the distance from the mean in mean absolute deviations of 1.5 %', () => {
  const cci = new Cci(3);
  for (const x of [1, 2, 6]) cci.add(x, x, x, 0);
  // Mean 3, mean absolute deviation 2: (6 − 3) / (0.015 · 2).
  expect(cci.value).toBeCloseTo(100, 10);
});

test('is unknown where the price did not move', () => {
  const cci = new Cci(2);
  for (let i = 0; i < 3; i++) cci.add(5, 5, 5, 0);
  expect(cci.value).toBeNaN();
});
