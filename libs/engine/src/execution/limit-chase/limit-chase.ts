import { AppError, assertNever, type Paise, type Side, type Units } from '@sos/domain';
import type { ChaseParameters } from './chase-parameters.js';
import { chasePrice, outermostPrice, stopLimit, type PriceBounds } from './chase-price.js';
import { referencePrice, type MarketQuote } from './market-quote.js';

/**
 * - `idle`: nothing is sent; a usable quote starts it (an exit only once it is to leave).
 * - `resting`: the stop-limit stands at the exchange and has not triggered.
 * - `working`: a plain limit order stands, re-priced by the timer; may be partially filled.
 * - `escalated`: an exit that the chase did not fill stands at the outermost price allowed, renewed by the timer.
 * - `cancelling`: the rest of an entry is being withdrawn; fills may still come.
 * - `filled`, `abandoned`: the end. An abandoned entry may be partially filled.
 */
export type ChaseState = 'idle' | 'resting' | 'working' | 'escalated' | 'cancelling' | 'filled' | 'abandoned';

/** What happens to a chase. Times epoch ms, never earlier than those before. */
export type ChaseInput =
  | { readonly kind: 'quote'; readonly quote: MarketQuote }
  | { readonly kind: 'timer'; readonly time: number }
  /** Rest a protective stop at this trigger, or move it there. */
  | { readonly kind: 'protect'; readonly time: number; readonly trigger: Paise }
  /** Leave the market now, at any allowed price. */
  | { readonly kind: 'leave'; readonly time: number }
  /** Withdraw an entry. */
  | { readonly kind: 'give-up'; readonly time: number; readonly reason: string }
  /** The exchange confirms the last request. */
  | { readonly kind: 'accepted'; readonly time: number }
  | { readonly kind: 'rejected'; readonly time: number; readonly reason: string }
  | { readonly kind: 'triggered'; readonly time: number }
  | { readonly kind: 'fill'; readonly time: number; readonly units: Units; readonly price: Paise }
  | { readonly kind: 'cancelled'; readonly time: number };

/** What a chase asks of the exchange. `trigger` null: a plain limit order. `units`: what is left to do. */
export type ChaseRequest =
  | {
      readonly kind: 'place';
      readonly side: Side;
      readonly units: Units;
      readonly limit: Paise;
      readonly trigger: Paise | null;
    }
  | { readonly kind: 'modify'; readonly limit: Paise; readonly trigger: Paise | null }
  | { readonly kind: 'cancel' };

/** What stays the same through a chase. */
export interface ChaseOrder {
  readonly purpose: 'entry' | 'exit';
  readonly side: Side;
  readonly units: Units;
  readonly parameters: ChaseParameters;
  readonly bounds: PriceBounds;
}

/**
 * A limit order that follows the market: a pure state machine told of quotes, time and the exchange's answers, which asks for at most one thing at a time and
 * never for a market order. The same machine trades against the simulated and the real exchange. Only `advance` writes, and the methods it names: the simulation, which
 * tells a chase several things for each order, calls them directly and makes no object of them.
 */
export class LimitChase {
  readonly order: ChaseOrder;
  state: ChaseState = 'idle';
  /** Limit and trigger last asked for, paise; 0 = none. */
  limit = 0;
  trigger = 0;
  /** Prices after the first. */
  attempt = 0;
  filledUnits = 0;
  /** Σ price × units of the fills, paise. */
  filledValue = 0;
  /** When the first order was asked for, and when the timer is due next. */
  placedAt = Number.NaN;
  timerAt = Number.POSITIVE_INFINITY;
  /** The stop triggered and its limit did not fill before the first re-price. */
  missedStop = false;
  /** Why it ended unfilled. */
  reason = '';
  #pending: 'none' | 'place' | 'modify' | 'cancel' = 'none';
  #leaving: boolean;
  #hasTriggered = false;
  /** Where the protective stop should rest, paise; 0 = nowhere. */
  #wanted = 0;
  #quote: MarketQuote | null = null;
  #confirmedLimit = 0;
  #confirmedTrigger = 0;

  constructor(order: ChaseOrder) {
    if (!(order.units > 0)) throw new AppError('SOS_INVARIANT', `expected units to chase, found ${order.units}`);
    this.order = order;
    this.#leaving = order.purpose === 'entry';
  }

  /** Units not filled yet. */
  get left(): Units {
    return (this.order.units - this.filledUnits) as Units;
  }

  /** True when nothing more can happen. */
  get isOver(): boolean {
    return this.state === 'filled' || this.state === 'abandoned';
  }

  /** Applies one input; what follows from it, or null. @throws SOS_INVARIANT for a fill of more than was asked for, or after the end */
  advance(input: ChaseInput): ChaseRequest | null {
    switch (input.kind) {
      case 'quote':
        return this.quoted(input.quote);
      case 'timer':
        return this.timed(input.time);
      case 'protect':
        return this.protect(input.time, input.trigger);
      case 'leave':
        return this.leave(input.time);
      case 'give-up':
        return this.giveUp(input.reason);
      case 'accepted':
        return this.accepted(input.time);
      case 'rejected':
        return this.#onRejected(input.time, input.reason);
      case 'triggered':
        return this.triggered(input.time);
      case 'fill':
        return this.filled(input.time, input.units, input.price);
      case 'cancelled':
        return this.cancelled(input.time);
      default:
        return assertNever(input, 'chase input');
    }
  }

  quoted(quote: MarketQuote): ChaseRequest | null {
    if (!(referencePrice(quote) > 0)) return null;
    this.#quote = quote;
    return this.#leaving && this.#pending === 'none' ? this.#begin(quote.time) : null;
  }

  /** The first price, or the change of a resting stop into a plain limit. */
  #begin(time: number): ChaseRequest | null {
    const isBackingOff = this.state === 'idle' && this.timerAt < Number.POSITIVE_INFINITY && time < this.timerAt;
    if ((this.state !== 'idle' && this.state !== 'resting') || isBackingOff) return null;
    const limit = this.#price(time, 0);
    if (limit === null) return null;
    const isResting = this.state === 'resting';
    this.state = 'working';
    return isResting ? this.#modify(time, limit, 0) : this.#place(time, limit, 0);
  }

  #price(time: number, previous: number): Paise | null {
    const quote = this.#quote;
    const { side, parameters, bounds } = this.order;
    if (quote === null || time - quote.time > parameters.quoteMaxAgeMs) return null;
    if (this.state === 'escalated') return outermostPrice({ side, quote, parameters, bounds });
    return chasePrice({ side, quote, parameters, bounds, attempt: this.attempt, previous });
  }

  #place(time: number, limit: Paise, trigger: number): ChaseRequest {
    if (!(this.placedAt <= time)) this.placedAt = time;
    this.#pending = 'place';
    this.#sent(time, limit, trigger);
    return { kind: 'place', side: this.order.side, units: this.left, limit, trigger: triggerOf(trigger) };
  }

  #modify(time: number, limit: Paise, trigger: number): ChaseRequest {
    this.#pending = 'modify';
    this.#sent(time, limit, trigger);
    return { kind: 'modify', limit, trigger: triggerOf(trigger) };
  }

  #sent(time: number, limit: Paise, trigger: number): void {
    this.limit = limit;
    this.trigger = trigger;
    this.timerAt = trigger > 0 ? Number.POSITIVE_INFINITY : time + this.order.parameters.intervalMs;
  }

  timed(time: number): ChaseRequest | null {
    if (time < this.timerAt || this.isOver) return null;
    this.timerAt = time + this.order.parameters.intervalMs;
    if (this.#pending !== 'none') return null;
    if (this.state === 'cancelling') return this.#cancel();
    if (this.state !== 'working' && this.state !== 'escalated') return this.#retry(time);
    if (this.attempt >= this.order.parameters.maxChase) {
      if (this.order.purpose === 'entry') return this.#withdraw('max-chase');
      this.state = 'escalated';
    }
    return this.#reprice(time);
  }

  /** After a refused request, when its pause is over. */
  #retry(time: number): ChaseRequest | null {
    this.timerAt = Number.POSITIVE_INFINITY;
    return this.#leaving ? this.#begin(time) : this.#restStop(time);
  }

  #reprice(time: number): ChaseRequest | null {
    this.attempt++;
    const limit = this.#price(time, this.limit);
    if (this.#hasTriggered && this.attempt === 1 && limit !== null && limit < this.limit) this.missedStop = true;
    return limit === null || limit === this.limit ? null : this.#modify(time, limit, 0);
  }

  protect(time: number, trigger: Paise): ChaseRequest | null {
    if (this.order.purpose === 'entry') return null;
    this.#wanted = trigger;
    return this.#pending === 'none' ? this.#restStop(time) : null;
  }

  #restStop(time: number): ChaseRequest | null {
    const trigger = this.#wanted as Paise;
    if (this.#leaving || trigger === 0 || trigger === this.trigger) return null;
    const limit = stopLimit(trigger, this.order.parameters, this.order.bounds.tick);
    if (this.state === 'resting') return this.#modify(time, limit, trigger);
    if (this.state !== 'idle') return null;
    this.state = 'resting';
    return this.#place(time, limit, trigger);
  }

  leave(time: number): ChaseRequest | null {
    this.#leaving = true;
    return this.#pending === 'none' ? this.#begin(time) : null;
  }

  giveUp(reason: string): ChaseRequest | null {
    if (this.order.purpose === 'exit' || this.isOver || this.state === 'cancelling') return null;
    return this.#withdraw(reason);
  }

  #withdraw(reason: string): ChaseRequest | null {
    this.reason = reason;
    this.#leaving = false;
    if (this.state === 'idle') {
      this.#end('abandoned');
      return null;
    }
    this.state = 'cancelling';
    return this.#pending === 'none' ? this.#cancel() : null;
  }

  #cancel(): ChaseRequest | null {
    if (this.#pending !== 'none') return null;
    this.#pending = 'cancel';
    this.timerAt = Number.POSITIVE_INFINITY;
    return { kind: 'cancel' };
  }

  accepted(time: number): ChaseRequest | null {
    if (this.#pending === 'cancel') return null;
    this.#pending = 'none';
    this.#confirmedLimit = this.limit;
    this.#confirmedTrigger = this.trigger;
    // What was decided while the exchange had not answered yet.
    if (this.state === 'cancelling') return this.#cancel();
    if (this.state !== 'resting') return null;
    return this.#leaving ? this.#begin(time) : this.#restStop(time);
  }

  #onRejected(time: number, reason: string): ChaseRequest | null {
    const refused = this.#pending;
    this.#pending = 'none';
    this.timerAt = time + this.order.parameters.intervalMs;
    if (refused === 'place') return this.#onPlaceRejected(reason);
    if (refused === 'modify') {
      // The order stands as it stood; a stop that could not be turned into a plain limit still rests.
      this.limit = this.#confirmedLimit;
      this.trigger = this.#confirmedTrigger;
      if (this.trigger > 0 && this.state === 'working') this.state = 'resting';
      if (this.state === 'resting' && !this.#leaving) this.timerAt = Number.POSITIVE_INFINITY;
    }
    return null;
  }

  #onPlaceRejected(reason: string): null {
    this.reason = reason;
    this.limit = 0;
    this.trigger = 0;
    const isEntry = this.order.purpose === 'entry';
    if (this.state === 'cancelling' || (isEntry && this.attempt >= this.order.parameters.maxChase)) {
      this.#end('abandoned');
      return null;
    }
    this.attempt++;
    this.state = 'idle';
    return null;
  }

  triggered(time: number): ChaseRequest | null {
    if (this.state !== 'resting') return null;
    this.state = 'working';
    this.#leaving = true;
    this.#hasTriggered = true;
    this.trigger = 0;
    this.timerAt = time + this.order.parameters.intervalMs;
    return null;
  }

  filled(time: number, units: Units, price: Paise): null {
    if (this.isOver || !(units > 0 && units <= this.left))
      throw new AppError('SOS_INVARIANT', `expected a fill of 1 to ${this.left} units (${this.state}), found ${units}`);
    this.filledUnits += units;
    this.filledValue += price * units;
    if (this.left === 0) this.#end('filled');
    // Nothing but a triggered stop fills.
    else this.triggered(time);
    return null;
  }

  cancelled(time: number): ChaseRequest | null {
    if (this.isOver) return null;
    this.#pending = 'none';
    if (this.order.purpose === 'entry') {
      if (this.reason === '') this.reason = 'cancelled';
      this.#end('abandoned');
      return null;
    }
    // Somebody else withdrew an exit: the position is still there, so it leaves at the next price.
    this.state = 'idle';
    this.#leaving = true;
    this.limit = 0;
    this.trigger = 0;
    this.timerAt = time + this.order.parameters.intervalMs;
    return null;
  }

  #end(state: 'filled' | 'abandoned'): void {
    this.state = state;
    this.#pending = 'none';
    this.timerAt = Number.POSITIVE_INFINITY;
  }
}

const triggerOf = (trigger: number): Paise | null => (trigger > 0 ? (trigger as Paise) : null);
