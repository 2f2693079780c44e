import { Liquidity } from './liquidity.js';

const unknown = { bidQty: Number.NaN, askQty: Number.NaN, volume: Number.NaN, volumeShare: 0.1 };

describe('what may be taken of a row', () => {
  it('is never more than displayed, in whole lots, and is taken once', () => {
    const row = new Liquidity({ ...unknown, askQty: 200, bidQty: 64 });
    expect([row.available('BUY', 65), row.available('SELL', 65)]).toEqual([195, 0]);
    row.take('BUY', 130);
    expect(row.available('BUY', 65)).toBe(65);
    row.replenish();
    expect(row.available('BUY', 65)).toBe(195);
  });

  it('is in all never more than the share of the minute’s volume', () => {
    const row = new Liquidity({ ...unknown, volume: 2000 });
    expect(row.available('SELL', 65)).toBe(195);
    row.take('BUY', 130);
    row.replenish();
    expect(row.available('SELL', 65)).toBe(65);
  });

  it('is not limited by what is unknown, and is nothing in a minute without a trade', () => {
    expect(new Liquidity(unknown).available('BUY', 65)).toBe(Number.POSITIVE_INFINITY);
    expect(new Liquidity({ ...unknown, volume: 0 }).available('BUY', 65)).toBe(0);
  });
});
