import type { EpochMs, Lots, OptionContract, Paise } from '@sos/domain';
import type { MarketQuote } from '../../execution/limit-chase/market-quote.js';
import type { OrderAnswer } from '../broker/broker.js';
import type { BrokerBooks, BrokerOrder, OrderChange, OrderSlip, OrderTag } from '../broker/broker-words.js';
import type { OrderLane } from '../risk/order-budget.js';
import type { DeskRecord } from './desk-record.js';

/** A gate's wish to buy an option and to protect it. `id` names the wish: told again, by whomever, it is the same. */
export interface EntryIntent {
  readonly id: string;
  readonly gate: string;
  readonly contract: OptionContract;
  readonly lots: Lots;
  /** Trigger of the protective stop. */
  readonly stop: Paise;
}

/** How an order message ended: an answer, or why there is none. */
export type MessageOutcome =
  | OrderAnswer
  | { readonly kind: 'unknown'; readonly detail: string }
  | { readonly kind: 'not-sent'; readonly detail: string }
  | { readonly kind: 'login-needed'; readonly detail: string }
  /** Held back by the shell: the kill switch was thrown. Only entries are. */
  | { readonly kind: 'killed' };

interface EventHead {
  readonly time: EpochMs;
}

/** Everything that can happen to a live desk: a closed union. Times never fall. */
export type DeskEvent = EventHead &
  (
    | { readonly kind: 'start' }
    | { readonly kind: 'clock' }
    | { readonly kind: 'enter'; readonly intent: EntryIntent }
    | { readonly kind: 'leave'; readonly position: string; readonly reason: string }
    | { readonly kind: 'protect'; readonly position: string; readonly stop: Paise }
    | { readonly kind: 'quote'; readonly contract: string; readonly quote: MarketQuote }
    | {
        readonly kind: 'outcome';
        readonly message: 'place' | 'modify' | 'cancel';
        readonly tag: OrderTag;
        readonly outcome: MessageOutcome;
      }
    | { readonly kind: 'news'; readonly order: BrokerOrder }
    /** Null: the broker could not be asked. */
    | { readonly kind: 'found'; readonly tag: OrderTag; readonly orders: readonly BrokerOrder[] | null }
    | { readonly kind: 'books'; readonly books: BrokerBooks | null; readonly funds: Paise | null }
    | { readonly kind: 'session'; readonly isValid: boolean }
    | { readonly kind: 'kill'; readonly reason: string }
    /** `confirmation` must be the words {@link RELEASE_WORDS}, typed by a person. */
    | { readonly kind: 'release'; readonly by: string; readonly confirmation: string }
    | { readonly kind: 'explain'; readonly contract: string; readonly by: string }
  );

/** What has to be typed to release the kill switch. */
export const RELEASE_WORDS = 'RELEASE THE KILL SWITCH';

/** What a desk asks its shell to do, in this order: what is journaled must be durable before anything behind it is done. */
export type DeskEffect =
  | { readonly kind: 'journal'; readonly record: DeskRecord }
  | { readonly kind: 'place'; readonly lane: OrderLane; readonly slip: OrderSlip }
  | { readonly kind: 'modify'; readonly lane: OrderLane; readonly tag: OrderTag; readonly change: OrderChange }
  | { readonly kind: 'cancel'; readonly lane: OrderLane; readonly tag: OrderTag; readonly orderId: string }
  | { readonly kind: 'find'; readonly tag: OrderTag }
  | { readonly kind: 'books' };
