import type { EpochMs } from '@sos/domain';
import type {
  BrokerBooks,
  BrokerFunds,
  BrokerOrder,
  BrokerPosition,
  BrokerTrade,
  OrderChange,
  OrderSlip,
} from './broker-words.js';

/** A definite answer of the broker to an order message. `final`: the order had ended already, so read it again. */
export type OrderAnswer =
  | { readonly kind: 'done'; readonly orderId: string }
  | { readonly kind: 'refused'; readonly reason: string; readonly detail: string }
  | { readonly kind: 'final' };

/** Whether orders may be sent, and what to do when not. */
export interface BrokerSession {
  readonly state: 'valid' | 'expired' | 'missing';
  /** When the login ends, as the token itself says; null when it never does. */
  readonly expiresAt: EpochMs | null;
  /** What the user does next; null while all is well. */
  readonly nextStep: string | null;
}

/** Hears a broker's stream. Nothing that happens while it is down is told later: read the books after each `up`. */
export interface OrderListener {
  onOrder(order: BrokerOrder): void;
  onState(state: 'up' | 'down' | 'login-needed'): void;
}

/** A running subscription to order updates. */
export interface OrderStream {
  stop(): void;
}

/** What a broker can do. */
export interface BrokerCapabilities {
  /** Longest tag that survives. */
  readonly tagLength: number;
  /** True when orders can be found by their tag. */
  readonly findsByTag: boolean;
  /** Whether fills are made up: everything that comes from it is labelled. */
  readonly isSimulated: boolean;
}

/**
 * A broker behind words of the field. A refusal is an answer, not an error. Errors: SOS_OUTCOME_UNKNOWN when an order message may or may not have
 * arrived (never send a place again), SOS_NETWORK when it certainly did not leave or a read failed, SOS_AUTH when the login is refused.
 */
export interface Broker {
  readonly id: string;
  readonly capabilities: BrokerCapabilities;
  /** Known without asking. */
  session(): BrokerSession;
  /** Sends a new order once. */
  place(slip: OrderSlip): Promise<OrderAnswer>;
  /** Safe to repeat. */
  modify(change: OrderChange): Promise<OrderAnswer>;
  /** Safe to repeat. */
  cancel(orderId: string): Promise<OrderAnswer>;
  /** Orders of today that carry a tag, empty when there is none. */
  findByTag(tag: string): Promise<readonly BrokerOrder[]>;
  orders(): Promise<readonly BrokerOrder[]>;
  trades(): Promise<readonly BrokerTrade[]>;
  positions(): Promise<readonly BrokerPosition[]>;
  funds(): Promise<BrokerFunds>;
  /** Starts to listen, and keeps itself connected until stopped. */
  updates(listener: OrderListener): OrderStream;
}

/** Reads all books; trades first, so that no fill is in an order that is not yet in a trade read after it. @throws what the broker throws */
export async function readBooks(broker: Broker, now: () => EpochMs): Promise<BrokerBooks> {
  const readAt = now();
  const positions = await broker.positions();
  const orders = await broker.orders();
  const trades = await broker.trades();
  return { readAt, orders, trades, positions };
}
