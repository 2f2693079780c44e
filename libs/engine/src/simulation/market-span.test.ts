import { MarketSpan, adverseWalk, fallAfterTouch } from './market-span.js';

/** One minute from 100 over 106 and 97 to 101: 3 + 9 + 5 = 17 against a seller, 6 + 9 + 4 = 19 against a buyer. */
const minute = { openTime: 0, time: 60_000, from: 0, open: 100, high: 106, low: 97, close: 101 };
const walk = (isBuy: boolean): MarketSpan => adverseWalk(new MarketSpan(), minute, isBuy);

describe('a minute against an order', () => {
  it('goes first to the extreme that hurts, then to the other, then to the close, at one speed', () => {
    const sell = walk(false);
    expect([0, 3, 12, 17].map((length) => sell.priceAt((length / 17) * 60_000))).toEqual([100, 97, 106, 101]);
    const buy = walk(true);
    expect([6, 15, 19].map((length) => buy.priceAt((length / 19) * 60_000))).toEqual([106, 97, 101]);
    expect(buy.priceAt((3 / 19) * 60_000)).toBeCloseTo(103, 9);
  });

  it('finds when a level is met first, from an instant on', () => {
    const sell = walk(false);
    expect(sell.firstAt(98, true, 0)).toBeCloseTo((2 / 17) * 60_000, 6);
    expect(sell.firstAt(105, false, 0)).toBeCloseTo((11 / 17) * 60_000, 6);
    expect(sell.firstAt(96.99, true, 0)).toBe(Number.POSITIVE_INFINITY);
    // once past the low, 98 is met only while it is still below it
    expect(sell.firstAt(98, true, (5 / 17) * 60_000)).toBe(Number.POSITIVE_INFINITY);
    expect(sell.firstAt(100, true, 0)).toBe(0);
  });

  it('knows what can still come', () => {
    const buy = walk(true);
    expect([buy.extremeAfter(300, false), buy.extremeAfter(300, true)]).toEqual([106, 97]);
    const late = (16 / 19) * 60_000;
    expect(buy.extremeAfter(late, false)).toBe(101);
    expect(buy.extremeAfter(late, true)).toBeCloseTo(98, 9);
  });

  it('turns at a touched target', () => {
    const fall = fallAfterTouch(new MarketSpan(), { ...minute, from: 30_000 }, 104);
    expect(fall.priceAt(30_000)).toBe(104);
    expect(fall.priceAt(30_000 + (7 / 17) * 60_000)).toBe(97);
  });

  it('without a known close ends where it began', () => {
    // 3 + 9 + 6 = 18 against a seller
    const sell = adverseWalk(new MarketSpan(), { ...minute, close: Number.NaN }, false);
    expect([3, 12, 18].map((length) => sell.priceAt((length / 18) * 60_000))).toEqual([97, 106, 100]);
  });
});

it('a quote stands, and a span that is filled anew forgets what it was', () => {
  const span = walk(false).begin(100, 0);
  expect([span.priceAt(0), span.priceAt(5000), span.firstAt(100, false, 2000)]).toEqual([100, 100, 2000]);
});
