import type { Side } from '@sos/domain';
import type { DisplayedBook, Level } from './displayed-book.js';

/** An own order at the exchange, as matching sees it. */
export interface RestingOrder {
  readonly id: string;
  readonly side: Side;
  readonly limitPaise: number;
  /** Units that are not filled yet. */
  open: number;
  /** Units of others before it at its price; below 0 is never stored, Infinity = its price is deeper than what is displayed. */
  ahead: number;
}

/** Units of an own order that were matched. */
export interface Match {
  readonly id: string;
  readonly pricePaise: number;
  readonly size: number;
}

const isBuy = (side: Side): boolean => side === 'BUY';
const reaches = (side: Side, limit: number, price: number): boolean => (isBuy(side) ? price <= limit : price >= limit);
const isBetter = (side: Side, a: number, b: number): boolean => (isBuy(side) ? a > b : a < b);

/**
 * Price-time matching of own orders in one instrument against what others display. The market is a recording or a model and does not see
 * own orders, so an own trade is worth no more than what was there: an arriving order takes displayed sizes at displayed prices; a resting one is
 * matched at its own price, by sizes displayed at or through it, or by prints once the units displayed before it have traded. What was
 * taken of a displayed price is gone for as long as that price stays displayed. Own orders do not trade with each other.
 */
export class Matching {
  private readonly lot: number;
  private readonly orders: RestingOrder[] = [];
  private readonly taken: Record<Side, Map<number, number>> = { BUY: new Map(), SELL: new Map() };
  private book: DisplayedBook | null = null;
  // Traded units that do not make a lot yet.
  private carry = 0;

  constructor(lot: number) {
    this.lot = lot;
  }

  /** What is displayed now; null before the first book. */
  get displayed(): DisplayedBook | null {
    return this.book;
  }

  /** The market displays another book: resting orders are matched in the order of price and time. */
  show(book: DisplayedBook): Match[] {
    const before = this.book;
    if (before !== null && book.at < before.at) return [];
    this.book = book;
    this.forget('BUY', book.asks);
    this.forget('SELL', book.bids);
    let traded = this.tradedSince(before, book);
    const matches: Match[] = [];
    for (const order of [...this.orders]) {
      const byPrints = this.byPrints(order, book.lastPaise, traded);
      traded -= byPrints;
      this.note(matches, order, { pricePaise: order.limitPaise, size: byPrints });
      order.ahead = Math.min(order.ahead, this.aheadOf(order) ?? Number.POSITIVE_INFINITY);
      for (const level of this.within(order)) {
        const size = this.take(order, level);
        this.note(matches, order, { pricePaise: order.limitPaise, size });
      }
    }
    return matches;
  }

  /** An order arrives: it takes what is displayed within its limit; the rest joins the queue behind what is displayed at its price. */
  enter(order: Omit<RestingOrder, 'ahead'>, most = Number.POSITIVE_INFINITY): Match[] {
    const entering = { ...order, ahead: Number.POSITIVE_INFINITY };
    const matches: Match[] = [];
    let allowed = most;
    for (const level of this.within(entering)) {
      const size = this.take(entering, level, allowed);
      allowed -= size;
      this.note(matches, entering, { pricePaise: level.pricePaise, size });
    }
    if (entering.open > 0) {
      entering.ahead = this.aheadOf(entering) ?? Number.POSITIVE_INFINITY;
      const place = this.orders.findIndex(
        (o) => o.side === entering.side && isBetter(o.side, entering.limitPaise, o.limitPaise),
      );
      this.orders.splice(place < 0 ? this.orders.length : place, 0, entering);
    }
    return matches;
  }

  /** Takes an order out of the queue. */
  remove(id: string): void {
    const at = this.orders.findIndex((order) => order.id === id);
    if (at >= 0) this.orders.splice(at, 1);
  }

  /** Changes the size of an order without loss of its place; only downwards. */
  shrink(id: string, open: number): void {
    const order = this.orders.find((one) => one.id === id);
    if (order) order.open = Math.min(order.open, open);
  }

  private note(matches: Match[], order: RestingOrder, { pricePaise, size }: Omit<Match, 'id'>): void {
    if (size === 0) return;
    order.open -= size;
    matches.push({ id: order.id, pricePaise, size });
    if (order.open === 0) this.remove(order.id);
  }

  private tradedSince(before: DisplayedBook | null, book: DisplayedBook): number {
    const traded = before === null ? 0 : book.volume - before.volume;
    if (!(traded > 0) || this.orders.length === 0) return 0;
    this.carry += traded;
    const whole = this.whole(this.carry);
    this.carry -= whole;
    return whole;
  }

  private byPrints(order: RestingOrder, last: number, traded: number): number {
    if (order.open === 0 || !reaches(order.side, order.limitPaise, last)) return 0;
    // A print beyond its price: everyone before it was served.
    if (last !== order.limitPaise) order.ahead = 0;
    const left = Math.max(0, traded - order.ahead);
    order.ahead = Math.max(0, order.ahead - traded);
    return Math.min(order.open, this.whole(left));
  }

  /** Displayed units before an order at its price, null when its price is deeper than the book tells. */
  private aheadOf(order: RestingOrder): number | null {
    const own = (isBuy(order.side) ? this.book?.bids : this.book?.asks) ?? [];
    const deepest = own.at(-1);
    if (deepest === undefined) return this.book === null ? null : 0;
    if (isBetter(order.side, deepest.pricePaise, order.limitPaise)) return null;
    return own.find((level) => level.pricePaise === order.limitPaise)?.size ?? 0;
  }

  private within(order: RestingOrder): Level[] {
    const other = (isBuy(order.side) ? this.book?.asks : this.book?.bids) ?? [];
    return other.filter((level) => reaches(order.side, order.limitPaise, level.pricePaise));
  }

  private take(order: RestingOrder, level: Level, most = Number.POSITIVE_INFINITY): number {
    const taken = this.taken[order.side];
    const before = taken.get(level.pricePaise) ?? 0;
    const size = this.whole(Math.max(0, Math.min(order.open, most, level.size - before)));
    if (size > 0) taken.set(level.pricePaise, before + size);
    return size;
  }

  private forget(side: Side, levels: readonly Level[]): void {
    const taken = this.taken[side];
    for (const price of taken.keys()) if (!levels.some((level) => level.pricePaise === price)) taken.delete(price);
  }

  private whole(units: number): number {
    return Math.floor(units / this.lot) * this.lot;
  }
}
