import { paise, type EpochMs, type Units } from '@sos/domain';
import { LimitChase, type ChaseRequest } from '../../execution/limit-chase/limit-chase.js';
import type { PriceBounds } from '../../execution/limit-chase/chase-price.js';
import { isFinal, type BrokerOrder, type OrderTag } from '../broker/broker-words.js';
import type { ContractLaw } from './contract-law.js';
import type { DeskOrder, DeskPosition } from './desk-state.js';

/** What an order must be made of. */
export interface WorkingOrderOptions {
  readonly position: DeskPosition;
  readonly purpose: 'entry' | 'exit';
  readonly units: Units;
  readonly law: ContractLaw;
  /** Most that a buyer pays; null for a seller. */
  readonly cap: PriceBounds['cap'];
}

/** What changed in one of our orders. Price in paise. */
export interface Fresh {
  readonly filled: number;
  readonly price: number;
}

/** One chase and the order at the broker that it drives: at most one at a time. */
export class WorkingOrder {
  readonly chase: LimitChase;
  readonly position: DeskPosition;
  readonly purpose: 'entry' | 'exit';
  /** The order that is on its way or stands; null between two. */
  tag: OrderTag | null = null;
  /** The exchange has not confirmed the order yet. */
  #isUnconfirmed = false;
  /** No new try to move a stop before. */
  retryAt = 0;

  constructor({ position, purpose, units, law, cap }: WorkingOrderOptions) {
    this.position = position;
    this.purpose = purpose;
    this.chase = new LimitChase({
      purpose,
      side: purpose === 'entry' ? 'BUY' : 'SELL',
      units,
      parameters: purpose === 'entry' ? law.entry : law.exit,
      bounds: { tick: law.tick, protection: law.protection, cap },
    });
  }

  /** An order was sent. */
  placed(tag: OrderTag): void {
    this.tag = tag;
    this.#isUnconfirmed = true;
  }

  /** Takes over a stop that rests at the broker already. */
  adopt(order: DeskOrder, time: EpochMs): void {
    this.tag = order.tag;
    this.chase.advance({ kind: 'protect', time, trigger: order.trigger ?? paise(0) });
    this.chase.advance({ kind: 'accepted', time });
  }

  /** The order never stood: refused, not sent, or absent. */
  failed(time: EpochMs, reason: string): void {
    this.tag = null;
    this.#isUnconfirmed = false;
    if (!this.chase.isOver) this.chase.advance({ kind: 'rejected', time, reason });
  }

  /** Hears news of its order; what follows from them. */
  hear(news: BrokerOrder, fresh: Fresh, time: EpochMs): ChaseRequest[] {
    const requests: ChaseRequest[] = [];
    const tell = (input: Parameters<LimitChase['advance']>[0]): void => {
      const request = this.chase.isOver ? null : this.chase.advance(input);
      if (request !== null) requests.push(request);
    };
    const stands = news.status === 'working' || news.status === 'stop-waiting' || news.status === 'filled';
    if (this.#isUnconfirmed && (stands || fresh.filled > 0)) {
      this.#isUnconfirmed = false;
      tell({ kind: 'accepted', time });
    }
    if (news.status === 'working' || news.status === 'filled') tell({ kind: 'triggered', time });
    if (fresh.filled > 0 && fresh.filled <= this.chase.left)
      tell({ kind: 'fill', time, units: fresh.filled as Units, price: paise(Math.round(fresh.price)) });
    if (isFinal(news.status)) this.#ended(news, tell, time);
    return requests;
  }

  #ended(news: BrokerOrder, tell: (input: Parameters<LimitChase['advance']>[0]) => void, time: EpochMs): void {
    this.tag = null;
    if (this.#isUnconfirmed && news.status === 'rejected') tell({ kind: 'rejected', time, reason: news.reason });
    else tell({ kind: 'cancelled', time });
    this.#isUnconfirmed = false;
  }
}
