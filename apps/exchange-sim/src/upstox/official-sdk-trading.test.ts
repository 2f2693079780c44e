import {
  ApiClient,
  MarketDataStreamerV3,
  OrderApi,
  OrderApiV3,
  PortfolioApi,
  PortfolioDataStreamer,
  UserApi,
  WebsocketApi,
} from 'upstox-js-sdk';
import { MarketDataFeederV3 } from 'upstox-js-sdk/dist/feeder/MarketDataFeederV3.js';
import { PortfolioDataFeeder } from 'upstox-js-sdk/dist/feeder/PortfolioDataFeeder.js';
import { LOT, limitOrder, startTrading, type Quoted, type TradingStandIn } from '../fixtures/trading-stand-in.js';

// The vendor's own client, version 2.31.0, unchanged except for the addresses: it trades against the stand-in.

interface Answer<T> {
  readonly status: string;
  readonly data: T;
}
interface Row {
  readonly orderId: string;
  readonly status: string;
  readonly filledQuantity: number;
  readonly averagePrice: number;
  readonly tag: string;
}

const call = <T>(run: (done: (error: unknown, data: unknown) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    run((error, data) => (error ? reject(error as Error) : resolve((data as Answer<T>).data)));
  });
/** A body with the names that the client wants; it sends the vendor's. */
const asClient = (body: object): object =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  );
const until = async (isThere: () => boolean): Promise<void> => {
  for (let i = 0; i < 400 && !isThere(); i++) await new Promise((resolve) => setTimeout(resolve, 5));
};

let sim: TradingStandIn;
let quoted: Quoted;
let v3: OrderApiV3;
let v2: OrderApi;

beforeAll(async () => {
  sim = await startTrading();
  new ApiClient();
  ApiClient.instance.basePath = sim.address;
  ApiClient.instance.orderBasePath = sim.address;
  ApiClient.instance.authentications.OAUTH2.accessToken = 'TEST_TOKEN';
  [v3, v2] = [new OrderApiV3(), new OrderApi()];
  quoted = await sim.quote();
});
beforeEach(() => sim.pass(1));
afterAll(() => sim.close());

const place = async (order: object = {}): Promise<string> => {
  const { orderIds } = await call<{ orderIds: string[] }>((done) =>
    v3.placeOrder(asClient({ ...limitOrder(quoted), ...order }), null, done, 'my-algo'),
  );
  return orderIds[0] ?? '';
};
const status = (orderId: string): Promise<Row> => call((done) => v2.getOrderStatus({ orderId }, done));

test('places, modifies and cancels in v3, and reads it in every book', async () => {
  const low = Number((quoted.bid - 3).toFixed(2));
  const id = await place({ price: low, tag: 'sdk1' });
  expect(await status(id)).toMatchObject({ status: 'open', filledQuantity: 0, tag: 'sdk1' });
  const change = { orderId: id, quantity: 2 * LOT, validity: 'DAY', price: low, orderType: 'LIMIT', triggerPrice: 0 };
  expect(await call<{ orderId: string }>((done) => v3.modifyOrder(change, done))).toEqual({ orderId: id });
  expect(await status(id)).toMatchObject({ status: 'open', quantity: 2 * LOT });
  expect(await call<{ orderId: string }>((done) => v3.cancelOrder(id, done))).toEqual({ orderId: id });
  const history = await call<Row[]>((done) => v2.getOrderDetails('2.0', { tag: 'sdk1' }, done));
  expect(history.map((row) => row.status)).toEqual([
    'put order req received',
    'validation pending',
    'open pending',
    'open',
    'modify validation pending',
    'modify pending',
    'modified',
    'open',
    'cancel pending',
    'cancelled',
  ]);
  const refused: unknown = await call((done) => v3.cancelOrder(id, done)).catch((error: unknown) => error);
  expect((refused as { response: { text: string } }).response.text).toContain('UDAPI100040');
});

test('places in v2 and reads trades, positions, funds and the kill switch', async () => {
  const { orderId } = await call<{ orderId: string }>((done) =>
    v2.placeOrder(asClient(limitOrder(quoted)), '2.0', done),
  );
  const book = await call<Row[]>((done) => v2.getOrderBook('2.0', done));
  expect(book.find((row) => row.orderId === orderId)).toMatchObject({ status: 'complete', averagePrice: quoted.ask });
  const trades = await call<Row[]>((done) => v2.getTradesByOrder(orderId, '2.0', done));
  expect(trades).toMatchObject([{ quantity: LOT, averagePrice: quoted.ask, orderId }]);
  const day = await call<Row[]>((done) => v2.getTradeHistory('2.0', done));
  expect(day.map((trade) => trade.orderId)).toContain(orderId);
  const positions = await call<object[]>((done) => new PortfolioApi().getPositions('2.0', done));
  expect(positions).toMatchObject([{ instrumentToken: quoted.key, product: 'I' }]);
  expect(await call<object[]>((done) => new PortfolioApi().getHoldings('2.0', done))).toEqual([]);
  const funds = await call<Record<string, { availableMargin: number }>>((done) =>
    new UserApi().getUserFundMargin('2.0', {}, done),
  );
  const figures = JSON.parse(JSON.stringify(funds)) as {
    equity: { available_margin?: number; availableMargin?: number };
  };
  expect(figures.equity.availableMargin ?? figures.equity.available_margin).toBeLessThan(1_000_000);
  const switches = await call<object[]>((done) => new UserApi().getKillSwitch(done));
  expect(JSON.stringify(switches)).toContain('"NSE_FO"');
});

test('several orders at once, their cancel by tag, and the exit from all positions', async () => {
  const low = Number((quoted.bid - 3).toFixed(2));
  const rows = ['1', '2'].map((id) => ({
    ...limitOrder(quoted),
    price: low,
    tag: 'sdkmany',
    slice: false,
    correlation_id: id,
  }));
  const placed = await call<{ orderId: string; correlationId: string }[]>((done) => v2.placeMultiOrder(rows, done));
  expect(placed.map((row) => row.correlationId)).toEqual(['1', '2']);
  const cancelled = await call<{ orderIds: string[] }>((done) => v2.cancelMultiOrder({ tag: 'sdkmany' }, done));
  expect(cancelled.orderIds).toEqual(placed.map((row) => row.orderId));
  await place();
  const exits = await call<{ orderIds: string[] }>((done) => v2.exitPositions({ segment: 'NSE_FO' }, done));
  expect(await status(exits.orderIds[0] ?? '')).toMatchObject({ status: 'complete', transactionType: 'SELL' });
});

test('the portfolio stream tells the life of an order and its position while the market stream runs', async () => {
  const wire = sim.address.replace('http', 'ws');
  const originals = [
    MarketDataFeederV3.prototype.connectWebSocket,
    PortfolioDataFeeder.prototype.connectWebSocket,
  ] as const;
  // The client loses frames that come before its definition file is read, so that it is waited for.
  MarketDataFeederV3.prototype.connectWebSocket = async function (this: MarketDataFeederV3, url, token) {
    while (this.protobufRoot === null) await new Promise((resolve) => setTimeout(resolve, 5));
    return originals[0].call(this, url.replace('wss://api.upstox.com', wire), token);
  };
  PortfolioDataFeeder.prototype.connectWebSocket = function (this: PortfolioDataFeeder, url, token) {
    return originals[1].call(this, url.replace('wss://api.upstox.com', wire), token);
  };
  const portfolio = new PortfolioDataStreamer(true, true);
  const market = new MarketDataStreamerV3([quoted.key], 'full');
  const updates: Record<string, unknown>[] = [];
  const frames: string[] = [];
  let open = false;
  try {
    for (const one of [portfolio, market]) one.autoReconnect(false);
    portfolio.on('open', () => {
      open = true;
    });
    portfolio.on('message', (data) => updates.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>));
    market.on('message', (data) => frames.push(data.toString('utf8')));
    await Promise.all([portfolio.connect(), market.connect()]);
    await until(() => open && frames.length > 0);
    const id = await place({ tag: 'sdkstream' });
    await until(() => updates.length >= 6);
    await sim.pass(3);
    await until(() => frames.some((frame) => frame.includes('live_feed')));
    expect(updates.map((u) => u['status'] ?? u['update_type'])).toEqual([
      'put order req received',
      'validation pending',
      'open pending',
      'open',
      'complete',
      'position',
    ]);
    expect(updates[4]).toMatchObject({ update_type: 'order', order_id: id, tag: 'sdkstream', filled_quantity: LOT });
    expect(updates[5]).toMatchObject({ update_type: 'position', instrument_key: quoted.key, exchange: 'NSE_FO' });
  } finally {
    portfolio.disconnect();
    market.disconnect();
    MarketDataFeederV3.prototype.connectWebSocket = originals[0];
    PortfolioDataFeeder.prototype.connectWebSocket = originals[1];
  }
  expect(frames.some((frame) => frame.includes(quoted.key))).toBe(true);
  const authorized = await call<object>((done) => new WebsocketApi().getPortfolioStreamFeedAuthorize('2.0', done));
  expect(JSON.stringify(authorized)).toContain('portfolio-stream-feeder');
});
