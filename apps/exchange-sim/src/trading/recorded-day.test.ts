import { existsSync } from 'node:fs';
import path from 'node:path';
import type { MarketSource } from '@sos/backtester';
import { istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { recordedMessages } from '@sos/market-data';
import { createExchangeServer, type ExchangeServer } from '../exchange-server.js';
import { StandingClock } from '../sim-clock.js';
import { bookOfMessage, type DisplayedBook } from './displayed-book.js';

// Orders in a recorded day: what fills them is what was recorded, level by level (upstox-ticks of 2025-12-15, five levels, about one message a second).

const SHARED = process.env['SOS_SHARED_DATA'] ?? path.resolve(__dirname, '../../../../../shared/data');
const SET = path.join(SHARED, 'upstox-ticks-2025-12-15');
const MASTER = path.join(SHARED, 'upstox-masters/upstox_NSE_2025-12-23.json.gz');
const present = existsSync(SET) || process.env['SOS_REQUIRE_SHARED_DATA'] === '1';
const title = present ? 'orders in a recorded day' : `orders in a recorded day [needs recorded data in ${SHARED}]`;

const DAY = parseIstDate('2025-12-15');
const KEY = 'NSE_FO|51507';
const LOT = 35;
const nothing: MarketSource = {
  sessions: () => Promise.resolve([]),
  day: () => Promise.resolve(null),
  warmUp: () => Promise.reject(new Error('expected no warm-up')),
};

/** The recorded books of the instrument up to an instant. */
async function booksUntil(end: EpochMs): Promise<DisplayedBook[]> {
  const books: DisplayedBook[] = [];
  for await (const { at, key, message } of (await recordedMessages(SET, MASTER)).messages()) {
    if (at > end) break;
    const book = key === KEY ? bookOfMessage(message, at) : null;
    if (book !== null) books.push(book);
  }
  return books;
}

/** What an order for so many units would pay, level by level. */
function walk(book: DisplayedBook, units: number, limitPaise: number): [price: number, size: number][] {
  const fills: [number, number][] = [];
  let left = units;
  for (const { pricePaise, size } of book.asks) {
    const taken = Math.min(left, Math.floor(size / LOT) * LOT);
    if (taken === 0 || pricePaise > limitPaise) continue;
    fills.push([pricePaise / 100, taken]);
    left -= taken;
  }
  return fills;
}

(present ? describe : describe.skip)(title, () => {
  const start = istInstant(DAY, '09:35');
  const end = istInstant(DAY, '09:39');
  const clock = new StandingClock(istInstant(DAY, '09:32'));
  let server: ExchangeServer;
  let address: string;
  let books: DisplayedBook[];

  beforeAll(async () => {
    books = await booksUntil(end);
    const recorded = await recordedMessages(SET, MASTER);
    server = createExchangeServer({ market: nothing, clock, tokens: ['T'], recorded, elapsed: () => clock.now() });
    address = await server.listen();
    clock.set(start);
    await server.turn();
  });
  afterAll(() => server.close());

  const ask = async (method: string, where: string, body?: object): Promise<never> => {
    const headers = { Authorization: 'Bearer T', 'Content-Type': 'application/json' };
    const answer = await fetch(`${address}${where}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return ((await answer.json()) as { data: never }).data;
  };
  const place = async (side: 'BUY' | 'SELL', lots: number, pricePaise: number): Promise<string> => {
    const { order_ids: ids } = (await ask('POST', '/v3/order/place', {
      quantity: lots * LOT,
      product: 'I',
      validity: 'DAY',
      price: pricePaise / 100,
      instrument_token: KEY,
      order_type: 'LIMIT',
      transaction_type: side,
      trigger_price: 0,
    })) as { order_ids: string[] };
    return ids[0] ?? '';
  };
  const fills = async (id: string): Promise<[number, number][]> =>
    ((await ask('GET', `/v2/order/trades?order_id=${id}`)) as { average_price: number; quantity: number }[]).map(
      (trade) => [trade.average_price, trade.quantity],
    );

  test('a marketable order walks the recorded levels; a resting one is filled at its price, by what was printed or offered there', async () => {
    const now = books.findLast((book) => book.at <= start);
    const limit = now?.asks[2]?.pricePaise ?? 0;
    if (now === undefined || limit === 0) throw new Error('expected a recorded book with three levels of sellers');
    const taker = await place('BUY', 17, limit);
    expect(await fills(taker)).toEqual(walk(now, 17 * LOT, limit));
    expect((await fills(taker)).length).toBeGreaterThan(0);

    const bid = now.bids[0]?.pricePaise ?? 0;
    const resting = await place('BUY', 1, bid);
    expect(await fills(resting)).toEqual([]);
    for (let at = start; at <= end; at = (at + 1_000) as EpochMs) {
      clock.set(at);
      await server.turn();
    }
    const later = books.filter((book) => book.at > start);
    const isReached = later.some((book) => book.lastPaise < bid || (book.asks[0]?.pricePaise ?? Infinity) <= bid);
    expect(isReached).toBe(true);
    expect(await fills(resting)).toEqual([[bid / 100, LOT]]);
    expect(server.report().messagesPlayed).toBeGreaterThan(1_000);
  });
});
