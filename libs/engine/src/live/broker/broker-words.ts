import type { Brand, ContractId, EpochMs, OptionContract, Paise, Side, Units } from '@sos/domain';

/** Our own name of one order: at most 20 letters and digits, made before it is sent, unique for ever. A broker keeps it as a label and promises nothing. */
export type OrderTag = Brand<string, 'OrderTag'>;

/** What is asked of a broker: a limit order, or with a trigger a stop-limit order. Prices in paise on the tick, quantity in units. */
export interface OrderSlip {
  readonly tag: OrderTag;
  readonly contract: OptionContract;
  readonly side: Side;
  readonly units: Units;
  readonly limit: Paise;
  /** Null for a plain limit order. */
  readonly trigger: Paise | null;
}

/** New prices of an order that stands; its quantity never changes. */
export interface OrderChange {
  readonly orderId: string;
  readonly units: Units;
  readonly limit: Paise;
  readonly trigger: Paise | null;
}

/**
 * - `pending`: at the broker, not yet at the exchange (or an intermediate state).
 * - `working`: a limit order in the book; may be filled in part.
 * - `stop-waiting`: a stop-limit whose trigger was not met.
 * - `filled`, `cancelled` (may be filled in part), `rejected`: the end.
 * - `unknown`: a word of the broker that nobody knows: kept, never guessed.
 */
export type OrderStatus = 'pending' | 'working' | 'stop-waiting' | 'filled' | 'cancelled' | 'rejected' | 'unknown';

/** One order as the broker's book, or an update of it, tells it. */
export interface BrokerOrder {
  readonly orderId: string;
  /** Empty for an order that carries none. */
  readonly tag: string;
  readonly contract: ContractId;
  readonly side: Side;
  readonly units: Units;
  readonly limit: Paise;
  readonly trigger: Paise | null;
  readonly status: OrderStatus;
  /** Filled so far. */
  readonly filledUnits: Units;
  /** Mean price of the fills in rupees, 0 before the first. */
  readonly averagePrice: number;
  /** The broker's own words for a rejection, else empty. */
  readonly reason: string;
  /** When the broker last touched it. */
  readonly time: EpochMs;
}

/** One execution. */
export interface BrokerTrade {
  readonly tradeId: string;
  readonly orderId: string;
  readonly contract: ContractId;
  readonly side: Side;
  readonly units: Units;
  readonly price: Paise;
  readonly time: EpochMs;
}

/** What the broker says is held of one contract today. */
export interface BrokerPosition {
  readonly contract: ContractId;
  /** Bought less sold, units; below 0 = short. */
  readonly netUnits: number;
  readonly boughtUnits: Units;
  readonly soldUnits: Units;
  /** Σ price × units of what was bought and of what was sold. */
  readonly boughtValue: Paise;
  readonly soldValue: Paise;
}

/** Money that may be used for new orders. */
export interface BrokerFunds {
  readonly available: Paise;
  readonly used: Paise;
}

/** Everything a broker knows of the day, read at one time. */
export interface BrokerBooks {
  readonly readAt: EpochMs;
  readonly orders: readonly BrokerOrder[];
  readonly trades: readonly BrokerTrade[];
  readonly positions: readonly BrokerPosition[];
}

/** True when nothing more can happen to an order. */
export function isFinal(status: OrderStatus): boolean {
  return status === 'filled' || status === 'cancelled' || status === 'rejected';
}
