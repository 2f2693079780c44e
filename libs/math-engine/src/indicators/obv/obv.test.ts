import { Obv } from './obv.js';

test('adds volume on a rise, takes it off on a fall, leaves it on a draw', () => {
  const obv = new Obv();
  const rows = [
    [10, 100],
    [11, 200],
    [10, 50],
    [10, 70],
    [12, 5],
  ] as const;
  const values = rows.map(([close, volume]) => (obv.add(close, close, close, volume), obv.value));
  expect(values).toEqual([Number.NaN, 200, 150, 150, 155]);
});
