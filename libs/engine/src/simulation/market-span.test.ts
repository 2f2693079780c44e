import { adverseWalk, fallAfterTouch, standingPrice } from './market-span.js';

/** One minute from 100 over 106 and 97 to 101: 3 + 9 + 5 = 17 against a seller, 6 + 9 + 4 = 19 against a buyer. */
const minute = { openTime: 0, time: 60_000, open: 100, high: 106, low: 97, close: 101 };

describe('a minute against an order', () => {
  it('goes first to the extreme that hurts, then to the other, then to the close, at one speed', () => {
    const sell = adverseWalk(minute, false, { at: 0, price: 100 });
    expect([0, 3, 12, 17].map((length) => sell.priceAt((length / 17) * 60_000))).toEqual([100, 97, 106, 101]);
    const buy = adverseWalk(minute, true, { at: 0, price: 100 });
    expect([6, 15, 19].map((length) => buy.priceAt((length / 19) * 60_000))).toEqual([106, 97, 101]);
    expect(buy.priceAt((3 / 19) * 60_000)).toBeCloseTo(103, 9);
  });

  it('finds when a level is met first, from an instant on', () => {
    const sell = adverseWalk(minute, false, { at: 0, price: 100 });
    expect(sell.firstAt(98, true, 0)).toBeCloseTo((2 / 17) * 60_000, 6);
    expect(sell.firstAt(105, false, 0)).toBeCloseTo((11 / 17) * 60_000, 6);
    expect(sell.firstAt(96.99, true, 0)).toBe(Number.POSITIVE_INFINITY);
    // once past the low, 98 is met only while it is still below it
    expect(sell.firstAt(98, true, (5 / 17) * 60_000)).toBe(Number.POSITIVE_INFINITY);
    expect(sell.firstAt(100, true, 0)).toBe(0);
  });

  it('knows what can still come', () => {
    const buy = adverseWalk(minute, true, { at: 0, price: 100 });
    expect([buy.extremeAfter(300, false), buy.extremeAfter(300, true)]).toEqual([106, 97]);
    const late = (16 / 19) * 60_000;
    expect(buy.extremeAfter(late, false)).toBe(101);
    expect(buy.extremeAfter(late, true)).toBeCloseTo(98, 9);
  });

  it('turns at a touched target', () => {
    const fall = fallAfterTouch(minute, { at: 30_000, price: 104 });
    expect(fall.priceAt(30_000)).toBe(104);
    expect(fall.priceAt(30_000 + (7 / 17) * 60_000)).toBe(97);
  });
});

it('a quote stands', () => {
  const span = standingPrice(100, 0, 5000);
  expect([span.priceAt(0), span.priceAt(5000), span.firstAt(100, false, 2000)]).toEqual([100, 100, 2000]);
});
