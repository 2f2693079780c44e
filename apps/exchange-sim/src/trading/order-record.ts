import type { EpochMs, IstDate, OptionContract, Side } from '@sos/domain';

export type Product = 'I' | 'D';
export type Validity = 'DAY' | 'IOC';
export type TicketType = 'LIMIT' | 'MARKET' | 'SL';

/** The vendor's words for the state of an order, exact. */
export type OrderStatus =
  | 'put order req received'
  | 'validation pending'
  | 'open pending'
  | 'open'
  | 'trigger pending'
  | 'after market order req received'
  | 'modify validation pending'
  | 'modify pending'
  | 'modified'
  | 'not modified'
  | 'cancel pending'
  | 'complete'
  | 'cancelled'
  | 'cancelled after market order'
  | 'rejected';

/** What is asked of the exchange: well formed, not yet judged. */
export interface OrderTicket {
  readonly instrumentKey: string;
  readonly contract: OptionContract;
  readonly side: Side;
  /** In units. */
  readonly quantity: number;
  readonly product: Product;
  readonly validity: Validity;
  readonly type: TicketType;
  /** 0 for a market order. */
  readonly limitPaise: number;
  /** 0 without a trigger. */
  readonly triggerPaise: number;
  readonly disclosedQuantity: number;
  readonly tag: string | null;
  /** Width of a protected market order in percent of the last price; null = a plain one. */
  readonly protectionPercent: number | null;
}

/** What a client may change of an order. */
export type OrderChange = Pick<
  OrderTicket,
  'quantity' | 'validity' | 'type' | 'limitPaise' | 'triggerPaise' | 'disclosedQuantity' | 'protectionPercent'
>;

/** An order with its state; the desk owns it. */
export interface OrderRecord {
  readonly id: string;
  ticket: OrderTicket;
  readonly lot: number;
  status: OrderStatus;
  filled: number;
  /** Price × units of all fills, in paise. */
  filledPaise: number;
  exchangeOrderId: string;
  message: string;
  /** Requests about this order so far: 1, then one more with every modification. */
  requests: number;
  /** The session that the order is for. */
  readonly session: IstDate;
  readonly isAfterMarket: boolean;
  readonly placedAt: EpochMs;
  changedAt: EpochMs;
  /** When the exchange last told of it, null before it confirmed it. */
  exchangeAt: EpochMs | null;
  readonly history: OrderView[];
}

/** A state of an order as it was at its time. */
export type OrderView = Readonly<Omit<OrderRecord, 'history'>>;

const FINAL: readonly OrderStatus[] = ['complete', 'cancelled', 'cancelled after market order', 'rejected'];

/** True for an order to which nothing can happen any more. */
export function isFinal({ status }: Pick<OrderRecord, 'status'>): boolean {
  return FINAL.includes(status);
}

/** Units that are still to be filled. */
export function openUnits({ ticket, filled }: Pick<OrderRecord, 'ticket' | 'filled'>): number {
  return ticket.quantity - filled;
}

/** Puts the state of now into the history of an order and returns it. */
export function noteState(order: OrderRecord): OrderView {
  const { history, ...state } = order;
  history.push(state);
  return state;
}
