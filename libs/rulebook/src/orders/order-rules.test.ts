import { day } from '../dated/ist-day.js';
import { allowedOrderTypes, limitPriceBand, orderRateLimits } from '../index.js';

describe('what a program may send', () => {
  test('plain market orders ended on 2025-07-24', () => {
    expect(allowedOrderTypes(day('2025-07-23')).types).toEqual(['LIMIT', 'MARKET', 'SL-LIMIT']);
    expect(allowedOrderTypes(day('2025-07-24')).types).toEqual(['LIMIT', 'SL-LIMIT']);
  });

  test('order rates exist from 2026-04-01', () => {
    expect(orderRateLimits(day('2026-03-31'))).toEqual([]);
    expect(orderRateLimits(day('2026-04-01')).map((r) => [r.scope, r.perSecond, r.perMinute])).toEqual([
      ['exchange', 10, null],
      ['upstox', 10, 500],
      ['zerodha', 10, 400],
    ]);
  });

  test.each([
    [3_000, 1_000, 5_000],
    [1_500, 0, 3_500],
    [5_000, 3_000, 7_000],
    [10_000, 6_000, 14_000],
  ])('a reference of %s paise allows %s to %s', (referencePaise, lowest, highest) => {
    expect(limitPriceBand({ referencePaise, on: day('2026-01-12') })).toEqual({ lowest, highest });
  });

  test('where no rule is known there is no band', () => {
    expect(limitPriceBand({ referencePaise: 10_000, on: day('2022-12-30') })).toBeNull();
    expect(limitPriceBand({ referencePaise: 10_000, on: day('2025-11-28'), exchange: 'BSE' })).toBeNull();
    expect(() => limitPriceBand({ referencePaise: 0, on: day('2026-01-12') })).toThrow(
      'expected a reference price above 0',
    );
  });
});
