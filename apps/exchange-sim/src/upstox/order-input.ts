import { istInstant, istDateOf, parseIstDate, type EpochMs, type OptionContract } from '@sos/domain';
import { allowedOrderTypes } from '@sos/rulebook';
import { z } from 'zod';
import type { OrderChange, OrderTicket, TicketType } from '../trading/order-record.js';
import { INVALID_KEY, UpstoxError } from './upstox-error.js';

const refuse = (code: string, message: string): UpstoxError => new UpstoxError(400, `UDAPI${code}`, message);
const text = z.string().nullish();
const number = z.number().nullish();
const Place = z.object({
  quantity: number,
  product: text,
  validity: text,
  price: number,
  tag: text,
  slice: z.boolean().nullish(),
  instrument_token: text,
  order_type: text,
  transaction_type: text,
  disclosed_quantity: number,
  trigger_price: number,
  market_protection: number,
  is_amo: z.boolean().nullish(),
});
const Modify = Place.pick({
  quantity: true,
  validity: true,
  price: true,
  order_type: true,
  disclosed_quantity: true,
  trigger_price: true,
  market_protection: true,
}).extend({ order_id: text });

export type PlaceBody = z.output<typeof Place>;
export type ModifyBody = z.output<typeof Modify>;

// The broker turns market orders into limit orders since this day when they name a protection.
const PROTECTED_SINCE = istInstant(parseIstDate('2026-03-11'), '00:00');
const MOST_TAG = 40;
const toPaise = (rupees: number | null | undefined): number => Math.round((rupees ?? 0) * 100 * 1e6) / 1e6;

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw refuse('100036', 'Invalid Input');
  return parsed.data;
}

/** The body of a request to place an order. @throws UpstoxError */
export const readPlace = (body: unknown): PlaceBody => read(Place, body);

/** The body of a request to modify an order. @throws UpstoxError */
export const readModify = (body: unknown): ModifyBody => read(Modify, body);

/** Orders are taken from 05:30 to midnight, Indian time. @throws UpstoxError */
export function checkOrderWindow(now: EpochMs): void {
  if (now < istInstant(istDateOf(now), '05:30'))
    throw refuse('100074', 'The orders can be placed between 05:30 and 24:00 IST only');
}

/** Width of a market order's protection in percent when the broker chooses it. The widths below Rs 10 are the broker's, the other is assumed. */
export function autoProtection(lastPaise: number): number {
  if (lastPaise < 500) return 15;
  return lastPaise < 1_000 ? 10 : 5;
}

interface Priced {
  readonly type: TicketType;
  readonly limitPaise: number;
  readonly triggerPaise: number;
  readonly protectionPercent: number | null;
}

function marketOrder(body: PlaceBody | ModifyBody, now: EpochMs, lastPaise: number): Priced {
  const width = body.market_protection ?? 0;
  const base = { type: 'MARKET', limitPaise: 0, triggerPaise: 0 } as const;
  if (now >= PROTECTED_SINCE && (width === -1 || (width >= 1 && width <= 25)))
    return { ...base, protectionPercent: width === -1 ? autoProtection(lastPaise) : width };
  if (allowedOrderTypes(istDateOf(now)).types.includes('MARKET')) return { ...base, protectionPercent: null };
  throw refuse('1158', 'Market orders are not allowed through the API, use limit orders');
}

function priced(body: PlaceBody | ModifyBody, now: EpochMs, lastPaise: number): Priced {
  const type = body.order_type;
  if (type === null || type === undefined) throw refuse('1004', 'Valid order type is required');
  if (type === 'MARKET') return marketOrder(body, now, lastPaise);
  if (type === 'SL-M') throw refuse('1158', 'SL-M orders are not allowed on options, use SL with a limit price');
  if (type !== 'LIMIT' && type !== 'SL') throw refuse('1056', 'Order type is invalid');
  const [limitPaise, triggerPaise] = [toPaise(body.price), toPaise(body.trigger_price)];
  if (!(limitPaise > 0)) throw refuse('1043', 'Price is required and must be above 0');
  if (type === 'SL' && !(triggerPaise > 0)) throw refuse('100036', 'Trigger price is required and must be above 0');
  return { type, limitPaise, triggerPaise: type === 'SL' ? triggerPaise : 0, protectionPercent: null };
}

function validityOf(text: string | null | undefined): 'DAY' | 'IOC' {
  if (text === null || text === undefined) throw refuse('1007', 'Validity is required');
  if (text !== 'DAY' && text !== 'IOC') throw refuse('1055', 'Validity is invalid');
  return text;
}

function quantityOf(quantity: number | null | undefined, lot: number): number {
  if (quantity === null || quantity === undefined || quantity <= 0)
    throw refuse('1052', 'The order quantity cannot be zero');
  if (!Number.isInteger(quantity)) throw refuse('100036', 'Invalid Input');
  if (quantity % lot !== 0) throw refuse('1104', `Quantity should be multiple of lot size ${lot}`);
  return quantity;
}

/** The option that an order is for, as the stand-in knows it. */
export interface OrderMarket {
  readonly contract: OptionContract;
  readonly lot: number;
  readonly now: EpochMs;
  readonly lastPaise: number;
}

/** The key of an order's instrument. @throws UpstoxError */
export function keyOf(body: PlaceBody): string {
  const key = body.instrument_token;
  if (key === null || key === undefined || key === '') throw refuse('1026', 'Instrument key is required');
  if (!/^[A-Z]{2,3}_[A-Z]{2,5}\|.+$/.test(key)) throw INVALID_KEY();
  return key;
}

/** The order that a request asks for. @throws UpstoxError with the vendor's code for what is missing or wrong */
export function ticketOf(body: PlaceBody, market: OrderMarket): OrderTicket {
  const { contract, lot, now, lastPaise } = market;
  const { transaction_type: side, product, tag } = body;
  const price = priced(body, now, lastPaise);
  const validity = validityOf(body.validity);
  const quantity = quantityOf(body.quantity, lot);
  if (side !== 'BUY' && side !== 'SELL') throw refuse('100036', 'Transaction type is invalid');
  if (product !== 'I' && product !== 'D') throw refuse('100036', 'Product is invalid for this instrument');
  if ((tag ?? '').length > MOST_TAG) throw refuse('1119', `Tag cannot be longer than ${MOST_TAG} characters`);
  return {
    instrumentKey: keyOf(body),
    contract,
    side,
    quantity,
    product,
    validity,
    ...price,
    disclosedQuantity: body.disclosed_quantity ?? 0,
    tag: tag ?? null,
  };
}

/** What a request asks to change of an order; the quantity is the whole one, as it was when left out. @throws UpstoxError */
export function changeOf(body: ModifyBody, ticket: OrderTicket, market: OrderMarket): OrderChange {
  return {
    ...priced(body, market.now, market.lastPaise),
    validity: validityOf(body.validity),
    quantity: quantityOf(body.quantity ?? ticket.quantity, market.lot),
    disclosedQuantity: body.disclosed_quantity ?? ticket.disclosedQuantity,
  };
}
