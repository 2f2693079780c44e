import { istInstant } from '@sos/domain';
import { WebSocket } from 'ws';
import type { FaultScriptInput } from '../fault-script.js';
import { FaultMenu } from '../faults.js';
import { LOT, TRADING_DAY, limitOrder, startTrading, type TradingStandIn } from '../fixtures/trading-stand-in.js';

// Every fault of the menu strikes where it is asked to and nowhere else.

let sim: TradingStandIn;
beforeEach(() => withFaults({}));
const withFaults = async (faults: FaultScriptInput): Promise<TradingStandIn> => {
  await (sim as TradingStandIn | undefined)?.close();
  sim = await startTrading({ faults });
  return sim;
};
afterEach(() => sim.close());

const rows = (answer: { data: never }): Record<string, never>[] => answer.data;
const book = async (): Promise<Record<string, never>[]> => rows(await sim.ask('GET', '/v2/order/retrieve-all'));
const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(() => 'answered').catch((error: unknown) => error);
const PLACE = { path: '/order/place', times: 1 } as const;

describe('requests', () => {
  test('an order is accepted and its answer never comes', async () => {
    await withFaults({ rest: [{ fault: 'hang', stage: 'after', ...PLACE }] });
    const body = limitOrder(await sim.quote());
    expect(await failure(sim.ask('POST', '/v3/order/place', body, AbortSignal.timeout(150)))).not.toBe('answered');
    expect(await book()).toMatchObject([{ status: 'complete', tag: 'test1' }]);
  });

  test('the connection breaks before or after an order was taken: the client cannot tell, the book can', async () => {
    await withFaults({ rest: [{ fault: 'drop', ...PLACE }] });
    const body = limitOrder(await sim.quote());
    expect(await failure(sim.ask('POST', '/v3/order/place', body))).toHaveProperty('name', 'TypeError');
    expect(await book()).toEqual([]);
    await withFaults({ rest: [{ fault: 'drop', stage: 'after', ...PLACE }] });
    expect(await failure(sim.ask('POST', '/v3/order/place', body))).toHaveProperty('name', 'TypeError');
    expect(await book()).toMatchObject([{ status: 'complete' }]);
  });

  test('an answer is cut off after the order was taken', async () => {
    await withFaults({ rest: [{ fault: 'truncate', stage: 'after', ...PLACE }] });
    expect(await failure(sim.ask('POST', '/v3/order/place', limitOrder(await sim.quote())))).not.toBe('answered');
    expect(await book()).toHaveLength(1);
  });

  test('429 and 5xx, before the order or although it was taken', async () => {
    await withFaults({
      rest: [
        { fault: 'status', status: 429, retryAfterSeconds: 2, ...PLACE },
        { fault: 'status', status: 503, ...PLACE },
        { fault: 'status', status: 502, stage: 'after', ...PLACE },
      ],
    });
    const body = limitOrder(await sim.quote());
    const tooMany = await sim.ask('POST', '/v3/order/place', body);
    expect([tooMany.status, tooMany.code, tooMany.headers.get('retry-after')]).toEqual([429, 'UDAPI10005', '2']);
    const down = await sim.ask('POST', '/v3/order/place', body);
    expect([down.status, down.code]).toEqual([503, 'UDAPI100500']);
    expect(await book()).toEqual([]);
    expect((await sim.ask('POST', '/v3/order/place', body)).status).toBe(502);
    expect(await book()).toMatchObject([{ status: 'complete' }]);
    expect(sim.server.report().faultsStruck).toBe(3);
  });

  test('a delay holds the answer back, a method narrows a rule', async () => {
    await withFaults({ rest: [{ fault: 'delay', ms: 60, stage: 'after', path: '/order/', method: 'DELETE' }] });
    const start = performance.now();
    await sim.buy(await sim.quote());
    expect(sim.server.report().faultsStruck).toBe(0);
    await sim.ask('DELETE', '/v3/order/cancel?order_id=1');
    expect(performance.now() - start).toBeGreaterThan(55);
  });

  test('every token dies at a time of the day, the streams stay open and mute', async () => {
    await withFaults({ tokenDeathAt: '10:01' });
    const quoted = await sim.quote();
    const waiting = await sim.buy(quoted, { price: Number((quoted.bid - 2).toFixed(2)) });
    const listener = await sim.listen();
    await sim.pass(60);
    expect((await sim.ask('DELETE', `/v3/order/cancel?order_id=${waiting}`)).code).toBe('UDAPI100050');
    sim.clock.set(istInstant(TRADING_DAY, '15:30'));
    await sim.server.turn();
    await listener.until(1);
    expect([listener.updates, listener.closeCode()]).toEqual([[], null]);
    listener.socket.terminate();
  });
});

describe('updates', () => {
  const statuses = async (faults: FaultScriptInput, count: number): Promise<unknown[]> => {
    await withFaults(faults);
    const quoted = await sim.quote();
    const listener = await sim.listen('order');
    await sim.buy(quoted);
    await listener.until(count);
    listener.socket.terminate();
    return listener.updates.map((update) => update['status']);
  };
  const LIFE = ['put order req received', 'validation pending', 'open pending', 'open', 'complete'];

  test('none strikes: the whole life of an order', async () => {
    expect(await statuses({}, 5)).toEqual(LIFE);
  });

  test('an update is lost, and not sent again', async () => {
    expect(await statuses({ updates: [{ fault: 'lost', times: 1 }] }, 5)).toEqual(LIFE.slice(1));
  });

  test('an update comes twice', async () => {
    expect(await statuses({ updates: [{ fault: 'duplicate', times: 1 }] }, 6)).toEqual([LIFE[0], ...LIFE]);
  });

  test('an update comes after the one that follows it', async () => {
    const found = await statuses({ updates: [{ fault: 'reordered', times: 1 }] }, 5);
    expect(found).toEqual([LIFE[1], LIFE[0], ...LIFE.slice(2)]);
  });

  test('fills come first, and before the answer to the request', async () => {
    await withFaults({
      orders: [{ fault: 'fill-before-ack' }],
      rest: [{ fault: 'delay', ms: 60, stage: 'after', ...PLACE }],
    });
    const quoted = await sim.quote();
    const listener = await sim.listen('order');
    let isAnswered = false;
    const placed = sim.buy(quoted).then(() => {
      isAnswered = true;
    });
    await listener.until(5);
    expect(isAnswered).toBe(false);
    expect(listener.updates.map((update) => update['status'])).toEqual(['complete', ...LIFE.slice(0, 4)]);
    await placed;
    listener.socket.terminate();
  });

  test('a socket falls silent for good and stays open', async () => {
    await withFaults({ updates: [{ fault: 'silent', times: 1 }] });
    const quoted = await sim.quote();
    const [first, second] = [await sim.listen('order'), await sim.listen('order')];
    await sim.buy(quoted);
    await second.until(5);
    expect([first.updates.length, first.closeCode(), second.updates.length]).toEqual([0, null, 5]);
    const pongs = [first, second].map(
      (one) => new Promise((resolve) => one.socket.once('pong', () => resolve('alive'))),
    );
    for (const one of [first, second]) one.socket.ping();
    expect(await pongs[1]).toBe('alive');
    const silence = new Promise((resolve) => setTimeout(() => resolve('silent'), 50));
    expect(await Promise.race([pongs[0], silence])).toBe('silent');
    for (const one of [first, second]) one.socket.terminate();
  });

  test.each([
    ['close', 1000],
    ['drop', 1006],
  ] as const)('the server ends a stream: %s gives code %i', async (fault, code) => {
    await withFaults({ updates: [{ fault, times: 1 }] });
    const quoted = await sim.quote();
    const listener = await sim.listen('order');
    const closed = new Promise((resolve) => listener.socket.once('close', resolve));
    await sim.buy(quoted);
    await closed;
    expect(listener.closeCode()).toBe(code);
  });

  test('a code of a stream is good once, and a third connection ends the first', async () => {
    await withFaults({});
    const all = [await sim.listen(), await sim.listen()];
    const closed = new Promise((resolve) => all[0]?.socket.once('close', resolve));
    all.push(await sim.listen());
    expect(await closed).toBe(1000);
    const spent = new Promise<string>((resolve) => {
      const again = new WebSocket(all[1]?.socket.url ?? '');
      again.onerror = () => resolve('refused');
      again.onopen = () => resolve('open');
    });
    expect(await spent).toBe('refused');
    for (const one of all) one.socket.terminate();
  });
});

describe('orders', () => {
  test('a part is filled, then the exchange cancels the rest', async () => {
    await withFaults({ orders: [{ fault: 'partial-then-cancel', share: 0.3, times: 1 }] });
    const quoted = await sim.quote();
    const single = await sim.buy(quoted);
    expect(await sim.order(single)).toMatchObject({ status: 'complete' });
    const id = await sim.buy(quoted, { quantity: 4 * LOT });
    expect(await sim.order(id)).toMatchObject({ status: 'cancelled', filled_quantity: LOT, average_price: quoted.ask });
    expect((await sim.order(id))['status_message']).toMatch(/simulated fault/);
  });

  test('the exchange rejects an order', async () => {
    await withFaults({ orders: [{ fault: 'reject', times: 1 }] });
    const quoted = await sim.quote();
    expect(await sim.order(await sim.buy(quoted))).toMatchObject({ status: 'rejected', filled_quantity: 0 });
    expect(await sim.order(await sim.buy(quoted))).toMatchObject({ status: 'complete' });
  });

  test('the clock of the vendor is off in stamps and in the date of answers', async () => {
    await withFaults({ clockSkew: { ms: 90_000, to: '10:01' } });
    const quoted = await sim.quote();
    const id = await sim.buy(quoted);
    expect(await sim.order(id)).toMatchObject({ order_timestamp: '2026-01-12 10:02:00' });
    const answer = await sim.ask('GET', '/v2/order/retrieve-all');
    expect(Date.parse(answer.headers.get('date') ?? '')).toBe(istInstant(TRADING_DAY, '10:02:00'));
    sim.clock.set(istInstant(TRADING_DAY, '10:01'));
    const right = await sim.ask('GET', '/v2/order/retrieve-all');
    expect(Date.parse(right.headers.get('date') ?? '')).toBe(istInstant(TRADING_DAY, '10:01'));
  });
});

describe('the market', () => {
  test('a crossed quote is displayed; orders still meet the market as it is', async () => {
    await withFaults({ market: [{ fault: 'crossed-quote', to: '10:01' }] });
    const quoted = await sim.quote();
    expect(quoted.bid).toBeGreaterThan(quoted.ask);
    // What is displayed as bid is what sellers really ask.
    expect(await sim.order(await sim.buy(quoted, { price: quoted.ask }))).toMatchObject({ status: 'open' });
    const id = await sim.buy(quoted, { price: quoted.bid });
    expect(await sim.order(id)).toMatchObject({ status: 'complete', average_price: quoted.bid });
    sim.clock.set(istInstant(TRADING_DAY, '10:01:30'));
    const later = await sim.quote();
    expect(later.bid).toBeLessThan(later.ask);
  });

  test('a freak print is displayed and triggers a stop', async () => {
    await withFaults({ market: [{ fault: 'freak-print', percent: -30, from: '10:01', to: '10:02' }] });
    const quoted = await sim.quote();
    await sim.buy(quoted);
    const trigger = Math.round(quoted.bid * 0.85);
    const stop = { transaction_type: 'SELL', order_type: 'SL', trigger_price: trigger, price: trigger - 1 };
    const id = await sim.buy(quoted, stop);
    expect(await sim.order(id)).toMatchObject({ status: 'trigger pending' });
    await sim.pass(31);
    expect((await sim.quote()).ltp).toBeLessThan(trigger);
    expect(await sim.order(id)).toMatchObject({ status: 'complete' });
    expect((await sim.order(id))['average_price']).toBeGreaterThanOrEqual(trigger - 1);
  });

  test('open interest stands still while the market moves', async () => {
    const openInterest = async (clock: string, key: string): Promise<unknown> => {
      sim.clock.set(istInstant(TRADING_DAY, clock));
      const path = `/v3/market-quote/option-greek?instrument_key=${encodeURIComponent(key)}`;
      return (Object.values((await sim.ask('GET', path)).data as object)[0] as { oi: number }).oi;
    };
    await withFaults({});
    const { key } = await sim.quote();
    const [before, moved] = [await openInterest('10:05', key), await openInterest('11:05', key)];
    expect(moved).not.toBe(before);
    await withFaults({ market: [{ fault: 'oi-frozen', from: '10:05', to: '11:30' }] });
    await sim.quote();
    expect([await openInterest('11:05', key), await openInterest('11:30', key)]).not.toEqual([moved, before]);
    expect(await openInterest('11:05', key)).toBe(before);
  });

  test('a halt: nothing moves, nothing trades, orders are refused, and the status says closed', async () => {
    await withFaults({ market: [{ fault: 'halt', from: '10:01', to: '10:06' }] });
    const quoted = await sim.quote();
    const waiting = await sim.buy(quoted, { price: Number((quoted.bid - 0.5).toFixed(2)) });
    sim.clock.set(istInstant(TRADING_DAY, '10:01'));
    const halted = await sim.quote();
    await sim.pass(240);
    expect(await sim.quote()).toEqual(halted);
    expect((await sim.order(waiting))['filled_quantity']).toBe(0);
    const id = await sim.buy(quoted);
    expect(await sim.order(id)).toMatchObject({
      status: 'rejected',
      status_message: 'EXCH:Trading is halted by the exchange',
    });
    const status = async (): Promise<unknown> => (await sim.ask('GET', '/v2/market/status/NSE')).data;
    expect(await status()).toMatchObject({ status: 'NORMAL_CLOSE' });
    sim.clock.set(istInstant(TRADING_DAY, '10:06'));
    expect(await status()).toMatchObject({ status: 'NORMAL_OPEN' });
    expect(await sim.order(await sim.buy(await sim.quote()))).toMatchObject({ status: 'complete' });
  });
});

test('one seed gives one run: the same orders and updates are hit again', () => {
  const hits = (seed: number): string => {
    const menu = new FaultMenu({
      seed,
      updates: [{ fault: 'lost', probability: 0.3 }],
      orders: [{ fault: 'reject', probability: 0.3 }],
      market: [{ fault: 'freak-print', probability: 0.3 }],
    });
    const at = istInstant(TRADING_DAY, '10:00');
    return Array.from({ length: 200 }, (_, i) => {
      const minute = (at + i * 60_000) as typeof at;
      return [menu.onUpdate(at), menu.onOrder(['reject'], at), menu.onQuote('NIFTY', minute)[0]]
        .map((hit) => (hit ? 1 : 0))
        .join('');
    }).join(' ');
  };
  expect(hits(7)).toBe(hits(7));
  expect(hits(7)).not.toBe(hits(8));
});
