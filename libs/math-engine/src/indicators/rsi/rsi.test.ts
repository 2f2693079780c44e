import { Rsi } from './rsi.js';

function rsiOf(period: number, values: readonly number[]): number[] {
  const rsi = new Rsi(period);
  return values.map((x) => (rsi.add(x), rsi.value));
}

test('is the share of gains in all moves, smoothed by Wilder', () => {
  // Gains 1, 0; losses 0, 1 → 50. Then a gain of 3: gain (0.5 + 3) / 2, loss 0.5 / 2 → 87.5.
  expect(rsiOf(2, [10, 11, 10, 13])).toEqual([Number.NaN, Number.NaN, 50, 87.5]);
});

test('100 with gains only, 0 with losses only, 50 where nothing moved', () => {
  expect(rsiOf(2, [1, 2, 3]).at(-1)).toBe(100);
  expect(rsiOf(2, [3, 2, 1]).at(-1)).toBe(0);
  expect(rsiOf(2, [5, 5, 5]).at(-1)).toBe(50);
});
