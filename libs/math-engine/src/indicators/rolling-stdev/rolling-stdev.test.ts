import { RollingStdev } from './rolling-stdev.js';

test('population and sample deviation of 2, 4, 4, 4, 5, 5, 7, 9', () => {
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  const population = new RollingStdev(8);
  const sample = new RollingStdev(8, 'sample');
  for (const x of values) {
    population.add(x);
    sample.add(x);
  }
  expect(population.value).toBe(2);
  expect(population.mean).toBe(5);
  expect(sample.value).toBeCloseTo(Math.sqrt(32 / 7), 14);
});

test('a flat window has no deviation, even after a storm', () => {
  const stdev = new RollingStdev(5);
  for (let i = 0; i < 50; i++) stdev.add(24_000 + 900 * Math.sin(i));
  for (let i = 0; i < 10; i++) stdev.add(24_000.35);
  expect(stdev.value).toBe(0);
});
