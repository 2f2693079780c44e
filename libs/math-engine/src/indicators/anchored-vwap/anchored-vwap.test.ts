import { AnchoredVwap } from './anchored-vwap.js';

test('weighs by volume; bands are its weighted deviation', () => {
  const vwap = new AnchoredVwap();
  vwap.add(10, 10, 10, 100);
  vwap.add(20, 20, 20, 300);
  expect(vwap.value).toBe(17.5);
  expect(vwap.deviation).toBeCloseTo(Math.sqrt(18.75), 12);
  expect(vwap.band(2)).toBeCloseTo(17.5 + 2 * Math.sqrt(18.75), 12);
});

test('is unknown without volume, and starts again at an anchor', () => {
  const vwap = new AnchoredVwap();
  vwap.add(10, 10, 10, 0);
  expect(vwap.value).toBeNaN();
  vwap.add(10, 10, 10, 5);
  vwap.anchor();
  expect(vwap.value).toBeNaN();
  vwap.add(30, 30, 30, 1);
  expect([vwap.value, vwap.deviation]).toEqual([30, 0]);
});
