import { formatIst, type EpochMs } from '@sos/domain';
import { upstoxSegment, upstoxTradingSymbol } from '@sos/symbol-master';
import type { Position, Trade } from '../trading/account.js';
import { isFinal, openUnits, type OrderView } from '../trading/order-record.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const USER = 'SIMULATED';
const inRupees = (paise: number): number => Number((paise / 100).toFixed(4));
const per = (paise: number, units: number): number => (units === 0 ? 0 : inRupees(paise / units));
const refOf = (id: string): string => `577${id}`;

/** `15-Dec-2025 09:32:50`, as trades are stamped. */
function tradeStamp(at: EpochMs): string {
  const [date = '', clock = ''] = formatIst(at).split(' ');
  const [year = '', month = '', day = ''] = date.split('-');
  return `${day}-${MONTHS[Number(month) - 1] ?? month}-${year} ${clock}`;
}

// Orders and trades name the segment of the broker, keys that of the exchange.
const brokerSegment = (order: OrderView): string =>
  upstoxSegment(order.ticket.contract.underlying) === 'BSE_FO' ? 'BFO' : 'NFO';

/** A row of the history of an order. */
export function historyRow(order: OrderView): Record<string, unknown> {
  const { ticket, id } = order;
  const symbol = upstoxTradingSymbol(ticket.contract);
  return {
    exchange: brokerSegment(order),
    product: ticket.product,
    price: inRupees(ticket.limitPaise),
    quantity: ticket.quantity,
    status: order.status,
    tag: ticket.tag,
    instrument_token: ticket.instrumentKey,
    placed_by: USER,
    trading_symbol: symbol,
    tradingsymbol: symbol,
    order_type: ticket.type,
    validity: ticket.validity,
    trigger_price: inRupees(ticket.triggerPaise),
    disclosed_quantity: ticket.disclosedQuantity,
    transaction_type: ticket.side,
    average_price: per(order.filledPaise, order.filled),
    filled_quantity: order.filled,
    pending_quantity: isFinal(order) ? 0 : openUnits(order),
    status_message: order.message === '' ? null : order.message,
    exchange_order_id: order.exchangeOrderId,
    parent_order_id: null,
    order_id: id,
    variety: order.isAfterMarket ? 'AMO' : 'SIMPLE',
    order_timestamp: formatIst(order.changedAt),
    exchange_timestamp: order.exchangeAt === null ? null : formatIst(order.exchangeAt),
    is_amo: order.isAfterMarket,
    order_request_id: String(order.requests),
  };
}

/** A row of the order book. */
export function orderRow(order: OrderView): Record<string, unknown> {
  const row = historyRow(order);
  return { ...row, guid: null, status_message_raw: row['status_message'], order_ref_id: refOf(order.id) };
}

/** An order as the portfolio stream tells it. */
export function orderUpdate(order: OrderView): Record<string, unknown> {
  return {
    update_type: 'order',
    user_id: USER,
    userId: USER,
    ...orderRow(order),
    instrument_key: order.ticket.instrumentKey,
    status_message: order.message,
  };
}

/** A row of the trades of the day. */
export function tradeRow({ id, order, pricePaise, size, at }: Trade): Record<string, unknown> {
  const { ticket } = order;
  const symbol = upstoxTradingSymbol(ticket.contract);
  return {
    exchange: brokerSegment(order),
    product: ticket.product,
    trading_symbol: symbol,
    tradingsymbol: symbol,
    instrument_token: ticket.instrumentKey,
    order_type: ticket.type,
    transaction_type: ticket.side,
    quantity: size,
    exchange_order_id: order.exchangeOrderId,
    order_id: order.id,
    exchange_timestamp: tradeStamp(at),
    average_price: inRupees(pricePaise),
    trade_id: id,
    order_ref_id: refOf(order.id),
    order_timestamp: tradeStamp(order.placedAt),
  };
}

function figuresOf(position: Position): Record<string, unknown> {
  const { bought, boughtPaise, sold, soldPaise } = position;
  return {
    multiplier: 1,
    product: position.product,
    instrument_token: position.instrumentKey,
    average_price: inRupees(position.averagePaise),
    buy_value: inRupees(boughtPaise),
    sell_value: inRupees(soldPaise),
    quantity: position.quantity,
    day_buy_quantity: bought,
    day_buy_value: inRupees(boughtPaise),
    day_buy_price: per(boughtPaise, bought),
    day_sell_quantity: sold,
    day_sell_value: inRupees(soldPaise),
    day_sell_price: per(soldPaise, sold),
    overnight_quantity: 0,
    overnight_buy_amount: 0,
    overnight_buy_quantity: 0,
    overnight_sell_amount: 0,
    overnight_sell_quantity: 0,
    buy_price: per(boughtPaise, bought),
    sell_price: per(soldPaise, sold),
  };
}

/** A position as the portfolio stream tells it. */
export function positionUpdate(position: Position): Record<string, unknown> {
  const exchange = upstoxSegment(position.contract.underlying);
  const key = position.instrumentKey;
  return { update_type: 'position', instrument_key: key, exchange, ...figuresOf(position) };
}

/** A row of the positions of the day. @param lastPrice in rupees */
export function positionRow(position: Position, lastPrice: number): Record<string, unknown> {
  const symbol = upstoxTradingSymbol(position.contract);
  const unrealised = Number((position.quantity * (lastPrice - position.averagePaise / 100)).toFixed(2));
  const realised = inRupees(position.realisedPaise);
  return {
    exchange: upstoxSegment(position.contract.underlying) === 'BSE_FO' ? 'BFO' : 'NFO',
    ...figuresOf(position),
    value: inRupees(position.averagePaise * position.quantity),
    pnl: Number((realised + unrealised).toFixed(2)),
    last_price: lastPrice,
    unrealised,
    realised,
    trading_symbol: symbol,
    tradingsymbol: symbol,
    close_price: 0,
  };
}
