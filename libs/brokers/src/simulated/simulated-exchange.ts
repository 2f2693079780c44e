import { paise, units, type EpochMs, type OptionContract, type Paise, type Side, type Units } from '@sos/domain';
import {
  isFinal,
  type BrokerOrder,
  type BrokerPosition,
  type BrokerTrade,
  type MarketQuote,
  type OrderAnswer,
  type OrderChange,
  type OrderSlip,
  type OrderStatus,
} from '@sos/engine';

/** What the simulated exchange obeys for a contract. */
export interface SimulatedTerms {
  readonly lot: Units;
  /** Largest order, units. */
  readonly maxUnits: Units;
  readonly tick: Paise;
}

/** What a simulated exchange needs. */
export interface SimulatedExchangeOptions {
  now(): EpochMs;
  termsOf(contract: OptionContract): SimulatedTerms;
  /** Money at the start of the day. */
  readonly funds: Paise;
  /** Hears of every change of an order. */
  onChange(order: BrokerOrder): void;
}

interface BookOrder {
  readonly slip: OrderSlip;
  readonly orderId: string;
  limit: Paise;
  trigger: Paise | null;
  status: OrderStatus;
  filledUnits: number;
  value: number;
  reason: string;
  time: EpochMs;
  /** Arrived, re-priced or triggered just now: it takes the far side. */
  isFresh: boolean;
}

interface BookQuote {
  quote: MarketQuote;
  bidLeft: number;
  askLeft: number;
}

const size = (quantity: number): number => (quantity >= 0 ? quantity : Number.POSITIVE_INFINITY);

/**
 * A price-time matching exchange that trades against displayed quotes: an order never takes more than is displayed, one that arrives into the market takes
 * the far side, one that the market comes to trades at its own limit. Stops trigger at the last price. Every price is simulated.
 */
export class SimulatedExchange {
  readonly #options: SimulatedExchangeOptions;
  readonly #orders: BookOrder[] = [];
  readonly #trades: BrokerTrade[] = [];
  readonly #quotes = new Map<string, BookQuote>();
  #cash: number;

  constructor(options: SimulatedExchangeOptions) {
    this.#options = options;
    this.#cash = options.funds;
  }

  /** Shows the exchange the next quote of a contract. */
  show(contract: string, quote: MarketQuote): void {
    this.#quotes.set(contract, { quote, bidLeft: size(quote.bidQty), askLeft: size(quote.askQty) });
    this.#match(contract);
  }

  /** Takes an order into the book, or refuses it. */
  place(slip: OrderSlip): OrderAnswer {
    const refusal = this.#refusal(slip);
    if (refusal !== null) return { kind: 'refused', reason: 'input', detail: refusal };
    const orderId = `SIM${String(this.#orders.length + 1).padStart(6, '0')}`;
    const { limit, trigger } = slip;
    const order: BookOrder = {
      slip,
      orderId,
      limit,
      trigger,
      status: 'pending',
      filledUnits: 0,
      value: 0,
      reason: '',
      time: this.#options.now(),
      isFresh: true,
    };
    this.#orders.push(order);
    this.#change(order, 'pending');
    return { kind: 'done', orderId };
  }

  /** The exchange confirms an order that was taken: from now on it trades. A reason rejects it instead. */
  confirm(orderId: string, rejection = ''): void {
    const order = this.#byId(orderId);
    if (order === undefined || order.status !== 'pending') return;
    order.reason = rejection;
    if (rejection !== '') return this.#change(order, 'rejected');
    this.#change(order, order.trigger === null ? 'working' : 'stop-waiting');
    this.#match(order.slip.contract.id);
  }

  modify({ orderId, limit, trigger }: OrderChange): OrderAnswer {
    const order = this.#byId(orderId);
    if (order === undefined)
      return { kind: 'refused', reason: 'input', detail: `expected an order of today, found ${orderId}` };
    if (isFinal(order.status)) return { kind: 'final' };
    const { tick } = this.#options.termsOf(order.slip.contract);
    if (!(limit > 0 && limit % tick === 0))
      return { kind: 'refused', reason: 'price', detail: `expected a price on the tick ${tick}, found ${limit}` };
    if (trigger !== null && order.status === 'working')
      return { kind: 'refused', reason: 'state', detail: 'expected a stop that has not triggered' };
    order.limit = limit;
    order.trigger = trigger;
    order.isFresh = true;
    if (order.status !== 'pending') this.#change(order, trigger === null ? 'working' : 'stop-waiting');
    this.#match(order.slip.contract.id);
    return { kind: 'done', orderId };
  }

  cancel(orderId: string): OrderAnswer {
    const order = this.#byId(orderId);
    if (order === undefined)
      return { kind: 'refused', reason: 'input', detail: `expected an order of today, found ${orderId}` };
    if (isFinal(order.status)) return { kind: 'final' };
    this.#change(order, 'cancelled');
    return { kind: 'done', orderId };
  }

  orders(): BrokerOrder[] {
    return this.#orders.map((order) => this.#row(order));
  }

  trades(): BrokerTrade[] {
    return [...this.#trades];
  }

  /** Money left: funds less what was paid plus what was received, before charges. */
  get cash(): Paise {
    return paise(this.#cash);
  }

  positions(): BrokerPosition[] {
    const sums = new Map<
      string,
      { bought: number; sold: number; boughtValue: number; soldValue: number; trade: BrokerTrade }
    >();
    for (const trade of this.#trades) {
      let sum = sums.get(trade.contract);
      if (sum === undefined)
        sums.set(trade.contract, (sum = { bought: 0, sold: 0, boughtValue: 0, soldValue: 0, trade }));
      if (trade.side === 'BUY') sum.bought += trade.units;
      else sum.sold += trade.units;
      if (trade.side === 'BUY') sum.boughtValue += trade.units * trade.price;
      else sum.soldValue += trade.units * trade.price;
    }
    return [...sums.values()].map(({ bought, sold, boughtValue, soldValue, trade }) => ({
      contract: trade.contract,
      netUnits: bought - sold,
      boughtUnits: units(bought),
      soldUnits: units(sold),
      boughtValue: paise(boughtValue),
      soldValue: paise(soldValue),
    }));
  }

  #refusal({ tag, contract, units: count, limit, trigger }: OrderSlip): string | null {
    const { lot, maxUnits, tick } = this.#options.termsOf(contract);
    if (!/^[A-Za-z0-9]{1,20}$/.test(tag)) return `expected a tag of 1 to 20 letters and digits, found "${tag}"`;
    if (!(count > 0 && count % lot === 0)) return `expected whole lots of ${lot}, found ${count} units`;
    if (count > maxUnits) return `expected at most ${maxUnits} units (freeze quantity), found ${count}`;
    if (!(limit > 0 && limit % tick === 0)) return `expected a price on the tick ${tick}, found ${limit}`;
    if (trigger !== null && !(trigger > 0 && trigger % tick === 0))
      return `expected a trigger on the tick ${tick}, found ${trigger}`;
    return null;
  }

  #byId(orderId: string): BookOrder | undefined {
    return this.#orders.find((order) => order.orderId === orderId);
  }

  #change(order: BookOrder, status: OrderStatus): void {
    order.status = status;
    order.time = this.#options.now();
    this.#options.onChange(this.#row(order));
  }

  #row({ slip, orderId, limit, trigger, status, filledUnits, value, reason, time }: BookOrder): BrokerOrder {
    const { tag, contract, side, units: count } = slip;
    // Brokers print the mean price with four decimals.
    const averagePrice = filledUnits === 0 ? 0 : Math.round((value / filledUnits) * 100) / 10_000;
    return {
      orderId,
      tag,
      contract: contract.id,
      side,
      units: count,
      limit,
      trigger,
      status,
      filledUnits: units(filledUnits),
      averagePrice,
      reason,
      time,
    };
  }

  #match(contract: string): void {
    const book = this.#quotes.get(contract);
    if (book === undefined) return;
    const { bid, ask } = book.quote;
    if (bid > ask) return;
    const mine = this.#orders.filter((order) => order.slip.contract.id === contract && !isFinal(order.status));
    for (const order of mine) this.#trigger(order, book.quote);
    const live = mine.filter((order) => order.status === 'working');
    // Price first, then time: the list is in the order of arrival, and sorting keeps it.
    for (const side of ['BUY', 'SELL'] as const) {
      const queue = live
        .filter((order) => order.slip.side === side)
        .sort((a, b) => (side === 'BUY' ? b.limit - a.limit : a.limit - b.limit));
      for (const order of queue) this.#fill(order, book, side);
    }
  }

  #trigger(order: BookOrder, { last, bid, ask }: MarketQuote): void {
    if (order.status !== 'stop-waiting' || order.trigger === null) return;
    const isSell = order.slip.side === 'SELL';
    const price = last > 0 ? last : isSell ? bid : ask;
    const level = order.trigger / 100;
    if (isSell ? !(price <= level + 1e-9) : !(price >= level - 1e-9)) return;
    order.isFresh = true;
    this.#change(order, 'working');
  }

  #fill(order: BookOrder, book: BookQuote, side: Side): void {
    const isBuy = side === 'BUY';
    const far = Math.round((isBuy ? book.quote.ask : book.quote.bid) * 100);
    const wasFresh = order.isFresh;
    order.isFresh = false;
    const { lot } = this.#options.termsOf(order.slip.contract);
    if (!(far > 0) || (isBuy ? far > order.limit : far < order.limit)) return;
    const left = order.slip.units - order.filledUnits;
    const count = Math.floor(Math.min(left, isBuy ? book.askLeft : book.bidLeft) / lot) * lot;
    if (!(count > 0)) return;
    if (isBuy) book.askLeft -= count;
    else book.bidLeft -= count;
    this.#execute(order, units(count), wasFresh ? paise(far) : order.limit);
  }

  #execute(order: BookOrder, count: Units, price: Paise): void {
    order.filledUnits += count;
    order.value += count * price;
    const { side, contract } = order.slip;
    this.#cash += (side === 'BUY' ? -1 : 1) * count * price;
    const time = this.#options.now();
    this.#trades.push({
      tradeId: `T${this.#trades.length + 1}`,
      orderId: order.orderId,
      contract: contract.id,
      side,
      units: count,
      price,
      time,
    });
    this.#change(order, order.filledUnits === order.slip.units ? 'filled' : 'working');
  }
}
