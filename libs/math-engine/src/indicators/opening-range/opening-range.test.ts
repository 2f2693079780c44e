import { OpeningRange } from './opening-range.js';

test('is fixed after its bars and places later closes', () => {
  const range = new OpeningRange(2);
  range.add(12, 10, 11);
  expect(range.high).toBeNaN();
  range.add(14, 11, 14);
  expect([range.low, range.high, range.value]).toEqual([10, 14, 1]);
  range.add(30, 9, 16);
  expect([range.low, range.high, range.value]).toEqual([10, 14, 1.5]);
});

test('starts anew with the session, and a missing bar does not count', () => {
  const range = new OpeningRange(1);
  range.add(12, 10, 11);
  range.startSession();
  range.add(Number.NaN, 1, 1);
  expect(range.high).toBeNaN();
  range.add(20, 18, 19);
  expect([range.low, range.high, range.value]).toEqual([18, 20, 0.5]);
});
