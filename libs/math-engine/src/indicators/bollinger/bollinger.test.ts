import { Bollinger } from './bollinger.js';

test('bands lie a multiple of the deviation from the mean', () => {
  const bands = new Bollinger({ period: 4, multiplier: 2 });
  for (const x of [1, 1, 3, 3]) bands.add(x);
  expect([bands.lower, bands.middle, bands.upper, bands.deviation]).toEqual([0, 2, 4, 1]);
});

test('the sample deviation is wider', () => {
  const bands = new Bollinger({ period: 4, multiplier: 2, deviation: 'sample' });
  for (const x of [1, 1, 3, 3]) bands.add(x);
  expect(bands.upper).toBeCloseTo(2 + 2 * Math.sqrt(4 / 3), 14);
});
