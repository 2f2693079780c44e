import { paise, units } from '@sos/domain';
import { orderTag, type BrokerOrder, type OrderSlip } from '@sos/engine';
import { brokerContract } from '../fixtures/broker-contract.js';
import { CALL, MORNING } from '../fixtures/plain-law.js';
import { STAND_IN_KEYS, UpstoxStandIn } from '../fixtures/upstox-stand-in.js';
import { VirtualClock } from '../fixtures/virtual-clock.js';
import { UpstoxBroker } from './upstox-broker.js';
import { orderStatusOf, vendorTime } from './upstox-mapper.js';

function make() {
  const clock = new VirtualClock(MORNING);
  const standIn = new UpstoxStandIn(clock);
  const { fetch, connect } = standIn;
  const broker = new UpstoxBroker({
    keys: STAND_IN_KEYS,
    clock,
    token: () => 'a-token',
    tokenExpiry: () => (standIn.isLoggedIn ? null : MORNING),
    fetch,
    connect,
  });
  return { clock, standIn, broker };
}

brokerContract('upstox', () => {
  const { clock, standIn, broker } = make();
  return {
    broker,
    clock,
    show: (contract, quote) => standIn.exchange.show(contract.id, quote),
    fail: (fault) => {
      if (fault === 'login') standIn.isLoggedIn = false;
      else standIn.faults.push(fault);
    },
  };
});

const SLIP: OrderSlip = {
  tag: orderTag('wire'),
  contract: CALL,
  side: 'BUY',
  units: units(65),
  limit: paise(10_150),
  trigger: null,
};

describe('the wire of Upstox', () => {
  // Field names and values: documented place_v3_request.
  test('a stop-limit goes out in units and rupees, with a tag of 20 characters', async () => {
    const { clock, standIn, broker } = make();
    await clock.run(broker.place({ ...SLIP, side: 'SELL', trigger: paise(10_205) }));
    expect(standIn.requests).toEqual([
      {
        method: 'POST',
        path: '/v3/order/place',
        body: {
          quantity: 65,
          product: 'I',
          validity: 'DAY',
          price: 101.5,
          tag: SLIP.tag,
          instrument_token: 'NSE_FO|47001',
          order_type: 'SL',
          transaction_type: 'SELL',
          disclosed_quantity: 0,
          trigger_price: 102.05,
          is_amo: false,
          slice: false,
        },
      },
    ]);
    expect(SLIP.tag).toHaveLength(20);
  });

  test.each([
    ['put order req received', 'pending'],
    ['validation pending', 'pending'],
    ['open', 'working'],
    ['trigger pending', 'stop-waiting'],
    ['complete', 'filled'],
    ['cancelled after market order', 'cancelled'],
    ['rejected', 'rejected'],
    ['partially filled', 'unknown'],
  ])('the status "%s" is %s', (word, status) => {
    expect(orderStatusOf(word)).toBe(status);
  });

  test('both forms of a stamp are the same instant; another form is unknown', () => {
    expect(vendorTime('2025-12-15 09:32:50')).toBe(Date.UTC(2025, 11, 15, 4, 2, 50));
    expect(vendorTime('15-Dec-2025 09:32:50')).toBe(Date.UTC(2025, 11, 15, 4, 2, 50));
    expect(vendorTime('yesterday')).toBeNaN();
  });

  const answered = (status: number, body: string) => {
    const { clock, broker } = make();
    const other = new UpstoxBroker({
      keys: STAND_IN_KEYS,
      clock,
      token: () => 'a-token',
      tokenExpiry: () => null,
      fetch: () => Promise.resolve(new Response(body, { status })),
    });
    return { broker: other, unused: broker };
  };
  const envelope = (code: string, message: string): string =>
    JSON.stringify({ status: 'error', errors: [{ errorCode: code, message }] });

  test.each([
    [429, envelope('UDAPI10005', 'Too Many Request Sent'), 'rate'],
    [423, envelope('UDAPI100074', 'orders accepted 05:30-24:00 IST'), 'window'],
    [400, envelope('UDAPI1158', 'market orders not allowed, use limit'), 'order-type'],
    [400, envelope('UDAPI100500', 'RMS:Rule: Check circuit limit including square off order'), 'price-band'],
    [400, envelope('UDAPI1052', 'The order quantity cannot be zero'), 'input'],
  ])('HTTP %i with the envelope %s is refused: %s', async (status, body, reason) => {
    expect(await answered(status, body).broker.place(SLIP)).toMatchObject({ kind: 'refused', reason });
  });

  test.each([
    [429, 'slow down'],
    [500, envelope('UDAPI100500', 'Something went wrong')],
    [503, ''],
    [403, '<html>error 1010</html>'],
    [200, '<html>maintenance</html>'],
    [200, JSON.stringify({ status: 'success', data: {} })],
  ])('HTTP %i with %p tells nothing about the order', async (status, body) => {
    await expect(answered(status, body).broker.place(SLIP)).rejects.toMatchObject({ code: 'SOS_OUTCOME_UNKNOWN' });
  });

  test('an address that is not registered needs another address, and no error holds the token', async () => {
    const failure = answered(403, envelope('UDAPI1154', 'static IP mismatch')).broker.place(SLIP);
    await expect(failure).rejects.toMatchObject({
      kind: 'AuthError',
      message: expect.stringContaining('static address') as string,
    });
    await failure.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain('a-token'));
  });

  test('an instrument of somebody else keeps its key as its name', async () => {
    const row = {
      order_id: '1',
      instrument_token: 'NSE_EQ|INE848E01016',
      transaction_type: 'BUY',
      quantity: 1,
      price: 0,
      status: 'complete',
      filled_quantity: 1,
      average_price: 89.8,
      tag: null,
    };
    const [order] = (await answered(200, JSON.stringify({ status: 'success', data: [row] })).broker.orders()) as [
      BrokerOrder,
    ];
    expect(order).toMatchObject({ contract: 'NSE_EQ|INE848E01016', tag: '', status: 'filled', averagePrice: 89.8 });
  });

  test('an answer of another shape is corrupt, not an empty book', async () => {
    await expect(
      answered(200, JSON.stringify({ status: 'success', data: [{ order_id: 7 }] })).broker.orders(),
    ).rejects.toMatchObject({ code: 'SOS_DATA_CORRUPT' });
  });
});
