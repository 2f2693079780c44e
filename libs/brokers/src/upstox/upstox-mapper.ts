import {
  istInstant,
  paise,
  paiseFromRupees,
  parseIstDate,
  units,
  type ContractId,
  type EpochMs,
  type OptionContract,
} from '@sos/domain';
import type { BrokerOrder, BrokerPosition, BrokerTrade, OrderChange, OrderSlip, OrderStatus } from '@sos/engine';
import type { OrderRow, PositionRow, TradeRow } from './upstox-wire.js';

/** The broker's keys of contracts, from its instrument master of the day. */
export interface ContractKeys {
  /** @throws SOS_UNKNOWN_SYMBOL for a contract that the broker does not list */
  keyOf(contract: OptionContract): string;
  /** Null for a key that is none of our contracts. */
  contractOf(key: string): ContractId | null;
}

const STATUS: Readonly<Record<string, OrderStatus>> = {
  'put order req received': 'pending',
  'validation pending': 'pending',
  'open pending': 'pending',
  'modify validation pending': 'pending',
  'modify pending': 'pending',
  'cancel pending': 'pending',
  modified: 'pending',
  'not modified': 'pending',
  'not cancelled': 'pending',
  'after market order req received': 'pending',
  'modify after market order req received': 'pending',
  open: 'working',
  'trigger pending': 'stop-waiting',
  complete: 'filled',
  cancelled: 'cancelled',
  'cancelled after market order': 'cancelled',
  rejected: 'rejected',
};

/** The status of an order in words of the field; a string that nobody knows is `unknown`, never a guess. */
export function orderStatusOf(status: string): OrderStatus {
  return STATUS[status.trim().toLowerCase()] ?? 'unknown';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2025-12-15 09:32:50` or `15-Dec-2025 09:32:50`, both Indian time without a zone; NaN when unreadable. */
export function vendorTime(stamp: string | null | undefined): EpochMs {
  const found = /^(\d{4}-\d{2}-\d{2}|\d{2}-[A-Za-z]{3}-\d{4})[ T](\d{2}:\d{2}:\d{2})/.exec(stamp ?? '');
  if (found === null) return Number.NaN as EpochMs;
  const [, date = '', clock = ''] = found;
  const [day = '', month = '', year = ''] = date.split('-');
  const iso =
    year.length === 4 ? `${year}-${String(MONTHS.indexOf(month.toLowerCase()) + 1).padStart(2, '0')}-${day}` : date;
  return istInstant(parseIstDate(iso), clock);
}

const contractIn = (keys: ContractKeys, key: string): ContractId => keys.contractOf(key) ?? (key as ContractId);

/** A row of the order book, or an order event of the stream. Without a stamp it is dated at its receipt. */
export function orderOfRow(row: OrderRow, keys: ContractKeys, receivedAt: EpochMs): BrokerOrder {
  const stamp = vendorTime(row.exchange_timestamp ?? row.order_timestamp);
  const trigger = row.trigger_price ?? 0;
  return {
    orderId: row.order_id,
    tag: row.tag ?? '',
    contract: contractIn(keys, row.instrument_token),
    side: row.transaction_type,
    units: units(row.quantity),
    limit: paiseFromRupees(row.price),
    trigger: trigger > 0 ? paiseFromRupees(trigger) : null,
    status: orderStatusOf(row.status),
    filledUnits: units(row.filled_quantity),
    averagePrice: row.average_price ?? 0,
    reason: row.status_message_raw ?? row.status_message ?? '',
    time: Number.isNaN(stamp) ? receivedAt : stamp,
  };
}

/** A row of the day's trades. */
export function tradeOfRow(row: TradeRow, keys: ContractKeys, receivedAt: EpochMs): BrokerTrade {
  const stamp = vendorTime(row.exchange_timestamp ?? row.order_timestamp);
  return {
    tradeId: row.trade_id,
    orderId: row.order_id,
    contract: contractIn(keys, row.instrument_token),
    side: row.transaction_type,
    units: units(row.quantity),
    price: paiseFromRupees(row.average_price),
    time: Number.isNaN(stamp) ? receivedAt : stamp,
  };
}

/** A row of the positions: what was bought and sold today, and what is held. */
export function positionOfRow(row: PositionRow, keys: ContractKeys): BrokerPosition {
  return {
    contract: contractIn(keys, row.instrument_token),
    netUnits: row.quantity,
    boughtUnits: units(row.day_buy_quantity),
    soldUnits: units(row.day_sell_quantity),
    boughtValue: paiseFromRupees(row.day_buy_value),
    soldValue: paiseFromRupees(row.day_sell_value),
  };
}

const rupees = (amount: number): number => Number((paise(amount) / 100).toFixed(2));

/** The body of a place request: intraday, for the day, never sliced by the broker. */
export function placeBody(slip: OrderSlip, key: string): Record<string, unknown> {
  return {
    quantity: slip.units,
    product: 'I',
    validity: 'DAY',
    price: rupees(slip.limit),
    tag: slip.tag,
    instrument_token: key,
    order_type: slip.trigger === null ? 'LIMIT' : 'SL',
    transaction_type: slip.side,
    disclosed_quantity: 0,
    trigger_price: slip.trigger === null ? 0 : rupees(slip.trigger),
    is_amo: false,
    slice: false,
  };
}

/** The body of a modify request; `quantity` is the total of the order. */
export function modifyBody(change: OrderChange): Record<string, unknown> {
  return {
    order_id: change.orderId,
    quantity: change.units,
    validity: 'DAY',
    price: rupees(change.limit),
    order_type: change.trigger === null ? 'LIMIT' : 'SL',
    disclosed_quantity: 0,
    trigger_price: change.trigger === null ? 0 : rupees(change.trigger),
  };
}
