import { istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { ORDER_LIMITS, RateGuard } from '../upstox/rate-guard.js';
import { LOT, TRADING_DAY, limitOrder, startTrading, type TradingStandIn } from '../fixtures/trading-stand-in.js';

// What a client meets over REST: codes and words of the vendor (Upstox API documentation, error list of orders v2 and v3), on 2026-01-12.

let sim: TradingStandIn;
beforeEach(async () => {
  sim = await startTrading();
});
afterEach(() => sim.close());

const rows = (answer: { data: never }): Record<string, never>[] => answer.data;

test('an order at the ask is filled at the ask, in words and figures of the vendor', async () => {
  const quoted = await sim.quote();
  const id = await sim.buy(quoted);
  expect(id).toBe('260112025000001');
  expect(await sim.order(id)).toMatchObject({
    exchange: 'NFO',
    status: 'complete',
    instrument_token: quoted.key,
    quantity: LOT,
    filled_quantity: LOT,
    pending_quantity: 0,
    average_price: quoted.ask,
    price: quoted.ask,
    tag: 'test1',
    order_type: 'LIMIT',
    transaction_type: 'BUY',
    variety: 'SIMPLE',
    order_timestamp: '2026-01-12 10:00:30',
    status_message: null,
  });
  const history = rows(await sim.ask('GET', `/v2/order/history?order_id=${id}`)).map((row) => row['status']);
  expect(history).toEqual(['put order req received', 'validation pending', 'open pending', 'open', 'complete']);
  const trades = rows(await sim.ask('GET', `/v2/order/trades?order_id=${id}`));
  expect(trades).toHaveLength(1);
  expect(trades[0]).toMatchObject({
    quantity: LOT,
    average_price: quoted.ask,
    order_id: id,
    exchange_timestamp: '12-Jan-2026 10:00:30',
  });
  expect(rows(await sim.ask('GET', '/v2/order/trades/get-trades-for-day'))).toEqual(trades);
});

test('funds move by the premium, positions by what was filled', async () => {
  const quoted = await sim.quote();
  await sim.buy(quoted);
  const premium = Number((quoted.ask * LOT).toFixed(2));
  const funds = (await sim.ask('GET', '/v2/user/get-funds-and-margin?segment=SEC')).data as never;
  expect(funds).toMatchObject({
    equity: { available_margin: Number((1_000_000 - premium).toFixed(2)), used_margin: premium },
  });
  const [held] = rows(await sim.ask('GET', '/v2/portfolio/short-term-positions'));
  expect(held).toMatchObject({
    instrument_token: quoted.key,
    quantity: LOT,
    average_price: quoted.ask,
    day_buy_quantity: LOT,
    buy_value: premium,
    realised: 0,
    unrealised: Number((LOT * (quoted.ltp - quoted.ask)).toFixed(2)),
  });
  await sim.buy(quoted, { transaction_type: 'SELL', price: quoted.bid });
  const [flat] = rows(await sim.ask('GET', '/v2/portfolio/short-term-positions'));
  const loss = Number((LOT * (quoted.bid - quoted.ask)).toFixed(2));
  expect(flat).toMatchObject({ quantity: 0, average_price: 0, realised: loss, unrealised: 0, pnl: loss });
  const after = (await sim.ask('GET', '/v3/user/get-funds-and-margin')).data as never;
  expect(after).toMatchObject({ available_to_trade: { total: Number((1_000_000 + loss).toFixed(2)) } });
  expect((await sim.ask('GET', '/v2/portfolio/long-term-holdings')).data).toEqual([]);
});

test('no more than what is displayed is filled; the rest of an IOC order is cancelled, that of a DAY order waits', async () => {
  const quoted = await sim.quote(-15);
  const most = quoted.askQty + 2 * LOT;
  const first = await sim.buy(quoted, { quantity: most, validity: 'IOC' });
  expect(await sim.order(first)).toMatchObject({
    status: 'cancelled',
    filled_quantity: quoted.askQty,
    pending_quantity: 0,
  });
  const second = await sim.buy(quoted, { quantity: most });
  expect(await sim.order(second)).toMatchObject({ status: 'open', filled_quantity: 0, pending_quantity: most });
});

test('the same request twice makes two orders: there is no idempotency, and the tag finds both', async () => {
  const quoted = await sim.quote();
  const ids = [await sim.buy(quoted, { tag: 's1same' }), await sim.buy(quoted, { tag: 's1same' })];
  const found = rows(await sim.ask('GET', '/v2/order/history?tag=s1same')).map((row) => row['order_id']);
  expect([...new Set(found)]).toEqual(ids);
  expect((await sim.ask('GET', '/v2/order/history?tag=s1other')).data).toEqual([]);
});

test('modify changes price and size, cancel ends it; both refuse an order that is final or unknown', async () => {
  const quoted = await sim.quote();
  const low = Number((quoted.bid - 2).toFixed(2));
  const id = await sim.buy(quoted, { price: low });
  const change = {
    order_id: id,
    validity: 'DAY',
    order_type: 'LIMIT',
    price: low,
    quantity: 2 * LOT,
    trigger_price: 0,
  };
  expect((await sim.ask('PUT', '/v3/order/modify', change)).data).toEqual({ order_id: id });
  expect(await sim.order(id)).toMatchObject({ status: 'open', quantity: 2 * LOT, order_request_id: '2' });
  await sim.ask('PUT', '/v2/order/modify', { ...change, price: quoted.ask, quantity: LOT });
  expect(await sim.order(id)).toMatchObject({ status: 'complete', average_price: quoted.ask, filled_quantity: LOT });
  expect(rows(await sim.ask('GET', `/v2/order/history?order_id=${id}`)).map((row) => row['status'])).toEqual(
    expect.arrayContaining(['modify validation pending', 'modify pending', 'modified']),
  );
  expect((await sim.ask('PUT', '/v3/order/modify', change)).code).toBe('UDAPI100041');
  expect((await sim.ask('DELETE', `/v3/order/cancel?order_id=${id}`)).code).toBe('UDAPI100040');
  const other = await sim.buy(quoted, { price: low });
  expect((await sim.ask('DELETE', `/v2/order/cancel?order_id=${other}`)).data).toEqual({ order_id: other });
  expect(await sim.order(other)).toMatchObject({ status: 'cancelled', filled_quantity: 0, pending_quantity: 0 });
  for (const [method, path, body] of [
    ['GET', '/v2/order/details?order_id=1'],
    ['DELETE', '/v3/order/cancel?order_id=1'],
    ['PUT', '/v3/order/modify', { ...change, order_id: '1' }],
  ] as const)
    expect((await sim.ask(method, path, body)).code).toBe('UDAPI100010');
});

test('a modification that the exchange does not take leaves the order as it was', async () => {
  const quoted = await sim.quote();
  const low = Number((quoted.bid - 2).toFixed(2));
  const id = await sim.buy(quoted, { price: low });
  const change = { order_id: id, validity: 'DAY', order_type: 'LIMIT', price: low + 0.01, trigger_price: 0 };
  expect((await sim.ask('PUT', '/v3/order/modify', change)).status).toBe(200);
  expect(await sim.order(id)).toMatchObject({ status: 'open', price: low, status_message: null });
  const history = rows(await sim.ask('GET', `/v2/order/history?order_id=${id}`));
  expect(history.find((row) => row['status'] === 'not modified')?.['status_message']).toMatch(/tick size/);
});

test.each([
  ['a market order', { order_type: 'MARKET', price: 0 }, 'UDAPI1158'],
  ['a stop-market order', { order_type: 'SL-M', price: 0, trigger_price: 100 }, 'UDAPI1158'],
  ['no type', { order_type: null }, 'UDAPI1004'],
  ['another type', { order_type: 'BRACKET' }, 'UDAPI1056'],
  ['no validity', { validity: null }, 'UDAPI1007'],
  ['another validity', { validity: 'GTC' }, 'UDAPI1055'],
  ['no price', { price: 0 }, 'UDAPI1043'],
  ['no quantity', { quantity: 0 }, 'UDAPI1052'],
  ['a part of a lot', { quantity: 64 }, 'UDAPI1104'],
  ['a long tag', { tag: 'x'.repeat(41) }, 'UDAPI1119'],
  ['no key', { instrument_token: '' }, 'UDAPI1026'],
  ['an unknown key', { instrument_token: 'NSE_FO|1' }, 'UDAPI100011'],
  ['an index', { instrument_token: 'NSE_INDEX|Nifty 50' }, 'UDAPI100011'],
  ['margin trading of an option', { product: 'MTF' }, 'UDAPI100036'],
  ['text for a number', { price: '100' }, 'UDAPI100036'],
  ['a stop without its trigger', { order_type: 'SL' }, 'UDAPI100036'],
])('refuses %s with the vendor’s code', async (_what, order, code) => {
  const answer = await sim.ask('POST', '/v3/order/place', { ...limitOrder(await sim.quote()), ...order });
  expect([answer.status, answer.code]).toEqual([400, code]);
  expect(sim.server.report().orders).toBe(0);
});

test.each([
  ['off the tick', (ask: number) => ({ price: ask + 0.01 }), /multiple of the tick size 0.05/],
  ['above the freeze quantity of 27 lots', () => ({ quantity: 28 * LOT }), /at most 1755 per order/],
  ['outside the price protection', (ask: number) => ({ price: Math.ceil(ask * 2) + 20 }), /Limit Price Protection/],
  ['dearer than the money', () => ({ quantity: 27 * LOT }), /Margin Exceeds/],
  [
    'a stop to buy with its trigger above its limit',
    (ask: number) => ({ order_type: 'SL', trigger_price: ask + 1 }),
    /Trigger price/,
  ],
])('takes and rejects an order %s', async (what, order, message) => {
  if (what.startsWith('dearer')) {
    await sim.close();
    sim = await startTrading({ cashRupees: 10_000 });
  }
  const quoted = await sim.quote();
  const id = await sim.buy(quoted, order(quoted.ask));
  expect(await sim.order(id)).toMatchObject({ status: 'rejected', filled_quantity: 0 });
  expect((await sim.order(id))['status_message']).toMatch(message);
});

test('an order above the freeze quantity is sliced when asked', async () => {
  const quoted = await sim.quote();
  const body = { ...limitOrder(quoted), quantity: 60 * LOT, price: Number((quoted.bid - 3).toFixed(2)), slice: true };
  const { order_ids: ids } = (await sim.ask('POST', '/v3/order/place', body)).data as { order_ids: string[] };
  expect(await Promise.all(ids.map(async (id) => (await sim.order(id))['quantity']))).toEqual([
    27 * LOT,
    27 * LOT,
    6 * LOT,
  ]);
  const all = (await sim.ask('POST', '/v3/order/place', { ...body, quantity: 700 * LOT })).code;
  expect(all).toBe('UDAPI1118');
});

test('a stop waits for its trigger, then works at its limit', async () => {
  const quoted = await sim.quote();
  await sim.buy(quoted);
  const stop = { transaction_type: 'SELL', order_type: 'SL' };
  const far = Number((quoted.bid - 5).toFixed(2));
  const waiting = await sim.buy(quoted, { ...stop, trigger_price: far, price: Number((far - 1).toFixed(2)) });
  expect(await sim.order(waiting)).toMatchObject({ status: 'trigger pending', trigger_price: far });
  const change = { order_id: waiting, validity: 'DAY', order_type: 'SL' };
  await sim.ask('PUT', '/v3/order/modify', {
    ...change,
    trigger_price: quoted.ltp,
    price: Number((quoted.bid - 1).toFixed(2)),
  });
  expect(await sim.order(waiting)).toMatchObject({ status: 'complete', average_price: quoted.bid });
});

test('several orders in one request: purchases first, rows that fail are named, ten at most', async () => {
  const quoted = await sim.quote();
  const low = Number((quoted.bid - 2).toFixed(2));
  const row = (id: string, order: object): object => ({
    ...limitOrder(quoted),
    price: low,
    correlation_id: id,
    ...order,
  });
  const mixed = await sim.ask('POST', '/v2/order/multi/place', [
    row('1', { transaction_type: 'SELL', price: quoted.bid }),
    row('2', { quantity: 0 }),
    row('3', { price: quoted.ask }),
  ]);
  expect(mixed.body).toMatchObject({
    status: 'partial_success',
    data: [{ correlation_id: '3' }, { correlation_id: '1' }],
    errors: [{ correlation_id: '2', errorCode: 'UDAPI1052' }],
    summary: { total: 3, success: 2, error: 1, payload_error: 0 },
  });
  const doubled = await sim.ask('POST', '/v2/order/multi/place', [row('1', {}), row('1', {})]);
  expect(doubled.body).toMatchObject({ status: 'error', summary: { total: 2, success: 0, payload_error: 1 } });
  const many = await sim.ask(
    'POST',
    '/v2/order/multi/place',
    Array.from({ length: 11 }, (_, i) => row(String(i), {})),
  );
  expect(many.code).toBe('UDAPI1109');
  sim.clock.set((sim.clock.now() + 2_000) as EpochMs);
  await sim.ask('POST', '/v2/order/multi/place', [
    row('1', { tag: 'keep' }),
    row('2', { tag: 'end' }),
    row('3', { tag: 'end' }),
  ]);
  const cancelled = await sim.ask('DELETE', '/v2/order/multi/cancel?tag=end');
  expect(cancelled.body).toMatchObject({ status: 'success', summary: { total: 2, success: 2, error: 0 } });
  expect((await sim.ask('DELETE', '/v2/order/multi/cancel?tag=end')).code).toBe('UDAPI1108');
});

test('the exit from all positions sells what is held as a protected limit', async () => {
  expect((await sim.ask('POST', '/v2/order/positions/exit')).code).toBe('UDAPI1111');
  const quoted = await sim.quote();
  await sim.buy(quoted);
  const { order_ids: ids } = (await sim.ask('POST', '/v2/order/positions/exit')).data as { order_ids: string[] };
  expect(await sim.order(ids[0] ?? '')).toMatchObject({
    status: 'complete',
    transaction_type: 'SELL',
    average_price: quoted.bid,
  });
  sim.clock.set(istInstant(TRADING_DAY, '16:00'));
  expect((await sim.ask('POST', '/v2/order/positions/exit')).code).toBe('UDAPI1113');
});

test('the kill switch refuses open positions, cancels, ends the login and stays for twelve hours', async () => {
  await sim.close();
  sim = await startTrading({ tokens: ['TEST_TOKEN', 'second', 'third'] });
  const off = [{ segment: 'NSE_FO', action: 'DISABLE' }];
  const quoted = await sim.quote();
  await sim.buy(quoted);
  expect((await sim.ask('POST', '/v2/user/kill-switch', off)).code).toBe('UDAPI1184');
  await sim.buy(quoted, { transaction_type: 'SELL', price: quoted.bid });
  const waiting = await sim.buy(quoted, { price: Number((quoted.bid - 2).toFixed(2)) });
  expect((await sim.ask('POST', '/v2/user/kill-switch', [{ segment: 'X', action: 'DISABLE' }])).code).toBe('UDAPI1186');
  expect((await sim.ask('POST', '/v2/user/kill-switch', off)).data).toEqual([
    { segment: 'NSE_FO', segment_status: 'INACTIVE', kill_switch_enabled: true },
  ]);
  expect((await sim.ask('GET', '/v2/order/retrieve-all')).code).toBe('UDAPI100050');
  const asSecond = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(`${sim.address}${path}`, {
      method,
      headers: { Authorization: 'Bearer second', 'Content-Type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const book = (await (await asSecond('GET', '/v2/order/retrieve-all')).json()) as { data: Record<string, never>[] };
  expect(book.data.find((row) => row['order_id'] === waiting)?.['status']).toBe('cancelled');
  expect(await (await asSecond('POST', '/v3/order/place', limitOrder(quoted))).text()).toContain('UDAPI100058');
  const on = [{ segment: 'NSE_FO', action: 'ENABLE' }];
  expect(await (await asSecond('POST', '/v2/user/kill-switch', on)).text()).toContain('UDAPI1185');
});

test('the action of the kill switch can be read the other way', async () => {
  await sim.close();
  sim = await startTrading({ killSwitchReading: 'switch' });
  const rowsOf = async (action: string): Promise<unknown> =>
    (await sim.ask('POST', '/v2/user/kill-switch', [{ segment: 'NSE_FO', action }])).data;
  // Nothing was barred: the login lives on.
  expect(await rowsOf('DISABLE')).toMatchObject([{ segment_status: 'ACTIVE', kill_switch_enabled: false }]);
  expect(await rowsOf('ENABLE')).toMatchObject([{ segment_status: 'INACTIVE', kill_switch_enabled: true }]);
  expect((await sim.ask('GET', '/v2/user/kill-switch')).code).toBe('UDAPI100050');
});

test('a token that logged out places nothing any more', async () => {
  const quoted = await sim.quote();
  expect((await sim.ask('DELETE', '/v2/logout')).data).toBe(true);
  expect((await sim.ask('POST', '/v3/order/place', limitOrder(quoted))).code).toBe('UDAPI100050');
});

test('order messages: ten a second, shared by place, modify and cancel; reads have a budget of their own', async () => {
  const cancel = (): Promise<{ status: number; code: string | undefined }> =>
    sim.ask('DELETE', '/v3/order/cancel?order_id=1');
  for (let i = 0; i < 10; i++) expect((await cancel()).code).toBe('UDAPI100010');
  expect(await cancel()).toMatchObject({ status: 429, code: 'UDAPI10005' });
  expect((await sim.ask('POST', '/v3/order/place', {})).code).toBe('UDAPI10005');
  expect((await sim.ask('PUT', '/v2/order/modify', {})).code).toBe('UDAPI10005');
  expect((await sim.ask('GET', '/v2/order/retrieve-all')).status).toBe(200);
  sim.clock.set((sim.clock.now() + 1_000) as EpochMs);
  expect((await cancel()).code).toBe('UDAPI100010');
  expect(sim.server.report().rateLimitBreaches).toBe(3);
});

test('slices and the rows of one request count as messages', async () => {
  const quoted = await sim.quote();
  const body = {
    ...limitOrder(quoted),
    quantity: 27 * 7 * LOT,
    price: Number((quoted.bid - 3).toFixed(2)),
    slice: true,
  };
  expect((await sim.ask('POST', '/v3/order/place', body)).status).toBe(200);
  for (let i = 0; i < 3; i++) expect((await sim.ask('DELETE', '/v3/order/cancel?order_id=1')).status).toBe(400);
  expect((await sim.ask('DELETE', '/v3/order/cancel?order_id=1')).status).toBe(429);
});

test('order messages: five hundred a minute, two thousand in half an hour', () => {
  let time = 0;
  const guard = new RateGuard(() => time, ORDER_LIMITS);
  const admitted = (calls: number, everyMs: number): number => {
    let count = 0;
    for (let i = 0; i < calls; i++, time += everyMs) if (guard.admits('orders')) count++;
    return count;
  };
  // Ten a second for a minute: the minute ends it at 500.
  expect(admitted(600, 100)).toBe(500);
  time = 3_600_000;
  // One a second: the half hour ends it at 1,800; two a second at 2,000.
  expect(admitted(1_800, 1_000)).toBe(1_800);
  time = 7_200_000;
  expect(admitted(3_600, 500)).toBe(2_000);
});

test('before the open an order waits for it; at the close what is left is cancelled; at night none is taken', async () => {
  const quoted = await sim.quote();
  sim.clock.set(istInstant(TRADING_DAY, '09:00'));
  const id = await sim.buy(quoted, { price: quoted.ask, quantity: LOT });
  expect(await sim.order(id)).toMatchObject({
    status: 'after market order req received',
    is_amo: true,
    variety: 'AMO',
  });
  const cancelled = await sim.buy(quoted, { price: quoted.ask });
  await sim.ask('DELETE', `/v3/order/cancel?order_id=${cancelled}`);
  expect(await sim.order(cancelled)).toMatchObject({ status: 'cancelled after market order' });
  sim.clock.set(istInstant(TRADING_DAY, '09:15:10'));
  await sim.server.turn();
  expect(['open', 'complete']).toContain((await sim.order(id))['status']);
  sim.clock.set(istInstant(TRADING_DAY, '09:25'));
  const late = await sim.quote();
  const low = await sim.buy(late, { price: Number((late.bid - 4).toFixed(2)) });
  sim.clock.set(istInstant(TRADING_DAY, '15:30'));
  await sim.server.turn();
  expect(await sim.order(low)).toMatchObject({
    status: 'cancelled',
    status_message: expect.stringContaining('expired'),
  });
  sim.clock.set(istInstant(parseIstDate('2026-01-13'), '04:00'));
  const night = await sim.ask('POST', '/v3/order/place', limitOrder(quoted));
  expect([night.status, night.code]).toEqual([400, 'UDAPI100074']);
  const funds = await sim.ask('GET', '/v2/user/get-funds-and-margin');
  expect([funds.status, funds.code]).toEqual([423, 'UDAPI100072']);
});

test('a sale that nothing covers blocks margin', async () => {
  const quoted = await sim.quote();
  await sim.buy(quoted, { transaction_type: 'SELL', price: quoted.bid });
  const [held] = rows(await sim.ask('GET', '/v2/portfolio/short-term-positions'));
  expect(held).toMatchObject({ quantity: -LOT, average_price: quoted.bid });
  const { equity } = (await sim.ask('GET', '/v2/user/get-funds-and-margin')).data as {
    equity: { available_margin: number };
  };
  expect(equity.available_margin).toBeLessThan(1_000_000 - 0.14 * 25_000 * LOT);
});
