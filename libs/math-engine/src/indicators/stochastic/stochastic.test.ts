import { Stochastic } from './stochastic.js';

test('places the close in the range of the window', () => {
  const stochastic = new Stochastic({ period: 2, signal: 2 });
  stochastic.add(12, 8, 10);
  stochastic.add(14, 10, 11);
  expect(stochastic.value).toBe(50);
  stochastic.add(18, 12, 18);
  expect([stochastic.value, stochastic.signal]).toEqual([100, 75]);
});

test('a range without width has no places', () => {
  const stochastic = new Stochastic({ period: 2, signal: 1 });
  for (let i = 0; i < 3; i++) stochastic.add(5, 5, 5);
  expect(stochastic.value).toBeNaN();
});
