import { paise, roundToTick, units, type Paise, type Side, type Units } from '@sos/domain';
import type { ChaseRequest, LimitChase } from '../execution/limit-chase/limit-chase.js';
import type { MarketQuote } from '../execution/limit-chase/market-quote.js';
import type { Market } from './market.js';

/** One execution as the exchange reports it. */
export interface Execution {
  readonly time: number;
  readonly side: Side;
  readonly units: Units;
  readonly price: Paise;
  /** Full spread at that moment, rupees. */
  readonly spread: number;
  /** Re-prices before it. */
  readonly attempt: number;
}

/** Hears what is sent to the simulated exchange and what it does. */
export interface ExchangeListener {
  sent(request: ChaseRequest, time: number): void;
  filled(execution: Execution): void;
  /** The rest of the order was withdrawn. */
  withdrawn(time: number): void;
}

/** What the simulated exchange needs to know beside the market. Slippage in paise, latency in milliseconds. */
export interface ExchangeTerms {
  readonly tick: Paise;
  readonly lot: Units;
  readonly slippage: Paise;
  readonly latencyMs: number;
}

/**
 * The exchange's side of one chase in a simulation: requests arrive after the latency, the order that stands trades when the market is inside its limit. An order that
 * arrives into a market inside its limit takes the far side less slippage, never worse than its limit; one that the market comes to trades at its limit.
 */
export class SimulatedOrder {
  readonly chase: LimitChase;
  readonly #terms: ExchangeTerms;
  readonly #listener: ExchangeListener;
  #clock = Number.NEGATIVE_INFINITY;
  // What stands at the exchange: limit 0 = nothing.
  #limit = 0;
  #trigger = 0;
  #freshAt = Number.NaN;
  // What is on its way.
  #request: ChaseRequest | null = null;
  #arrivesAt = Number.POSITIVE_INFINITY;

  constructor(chase: LimitChase, terms: ExchangeTerms, listener: ExchangeListener) {
    this.chase = chase;
    this.#terms = terms;
    this.#listener = listener;
  }

  /** Until when the order has been played. */
  get clock(): number {
    return this.#clock;
  }

  /** Passes what the chase asks for to the exchange. */
  send(request: ChaseRequest | null, time: number): void {
    if (request === null) return;
    this.#request = request;
    this.#arrivesAt = time + this.#terms.latencyMs;
    this.#listener.sent(request, time);
  }

  /** A protective stop that rests from now on: it was sent long before it matters. */
  rest(trigger: Paise, time: number): void {
    this.send(this.chase.protect(time, trigger), time);
    if (this.#request !== null) this.#arrive(time);
  }

  /** The stop triggers at this instant. */
  trigger(time: number): void {
    this.#settle(time);
    this.#trigger = 0;
    this.#freshAt = time;
    this.chase.triggered(time);
  }

  /** Tells the chase to leave, with the market of that instant. */
  leave(quote: MarketQuote): void {
    const { time } = quote;
    this.#settle(time);
    this.send(this.chase.quoted(quote), time);
    this.send(this.chase.leave(time), time);
  }

  /** Shows the chase a quote. */
  show(quote: MarketQuote): void {
    this.#clock = Math.max(this.#clock, quote.time);
    this.send(this.chase.quoted(quote), quote.time);
  }

  /** Withdraws an entry at once, whatever is on its way. */
  withdraw(time: number, reason: string): void {
    const request = this.chase.giveUp(reason);
    if (request === null && this.chase.isOver) return;
    if (this.#request !== null && this.#request.kind !== 'cancel') this.send(this.chase.accepted(time), time);
    else if (request !== null) this.send(request, time);
    this.#arrive(time);
  }

  /** Plays the market up to and including an instant. */
  play(market: Market, until: number): void {
    this.#clock = Math.max(this.#clock, market.span.from);
    while (!this.chase.isOver) {
      const fillAt = this.#fillTime(market);
      const next = Math.min(this.#arrivesAt, fillAt, this.chase.timerAt);
      if (!(next <= until)) break;
      this.#clock = Math.max(this.#clock, next);
      if (next === this.#arrivesAt) this.#arrive(this.#clock);
      else if (next === fillAt) this.#fill(market, this.#clock);
      else this.#onTimer(market, this.#clock);
    }
    this.#clock = Math.max(this.#clock, until);
  }

  #settle(time: number): void {
    this.#clock = Math.max(this.#clock, time);
    if (this.#request !== null) this.#arrive(this.#clock);
  }

  #arrive(time: number): void {
    const request = this.#request;
    if (request === null) return;
    this.#request = null;
    this.#arrivesAt = Number.POSITIVE_INFINITY;
    if (request.kind === 'cancel') {
      this.#limit = 0;
      this.#listener.withdrawn(time);
      this.send(this.chase.cancelled(time), time);
      return;
    }
    this.#limit = request.limit;
    this.#trigger = request.trigger ?? 0;
    this.#freshAt = time;
    this.send(this.chase.accepted(time), time);
  }

  #fillTime({ span, half, liquidity }: Market): number {
    const { side } = this.chase.order;
    if (this.#limit === 0 || this.#trigger > 0) return Number.POSITIVE_INFINITY;
    if (liquidity.available(side, this.#terms.lot) < this.#terms.lot) return Number.POSITIVE_INFINITY;
    const isBuy = side === 'BUY';
    // A hair of room: prices on the grid are not exact in binary.
    const level = this.#limit / 100 + (isBuy ? 1e-7 - half : half - 1e-7);
    return span.firstAt(level, isBuy, this.#clock);
  }

  #fill({ span, half, liquidity }: Market, time: number): void {
    const { side } = this.chase.order;
    const count = units(Math.min(this.chase.left, liquidity.available(side, this.#terms.lot)));
    const price = time === this.#freshAt ? this.#takerPrice(span.priceAt(time), half) : paise(this.#limit);
    liquidity.take(side, count);
    const { attempt } = this.chase;
    this.chase.filled(time, count, price);
    this.#listener.filled({ time, side, units: count, price, spread: 2 * half, attempt });
  }

  #takerPrice(middle: number, half: number): Paise {
    const { tick, slippage } = this.#terms;
    if (this.chase.order.side === 'BUY')
      return paise(Math.min(this.#limit, roundToTick(middle + half, tick, 'up') + slippage));
    return paise(Math.max(this.#limit, roundToTick(Math.max(0, middle - half), tick, 'down') - slippage));
  }

  #onTimer({ span, half, liquidity, isQuote }: Market, time: number): void {
    if (!isQuote) {
      liquidity.replenish();
      this.show(quoteAt(span.priceAt(time), half, time));
    }
    if (this.#request === null) this.send(this.chase.timed(time), time);
    else this.chase.timed(time);
  }
}

/** The book around a middle price. The bid of a price below half a spread is nobody's. */
export function quoteAt(middle: number, half: number, time: number): MarketQuote {
  const bid = middle - half;
  return {
    time,
    bid: bid > 0 ? bid : Number.NaN,
    ask: middle + half,
    bidQty: Number.NaN,
    askQty: Number.NaN,
    last: middle,
  };
}
