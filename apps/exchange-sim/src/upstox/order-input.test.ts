import { istInstant, parseIstDate } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';
import { limitOfMarket } from '../trading/order-law.js';
import type { DisplayedBook } from '../trading/displayed-book.js';
import { autoProtection, readPlace, ticketOf } from './order-input.js';

// Market orders by date: NSE/FAOP/69296 (plain ones end on 2025-07-24), market protection of the broker from 2026-03-11.

const contract = optionContract({
  underlying: 'NIFTY',
  expiry: parseIstDate('2026-04-28'),
  strike: 25_000,
  right: 'CE',
});
const at = (date: string) => istInstant(parseIstDate(date), '10:00');
const ticket = (date: string, protection?: number) =>
  ticketOf(
    readPlace({
      quantity: 65,
      product: 'I',
      validity: 'DAY',
      price: 0,
      instrument_token: 'NSE_FO|1',
      order_type: 'MARKET',
      transaction_type: 'BUY',
      market_protection: protection,
    }),
    { contract, lot: 65, now: at(date), lastPaise: 10_000 },
  );
const book: DisplayedBook = {
  at: at('2026-04-01'),
  bids: [{ pricePaise: 9_990, size: 65 }],
  asks: [
    { pricePaise: 10_010, size: 65 },
    { pricePaise: 10_020, size: 65 },
  ],
  lastPaise: 10_003,
  volume: 0,
};

test.each([
  ['2025-07-23', undefined, null],
  ['2025-07-23', -1, null],
  ['2026-03-11', -1, 5],
  ['2026-03-11', 3, 3],
  ['2026-11-20', 25, 25],
])('a market order of %s with protection %p is taken, %p percent wide', (date, protection, percent) => {
  expect(ticket(date, protection)).toMatchObject({ type: 'MARKET', protectionPercent: percent, limitPaise: 0 });
});

test.each([
  ['2025-07-24', undefined],
  ['2026-03-10', -1],
  ['2026-03-11', undefined],
  ['2026-03-11', 0],
  ['2026-11-20', 26],
])('a market order of %s with protection %p is refused', (date, protection) => {
  expect(() => ticket(date, protection)).toThrow(expect.objectContaining({ code: 'UDAPI1158', status: 400 }));
});

test('the limit of a market order: the worst displayed price, or whole ticks within its protection', () => {
  expect(limitOfMarket(ticket('2025-07-23'), book, 5)).toBe(10_020);
  expect(limitOfMarket(ticket('2025-07-23'), { ...book, asks: [] }, 5)).toBe(10_003);
  expect(limitOfMarket(ticket('2026-03-11', 5), book, 5)).toBe(10_500);
  expect(limitOfMarket({ ...ticket('2026-03-11', 5), side: 'SELL' }, book, 5)).toBe(9_505);
  expect(limitOfMarket(ticket('2026-03-11', 5), null, 5)).toBeNull();
});

test('the width of automatic protection', () => {
  expect([499, 500, 999, 1_000].map(autoProtection)).toEqual([15, 10, 10, 5]);
});
