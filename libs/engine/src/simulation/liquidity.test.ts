import { Liquidity } from './liquidity.js';

const UNKNOWN = Number.NaN;

describe('what may be taken of a row', () => {
  it('is never more than displayed, in whole lots, and is taken once', () => {
    const row = new Liquidity().renew(64, 200, UNKNOWN);
    expect([row.available('BUY', 65), row.available('SELL', 65)]).toEqual([195, 0]);
    row.take('BUY', 130);
    expect(row.available('BUY', 65)).toBe(65);
    row.replenish();
    expect(row.available('BUY', 65)).toBe(195);
  });

  it('is in all never more than the share of the minute’s volume', () => {
    const row = new Liquidity().renew(UNKNOWN, UNKNOWN, 200);
    expect(row.available('SELL', 65)).toBe(195);
    row.take('BUY', 130);
    row.replenish();
    expect(row.available('SELL', 65)).toBe(65);
  });

  it('is not limited by what is unknown, and is nothing in a minute without a trade', () => {
    expect(new Liquidity().renew(UNKNOWN, UNKNOWN, UNKNOWN).available('BUY', 65)).toBe(Number.POSITIVE_INFINITY);
    expect(new Liquidity().renew(UNKNOWN, UNKNOWN, 0).available('BUY', 65)).toBe(0);
  });
});
