import { black76Price } from './black76-price.js';
import { parityForward, type ParityInput } from './parity-forward.js';
import { calendarYears, tradingYears } from './year-fraction.js';

const STRIKES = [24_800, 24_900, 25_000, 25_100, 25_200, 25_300];

/** Quotes one rupee wide around the model's prices on a forward. */
function quotes(forward: number, discount = 1): ParityInput {
  const call = STRIKES.map((k) => black76Price(forward, k, 0.02, 0.13, true, discount));
  const put = STRIKES.map((k) => black76Price(forward, k, 0.02, 0.13, false, discount));
  return {
    strikes: STRIKES,
    callBid: call.map((p) => p - 0.5),
    callAsk: call.map((p) => p + 0.5),
    putBid: put.map((p) => p - 0.5),
    putAsk: put.map((p) => p + 0.5),
    discount,
  };
}

function blanked(column: ArrayLike<number>, kept: readonly number[]): number[] {
  return Array.from(column, (x, i) => (kept.includes(i) ? x : Number.NaN));
}

describe('the parity forward', () => {
  test('is recovered from quotes, with and without a discount', () => {
    expect(parityForward(quotes(25_037.4)).value).toBeCloseTo(25_037.4, 9);
    expect(parityForward(quotes(25_037.4, 0.98))).toEqual({
      value: expect.closeTo(25_037.4, 8),
      rung: 'parity',
      strikes: 6,
    });
  });

  test('is the median, so that one bad quote does not move it', () => {
    const input = quotes(25_037.4);
    const callAsk = Array.from(input.callAsk);
    callAsk[2] = (callAsk[2] ?? 0) + 40;
    expect(parityForward({ ...input, callAsk }).value).toBeCloseTo(25_037.4, 9);
  });

  test('reads one snapshot of a tape by its offset', () => {
    const now = quotes(25_037.4);
    const before = quotes(24_990);
    const both = (key: 'callBid' | 'callAsk' | 'putBid' | 'putAsk'): Float64Array =>
      Float64Array.from([...Array.from(before[key]), ...Array.from(now[key])]);
    const tape = {
      strikes: STRIKES,
      callBid: both('callBid'),
      callAsk: both('callAsk'),
      putBid: both('putBid'),
      putAsk: both('putAsk'),
    };
    expect(parityForward({ ...tape, offset: 6 }).value).toBeCloseTo(25_037.4, 9);
    expect(parityForward(tape).value).toBeCloseTo(24_990, 9);
  });

  test('needs three two-sided strikes; below that goes down the rungs and says which', () => {
    const input = quotes(25_037.4);
    const three = { ...input, callBid: blanked(input.callBid, [1, 2, 3]) };
    expect(parityForward(three)).toEqual({ value: expect.closeTo(25_037.4, 9), rung: 'parity', strikes: 3 });
    const two = { ...input, putAsk: blanked(input.putAsk, [2, 3]) };
    expect(parityForward({ ...two, future: 25_040, spot: 25_000 })).toEqual({
      value: 25_040,
      rung: 'future',
      strikes: 0,
    });
    expect(parityForward({ ...two, spot: 25_000, carry: 1.002 })).toEqual({
      value: 25_050,
      rung: 'spot-carry',
      strikes: 0,
    });
    expect(parityForward({ ...two, spot: 25_000 })).toEqual({ value: 25_000, rung: 'spot', strikes: 0 });
    expect(parityForward(two)).toEqual({ value: Number.NaN, rung: 'unknown', strikes: 0 });
  });

  test('one-sided and crossed quotes do not vote', () => {
    const input = quotes(25_037.4);
    const zeroBid = { ...input, callBid: STRIKES.map(() => 0) };
    const crossed = { ...input, callBid: Array.from(input.callAsk, (x) => x + 1) };
    expect(parityForward(zeroBid).rung).toBe('unknown');
    expect(parityForward(crossed).rung).toBe('unknown');
  });
});

describe('time to expiry', () => {
  test('calendar years are actual/365, at least a minute while alive', () => {
    const expiry = 1_767_088_800_000;
    expect(calendarYears(expiry - 365 * 86_400_000, expiry)).toBe(1);
    expect(calendarYears(expiry - 1, expiry)).toBe(1 / 525_600);
    expect(calendarYears(expiry, expiry)).toBe(0);
    expect(calendarYears(Number.NaN, expiry)).toBeNaN();
  });

  test('trading years count session minutes', () => {
    expect(tradingYears(375)).toBe(1 / 252);
    expect(tradingYears(94_500, 252)).toBe(1);
  });
});
