import type { EpochMs, IstDate } from '@sos/domain';
import type { FaultMenu } from '../faults.js';
import { Account, type Funds, type Position, type Trade } from './account.js';
import type { DisplayedBook } from './displayed-book.js';
import { Matching, type Match } from './matching.js';
import { DeskIds } from './desk-ids.js';
import { limitOfMarket, refusalOf, tickOf } from './order-law.js';
import {
  isFinal,
  noteState,
  openUnits,
  type OrderChange,
  type OrderRecord,
  type OrderStatus,
  type OrderTicket,
  type OrderView,
} from './order-record.js';

/** What happened, for the portfolio stream. */
export type DeskUpdate =
  { readonly kind: 'order'; readonly order: OrderView } | { readonly kind: 'position'; readonly position: Position };

/** Where an instant stands in the sessions of the exchange. */
export interface DeskPhase {
  /** Continuous trading, and no halt. */
  readonly isOpen: boolean;
  readonly isHalted: boolean;
  /** The session that an order of now is for: the running one, else the next. */
  readonly session: IstDate;
  /** True when the close of a session has passed. */
  isOver(session: IstDate): boolean;
}

/** The settings of a desk. */
export interface OrderDeskOptions {
  readonly cashPaise: number;
  readonly faults: FaultMenu;
  readonly phase: () => DeskPhase;
  readonly now: () => EpochMs;
  /** Called with what happened by one request or one change of the market, in the order in which it is to be told. */
  readonly onUpdates: (updates: readonly DeskUpdate[], isBeforeAnswer: boolean) => void;
}

const HALTED = 'EXCH:Trading is halted by the exchange';
const NO_PRICE = 'EXCH:No price is known for a market order';

/** The broker's order desk with the exchange behind it: one account, its orders, their states and fills. */
export class OrderDesk {
  readonly account: Account;
  private readonly options: OrderDeskOptions;
  private readonly orders = new Map<string, OrderRecord>();
  private readonly markets = new Map<string, Matching>();
  private readonly ids = new DeskIds();
  private updates: DeskUpdate[] = [];
  private fillsFirst = false;

  constructor(options: OrderDeskOptions) {
    this.options = options;
    this.account = new Account(options.cashPaise);
  }

  /** Takes an order, or rejects it in its state; two requests are two orders, whatever their tag. */
  place(ticket: OrderTicket, lot: number): OrderRecord {
    const now = this.options.now();
    const phase = this.options.phase();
    const order: OrderRecord = {
      id: this.ids.order(now),
      ticket,
      lot,
      status: 'put order req received',
      filled: 0,
      filledPaise: 0,
      exchangeOrderId: '',
      message: '',
      requests: 1,
      session: phase.session,
      isAfterMarket: !phase.isOpen && !phase.isHalted,
      placedAt: this.stamp(),
      changedAt: this.stamp(),
      exchangeAt: null,
      history: [],
    };
    this.orders.set(order.id, order);
    this.note(order, 'put order req received');
    this.admit(order, phase);
    this.tell();
    return order;
  }

  /** Changes an order that is live; what the exchange does not take leaves it as it was. */
  modify(order: OrderRecord, change: OrderChange): void {
    order.requests++;
    this.note(order, 'modify validation pending');
    const before = order.ticket;
    const wanted: OrderTicket = { ...before, ...change };
    const standing: OrderStatus = this.standing(order);
    const refusal = this.refusal({ ...order, ticket: wanted }, order);
    if (refusal !== null) {
      this.note(order, 'not modified', refusal);
      order.message = '';
      this.note(order, standing);
      this.tell();
      return;
    }
    this.note(order, 'modify pending');
    order.ticket = wanted;
    this.note(order, 'modified');
    // A stop that was triggered is a limit order from then on.
    const isTriggered = standing === 'open' && before.type === 'SL';
    const keepsPlace =
      standing === 'open' &&
      (wanted.type === 'LIMIT' || isTriggered) &&
      wanted.validity === 'DAY' &&
      wanted.limitPaise === before.limitPaise &&
      wanted.quantity <= before.quantity;
    if (keepsPlace) {
      this.market(order).shrink(order.id, openUnits(order));
      this.note(order, openUnits(order) === 0 ? 'complete' : 'open');
    } else if (standing === 'after market order req received') this.note(order, standing);
    else {
      this.market(order).remove(order.id);
      if (isTriggered) this.enter(order);
      else this.route(order);
    }
    this.tell();
  }

  /** Cancels what is left of a live order. */
  cancel(order: OrderRecord, message = ''): void {
    const wasAfterMarket = order.status === 'after market order req received';
    this.note(order, 'cancel pending');
    this.end(order, wasAfterMarket ? 'cancelled after market order' : 'cancelled', message);
    this.tell();
  }

  /** The market displays another book of an instrument. */
  show(instrumentKey: string, book: DisplayedBook): void {
    const market = this.markets.get(instrumentKey);
    if (market === undefined) return;
    this.fill(market.show(book));
    for (const order of this.live())
      if (order.ticket.instrumentKey === instrumentKey && order.status === 'trigger pending') this.trigger(order);
    this.tell();
  }

  /** Lets time pass: orders of a session that is over end, orders made before the open are sent. */
  advance(): void {
    const phase = this.options.phase();
    for (const order of this.live()) {
      if (phase.isOver(order.session)) this.end(order, 'cancelled', 'Order expired at the end of the session');
      else if (phase.isOpen && order.status === 'after market order req received') this.send(order);
    }
    this.tell();
  }

  order(id: string): OrderRecord | null {
    return this.orders.get(id) ?? null;
  }

  all(): OrderRecord[] {
    return [...this.orders.values()];
  }

  live(): OrderRecord[] {
    return this.all().filter((order) => !isFinal(order));
  }

  funds(): Funds {
    return this.account.funds(this.live());
  }

  trades(): readonly Trade[] {
    return this.account.trades;
  }

  /** The market of an instrument from now on, so that its books are matched. */
  watch(instrumentKey: string, lot: number): void {
    if (!this.markets.has(instrumentKey)) this.markets.set(instrumentKey, new Matching(lot));
  }

  /** Instruments whose books matter now: those with a live order. */
  watched(): Set<string> {
    return new Set(this.live().map((order) => order.ticket.instrumentKey));
  }

  private admit(order: OrderRecord, phase: DeskPhase): void {
    this.note(order, 'validation pending');
    const refusal = phase.isHalted ? HALTED : this.refusal(order);
    if (refusal !== null) return this.end(order, 'rejected', refusal);
    if (order.isAfterMarket) return this.note(order, 'after market order req received');
    this.send(order);
  }

  private refusal(wanted: OrderRecord, current = wanted): string | null {
    const { ticket, lot } = wanted;
    if (ticket.quantity <= current.filled) return `RMS:Quantity ${ticket.quantity} is filled already`;
    const book = this.market(wanted).displayed;
    const refusal = refusalOf(ticket, { book, at: this.options.now(), lot });
    if (refusal !== null) return refusal;
    const live = this.live().filter((order) => order.id !== wanted.id);
    const priced = ticket.type === 'MARKET' ? this.priced(wanted) : wanted;
    if (priced === null) return NO_PRICE;
    const { availablePaise, blockedPaise } = this.account.funds([...live, priced]);
    if (availablePaise >= 0) return null;
    const cash = (this.account.funds(live).availablePaise / 100).toFixed(2);
    return `RMS:Margin Exceeds,Cash Available:${cash},Needed:${(blockedPaise / 100).toFixed(2)}`;
  }

  private priced(order: OrderRecord): OrderRecord | null {
    const { ticket } = order;
    const limit = limitOfMarket(ticket, this.market(order).displayed, tickOf(ticket, this.options.now()));
    return limit === null ? null : { ...order, ticket: { ...ticket, limitPaise: limit } };
  }

  private send(order: OrderRecord): void {
    order.exchangeOrderId = this.ids.exchangeOrder();
    order.exchangeAt = this.stamp();
    this.note(order, 'open pending');
    if (this.options.faults.onOrder(['reject'], this.options.now()) !== null)
      return this.end(order, 'rejected', 'EXCH:Order is rejected by the exchange (simulated fault)');
    this.route(order);
  }

  private route(order: OrderRecord): void {
    if (order.ticket.type !== 'SL') return this.enter(order);
    this.note(order, 'trigger pending');
    this.trigger(order);
  }

  private trigger(order: OrderRecord): void {
    const last = this.market(order).displayed?.lastPaise ?? Number.NaN;
    const { side, triggerPaise } = order.ticket;
    if (side === 'BUY' ? last >= triggerPaise : last <= triggerPaise) this.enter(order);
  }

  private enter(order: OrderRecord): void {
    if (order.ticket.type === 'MARKET') {
      const priced = this.priced(order);
      if (priced === null) return this.end(order, 'cancelled', NO_PRICE);
      order.ticket = priced.ticket;
    }
    const { side, limitPaise, quantity, validity } = order.ticket;
    this.note(order, 'open');
    const cut = this.cutOf(order);
    const most = cut === null ? quantity : cut;
    this.fill(this.market(order).enter({ id: order.id, side, limitPaise, open: openUnits(order) }, most));
    const isHit = order.filled > 0 && this.options.faults.onOrder(['fill-before-ack'], this.options.now()) !== null;
    if (isHit) this.fillsFirst = true;
    if (isFinal(order)) return undefined;
    if (cut !== null) this.end(order, 'cancelled', 'EXCH:Order is cancelled by the exchange (simulated fault)');
    else if (validity === 'IOC') this.end(order, 'cancelled', '');
  }

  /** Units after which a fault lets the exchange cancel an order; null for an order that no fault hits. */
  private cutOf(order: OrderRecord): number | null {
    const lots = openUnits(order) / order.lot;
    if (lots < 2) return null;
    const fault = this.options.faults.onOrder(['partial-then-cancel'], this.options.now());
    if (fault?.fault !== 'partial-then-cancel') return null;
    return Math.min(lots - 1, Math.max(1, Math.floor(lots * fault.share))) * order.lot;
  }

  private fill(matches: readonly Match[]): void {
    for (const { id, pricePaise, size } of matches) {
      const order = this.orders.get(id);
      if (order === undefined) continue;
      order.filled += size;
      order.filledPaise += pricePaise * size;
      this.note(order, openUnits(order) === 0 ? 'complete' : 'open');
      const view = order.history.at(-1) ?? noteState(order);
      const { side } = order.ticket;
      const at = this.stamp();
      const position = this.account.book({ id: this.ids.trade(), order: view, side, pricePaise, size, at });
      this.updates.push({ kind: 'position', position: { ...position } });
    }
  }

  private end(order: OrderRecord, status: OrderStatus, message: string): void {
    this.market(order).remove(order.id);
    this.note(order, status, message);
  }

  private standing(order: OrderRecord): OrderStatus {
    const at = order.history.findLast(({ status }) => !status.startsWith('modif') && status !== 'not modified');
    return at?.status ?? 'open';
  }

  private note(order: OrderRecord, status: OrderStatus, message = order.message): void {
    order.status = status;
    order.message = message;
    order.changedAt = this.stamp();
    if (order.exchangeAt !== null) order.exchangeAt = order.changedAt;
    this.updates.push({ kind: 'order', order: noteState(order) });
  }

  private market({ ticket, lot }: Pick<OrderRecord, 'ticket' | 'lot'>): Matching {
    const known = this.markets.get(ticket.instrumentKey);
    if (known !== undefined) return known;
    const made = new Matching(lot);
    this.markets.set(ticket.instrumentKey, made);
    return made;
  }

  private stamp(): EpochMs {
    const now = this.options.now();
    return (now + this.options.faults.skewAt(now)) as EpochMs;
  }

  private tell(): void {
    const updates = this.updates;
    const isBeforeAnswer = this.fillsFirst;
    this.updates = [];
    this.fillsFirst = false;
    if (updates.length === 0) return;
    const filled = (update: DeskUpdate): boolean => update.kind === 'position' || update.order.filled > 0;
    const told = isBeforeAnswer ? [...updates.filter(filled), ...updates.filter((u) => !filled(u))] : updates;
    this.options.onUpdates(told, isBeforeAnswer);
  }
}
