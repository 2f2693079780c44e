import type { ContractId, EpochMs, IstDate, OptionContract, Paise, Side, Units } from '@sos/domain';
import type { OrderStatus, OrderTag } from '../broker/broker-words.js';

interface RecordHead {
  readonly time: EpochMs;
}

/** A gate's wish that was admitted: from now on the desk answers for it. */
export interface PositionRecord extends RecordHead {
  readonly kind: 'position';
  /** Id of the intent: the same wish has the same id in every process. */
  readonly id: string;
  readonly gate: string;
  readonly contract: OptionContract;
  readonly lot: Units;
  readonly units: Units;
  /** Where the protective stop rests. */
  readonly stop: Paise;
}

/** An order that is about to be sent: durable before it leaves. */
export interface IntentRecord extends RecordHead {
  readonly kind: 'intent';
  readonly tag: OrderTag;
  readonly position: string;
  readonly purpose: 'entry' | 'exit';
  readonly contract: ContractId;
  readonly side: Side;
  readonly units: Units;
  readonly limit: Paise;
  readonly trigger: Paise | null;
}

/** New prices, or the withdrawal, of an order that are about to be sent. */
export interface ChangeRecord extends RecordHead {
  readonly kind: 'change';
  readonly tag: OrderTag;
  /** Null: withdraw it. */
  readonly limit: Paise | null;
  readonly trigger: Paise | null;
}

/** What became of a place request. `absent`: looked for by tag and by book for long enough, it never arrived. */
export interface AnswerRecord extends RecordHead {
  readonly kind: 'answer';
  readonly tag: OrderTag;
  readonly answer: 'accepted' | 'refused' | 'not-sent' | 'unknown' | 'absent';
  readonly orderId: string;
  readonly detail: string;
}

/** News of one of our orders. */
export interface OrderNewsRecord extends RecordHead {
  readonly kind: 'order';
  readonly tag: OrderTag;
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly filledUnits: Units;
  readonly averagePrice: number;
  readonly trigger: Paise | null;
  readonly reason: string;
}

/** One execution of one of our orders: what the ledger is made of. */
export interface TradeNewsRecord extends RecordHead {
  readonly kind: 'trade';
  readonly tag: OrderTag;
  readonly tradeId: string;
  readonly units: Units;
  readonly price: Paise;
}

/** A decision about a position. */
export type PositionNewsRecord = RecordHead &
  (
    | { readonly kind: 'stop'; readonly position: string; readonly trigger: Paise }
    | { readonly kind: 'leave'; readonly position: string; readonly reason: string }
    | { readonly kind: 'closed'; readonly position: string; readonly gross: Paise }
  );

/** What was not done, or may not be done any more, and why. */
export type GuardRecord = RecordHead &
  (
    | { readonly kind: 'veto'; readonly intent: string; readonly reason: string; readonly detail: string }
    | { readonly kind: 'kill'; readonly reason: string }
    | { readonly kind: 'release'; readonly by: string }
    | { readonly kind: 'quarantine'; readonly contract: string; readonly detail: string }
    | { readonly kind: 'explained'; readonly contract: string; readonly by: string }
    /** The first record of a day; `previous` is the last hash of the journal before. */
    | { readonly kind: 'day'; readonly date: IstDate; readonly previous: string }
    | { readonly kind: 'phase'; readonly phase: 'recovering' | 'ready' }
  );

/** One line of the journal: a closed union. The desk's state is the fold of its records. */
export type DeskRecord =
  | PositionRecord
  | IntentRecord
  | ChangeRecord
  | AnswerRecord
  | OrderNewsRecord
  | TradeNewsRecord
  | PositionNewsRecord
  | GuardRecord;
