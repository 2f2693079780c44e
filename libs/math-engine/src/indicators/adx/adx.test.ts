import { Adx } from './adx.js';

test('a straight rise is all plus', () => {
  const adx = new Adx(3);
  for (let i = 0; i < 6; i++) adx.add(10 + i, 9 + i, 9.5 + i);
  expect(adx.value).toBe(100);
  expect(adx.minusDi).toBe(0);
  expect(adx.plusDi).toBeCloseTo(100 / 1.5, 12);
});

test('no movement is no direction, not a division by zero', () => {
  const adx = new Adx(2);
  for (let i = 0; i < 6; i++) adx.add(10, 10, 10);
  expect([adx.value, adx.plusDi, adx.minusDi]).toEqual([0, 0, 0]);
});
