import type { Contract } from '@sos/domain';
import { istDateOf, formatIst } from '@sos/domain';
import { upstoxSegment } from '@sos/symbol-master';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { mostUnits } from '../trading/order-law.js';
import { isFinal, type OrderRecord } from '../trading/order-record.js';
import type { TradingFloor } from '../trading/trading-floor.js';
import type { KillSwitch } from './kill-switch.js';
import {
  changeOf,
  checkOrderWindow,
  keyOf,
  readModify,
  readPlace,
  ticketOf,
  type OrderMarket,
  type PlaceBody,
} from './order-input.js';
import { historyRow, orderRow, tradeRow } from './order-rows.js';
import { INVALID_KEY, UpstoxError } from './upstox-error.js';

type Query = Readonly<Record<string, string | undefined>>;

/** The parts of the stand-in that orders go through. */
export interface OrderRoutesOptions {
  readonly floor: TradingFloor;
  readonly killSwitch: KillSwitch;
  /** Counts order messages beyond the first of a request. */
  readonly countMessages: (messages: number) => void;
}

const MOST_SLICES = 25;
const success = (data: unknown): object => ({ status: 'success', data });
const unknownOrder = (): UpstoxError => new UpstoxError(400, 'UDAPI100010', 'Order not found: check the order id');

/** The answer to an order request, with the milliseconds that it took. */
export function withLatency(data: object, reply: FastifyReply): object {
  return { status: 'success', data, metadata: { latency: Math.round(reply.elapsedTime) } };
}

/** The market of the option of a key, looked at now. @throws UpstoxError */
export async function marketOf(floor: TradingFloor, key: string): Promise<OrderMarket> {
  const contract: Contract | null = await floor.contractOf(key);
  if (contract === null || contract.kind === 'index') throw INVALID_KEY();
  if (contract.kind === 'future') throw new UpstoxError(400, 'UDAPI100049', 'Access is restricted to options');
  await floor.look(key, contract);
  const lastPaise = Math.round((await floor.lastPrice(key, contract)) * 100);
  return { contract, lot: floor.lotOf(contract), now: floor.now(), lastPaise };
}

/** Places what a request asks for: one order, or the slices of one. @throws UpstoxError */
export async function placeOrders(body: PlaceBody, options: OrderRoutesOptions): Promise<OrderRecord[]> {
  const { floor, killSwitch, countMessages } = options;
  checkOrderWindow(floor.now());
  const key = keyOf(body);
  const market = await marketOf(floor, key);
  if (killSwitch.isOff(upstoxSegment(market.contract.underlying)))
    throw new UpstoxError(400, 'UDAPI100058', 'No segments for these users are active');
  const ticket = ticketOf(body, market);
  const most = mostUnits(ticket, market.lot, market.now);
  if (body.slice !== true || ticket.quantity <= most) return [floor.desk.place(ticket, market.lot)];
  const count = Math.ceil(ticket.quantity / most);
  if (count > MOST_SLICES) throw new UpstoxError(400, 'UDAPI1118', `The order makes more than ${MOST_SLICES} slices`);
  countMessages(count - 1);
  return Array.from({ length: count }, (_, i) =>
    floor.desk.place({ ...ticket, quantity: Math.min(most, ticket.quantity - i * most) }, market.lot),
  );
}

function orderOf(floor: TradingFloor, id: string | null | undefined): OrderRecord {
  const order = floor.desk.order(id ?? '');
  if (order === null) throw unknownOrder();
  return order;
}

async function modifyOrder(body: unknown, floor: TradingFloor): Promise<string> {
  checkOrderWindow(floor.now());
  const asked = readModify(body);
  const order = orderOf(floor, asked.order_id);
  const market = await marketOf(floor, order.ticket.instrumentKey);
  // Looking at the market may have filled it.
  if (isFinal(order))
    throw new UpstoxError(
      400,
      'UDAPI100041',
      'Modification is not allowed: the order is complete, rejected or cancelled',
    );
  floor.desk.modify(order, changeOf(asked, order.ticket, market));
  return order.id;
}

async function cancelOrder(id: string | undefined, floor: TradingFloor): Promise<string> {
  checkOrderWindow(floor.now());
  const order = orderOf(floor, id);
  await marketOf(floor, order.ticket.instrumentKey);
  if (isFinal(order))
    throw new UpstoxError(
      400,
      'UDAPI100040',
      'Cancellation is not allowed: the order is complete, rejected or cancelled',
    );
  floor.desk.cancel(order);
  return order.id;
}

function today(floor: TradingFloor): OrderRecord[] {
  const day = istDateOf(floor.now());
  // By its order number, which no skew of a clock changes.
  const prefix = day.slice(2).replaceAll('-', '');
  return floor.desk.all().filter(({ id, session }) => id.startsWith(prefix) || session === day);
}

function reads(app: FastifyInstance, floor: TradingFloor): void {
  app.get('/v2/order/retrieve-all', () => success(today(floor).map(orderRow)));

  app.get<{ Querystring: Query }>('/v2/order/details', ({ query }) =>
    success(orderRow(orderOf(floor, query['order_id']))),
  );

  app.get<{ Querystring: Query }>('/v2/order/history', ({ query }) => {
    const { order_id: id, tag } = query;
    if (id === undefined && tag === undefined) throw new UpstoxError(400, 'UDAPI100036', 'Invalid Input');
    const orders =
      id === undefined
        ? today(floor).filter(({ ticket }) => ticket.tag === tag)
        : [orderOf(floor, id)].filter(({ ticket }) => tag === undefined || ticket.tag === tag);
    return success(orders.flatMap(({ history }) => history.map(historyRow)));
  });

  app.get<{ Querystring: Query }>('/v2/order/trades', ({ query }) => {
    const { id } = orderOf(floor, query['order_id']);
    return success(
      floor.desk
        .trades()
        .filter(({ order }) => order.id === id)
        .map(tradeRow),
    );
  });

  app.get('/v2/order/trades/get-trades-for-day', () => {
    const day = formatIst(floor.now()).slice(0, 10);
    return success(
      floor.desk
        .trades()
        .filter(({ at }) => formatIst(at).startsWith(day))
        .map(tradeRow),
    );
  });
}

/** Place, modify and cancel in v2 and v3, and the books. */
export function orderRoutes(app: FastifyInstance, options: OrderRoutesOptions): void {
  const { floor } = options;
  app.post('/v3/order/place', async ({ body }, reply) => {
    const orders = await placeOrders(readPlace(body), options);
    return withLatency({ order_ids: orders.map(({ id }) => id) }, reply);
  });
  app.post('/v2/order/place', async ({ body }, reply) => {
    const [order] = await placeOrders({ ...readPlace(body), slice: false }, options);
    return withLatency({ order_id: order?.id }, reply);
  });
  for (const version of ['v2', 'v3']) {
    app.put(`/${version}/order/modify`, async ({ body }, reply) =>
      withLatency({ order_id: await modifyOrder(body, floor) }, reply),
    );
    app.delete<{ Querystring: Query }>(`/${version}/order/cancel`, async ({ query }, reply) =>
      withLatency({ order_id: await cancelOrder(query['order_id'], floor) }, reply),
    );
  }
  reads(app, floor);
}
