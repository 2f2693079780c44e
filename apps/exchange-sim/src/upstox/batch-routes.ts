import { upstoxSegment } from '@sos/symbol-master';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Position } from '../trading/account.js';
import { mostUnits } from '../trading/order-law.js';
import type { OrderTicket } from '../trading/order-record.js';
import type { TradingFloor } from '../trading/trading-floor.js';
import { autoProtection, checkOrderWindow, readPlace, type PlaceBody } from './order-input.js';
import { marketOf, placeOrders, type OrderRoutesOptions } from './order-routes.js';
import { UpstoxError } from './upstox-error.js';

type Query = Readonly<Record<string, string | undefined>>;

interface Row {
  readonly correlationId: string;
  readonly body: PlaceBody;
}

const MOST_ROWS = 10;
const MOST_CORRELATION = 20;

const rowError = (error: UpstoxError, correlationId: string): object => ({
  correlation_id: correlationId,
  ...error.row(),
});

function correlationOf(row: unknown): string {
  const id: unknown = typeof row === 'object' && row !== null && 'correlation_id' in row ? row.correlation_id : '';
  return typeof id === 'string' ? id : '';
}

function readRows(body: unknown): { rows: Row[]; errors: object[] } {
  if (!Array.isArray(body) || body.length === 0) throw new UpstoxError(400, 'UDAPI100036', 'Invalid Input');
  if (body.length > MOST_ROWS) throw new UpstoxError(400, 'UDAPI1109', `At most ${MOST_ROWS} orders in one request`);
  const rows: Row[] = [];
  const errors: object[] = [];
  const seen = new Set<string>();
  for (const one of body as unknown[]) {
    const correlationId = correlationOf(one);
    try {
      if (correlationId === '' || correlationId.length > MOST_CORRELATION || seen.has(correlationId))
        throw new UpstoxError(
          400,
          'UDAPI100036',
          `Correlation id "${correlationId}" is missing, too long or not unique`,
        );
      seen.add(correlationId);
      rows.push({ correlationId, body: readPlace(one) });
    } catch (error) {
      if (!(error instanceof UpstoxError)) throw error;
      errors.push(rowError(error, correlationId));
    }
  }
  return { rows, errors };
}

const statusOf = (done: number, failed: number): string =>
  failed === 0 ? 'success' : done === 0 ? 'error' : 'partial_success';

async function placeMany(body: unknown, options: OrderRoutesOptions, reply: FastifyReply): Promise<object> {
  const { rows, errors } = readRows(body);
  const total = rows.length + errors.length;
  // A row that cannot be read stops all of them.
  if (errors.length > 0) {
    const summary = { total, success: 0, error: 0, payload_error: errors.length };
    return reply.status(400).send({ status: 'error', data: null, errors, summary });
  }
  options.countMessages(rows.length - 1);
  const data: object[] = [];
  const isBuy = ({ body: asked }: Row): boolean => asked.transaction_type === 'BUY';
  for (const row of [...rows.filter(isBuy), ...rows.filter((one) => !isBuy(one))])
    try {
      for (const { id } of await placeOrders(row.body, options))
        data.push({ correlation_id: row.correlationId, order_id: id });
    } catch (error) {
      if (!(error instanceof UpstoxError)) throw error;
      errors.push(rowError(error, row.correlationId));
    }
  const summary = { total, success: total - errors.length, error: errors.length, payload_error: 0 };
  const status = statusOf(data.length, errors.length);
  if (status === 'error') reply.status(400);
  return { status, data, errors: errors.length === 0 ? null : errors, summary };
}

const batch = (ids: readonly string[]): object => ({
  status: 'success',
  data: { order_ids: ids },
  errors: null,
  summary: { total: ids.length, success: ids.length, error: 0 },
});

function cancelMany({ tag, segment }: Query, { floor, countMessages }: OrderRoutesOptions): object {
  checkOrderWindow(floor.now());
  const orders = floor.desk
    .live()
    .filter(({ ticket }) => tag === undefined || ticket.tag === tag)
    .filter(({ ticket }) => segment === undefined || upstoxSegment(ticket.contract.underlying) === segment);
  if (orders.length === 0) throw new UpstoxError(400, 'UDAPI1108', 'No open orders to cancel');
  if (orders.length > MOST_ROWS) throw new UpstoxError(400, 'UDAPI1109', `More than ${MOST_ROWS} open orders`);
  countMessages(orders.length - 1);
  for (const order of orders) floor.desk.cancel(order);
  return batch(orders.map(({ id }) => id));
}

function exitTicket(position: Position, lastPaise: number, tag: string | null): OrderTicket {
  return {
    instrumentKey: position.instrumentKey,
    contract: position.contract,
    side: position.quantity > 0 ? 'SELL' : 'BUY',
    quantity: Math.abs(position.quantity),
    product: position.product,
    validity: 'DAY',
    type: 'MARKET',
    limitPaise: 0,
    triggerPaise: 0,
    disclosedQuantity: 0,
    tag,
    protectionPercent: autoProtection(lastPaise),
  };
}

/** Open positions that a request means: those of a segment; with a tag, intraday ones that orders of that tag made. */
function meant(floor: TradingFloor, { tag, segment }: Query): Position[] {
  const tagged = new Set(
    floor.desk
      .all()
      .filter(({ ticket }) => ticket.tag === tag)
      .map(({ ticket }) => ticket.instrumentKey),
  );
  return floor.desk.account
    .positions()
    .filter(({ quantity }) => quantity !== 0)
    .filter((p) => tag === undefined || (p.product === 'I' && tagged.has(p.instrumentKey)))
    .filter((p) => segment === undefined || upstoxSegment(p.contract.underlying) === segment);
}

async function exitPositions(query: Query, { floor, countMessages }: OrderRoutesOptions): Promise<object> {
  checkOrderWindow(floor.now());
  if (!floor.isOpen()) throw new UpstoxError(400, 'UDAPI1113', 'Positions can be exited in market hours only');
  const positions = meant(floor, query);
  if (positions.length === 0) throw new UpstoxError(400, 'UDAPI1111', 'No open positions to exit');
  if (positions.length > MOST_ROWS) throw new UpstoxError(400, 'UDAPI1109', `More than ${MOST_ROWS} open positions`);
  const ids: string[] = [];
  // Short positions are bought back before long ones are sold.
  for (const position of [...positions].sort((a, b) => a.quantity - b.quantity)) {
    const { lot, lastPaise, now } = await marketOf(floor, position.instrumentKey);
    if (position.quantity === 0) continue;
    const ticket = exitTicket(position, lastPaise, query['tag'] ?? null);
    const most = mostUnits(ticket, lot, now);
    for (let left = ticket.quantity; left > 0; left -= most)
      ids.push(floor.desk.place({ ...ticket, quantity: Math.min(left, most) }, lot).id);
  }
  countMessages(ids.length - 1);
  return batch(ids);
}

/** Several orders in one request: place, cancel, and the exit from all positions. */
export function batchRoutes(app: FastifyInstance, options: OrderRoutesOptions): void {
  app.post('/v2/order/multi/place', ({ body }, reply) => placeMany(body, options, reply));
  app.delete<{ Querystring: Query }>('/v2/order/multi/cancel', ({ query }) => cancelMany(query, options));
  app.post<{ Querystring: Query }>('/v2/order/positions/exit', ({ query }) => exitPositions(query, options));
}
