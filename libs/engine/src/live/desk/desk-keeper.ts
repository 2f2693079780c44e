import { paise, units, type EpochMs, type Units } from '@sos/domain';
import type { ChaseRequest } from '../../execution/limit-chase/limit-chase.js';
import { isOrderTag } from '../broker/order-tag.js';
import type { BrokerBooks, BrokerOrder, OrderTag } from '../broker/broker-words.js';
import type { DeskEffect, MessageOutcome } from './desk-event.js';
import type { DeskRecord } from './desk-record.js';
import {
  applyRecord,
  grossOf,
  heldUnits,
  isLedgerComplete,
  isOver,
  isUncertain,
  type DeskOrder,
  type DeskPosition,
  type DeskState,
} from './desk-state.js';
import { explainBooks } from './explain-books.js';
import { Lookups } from './lookups.js';
import { mergeNews } from './merge-news.js';
import type { WorkingOrder } from './working-order.js';

/** What the keeper asks of the desk. */
export interface KeeperHooks {
  /** These units of a position have no order that would close them. */
  cover(position: DeskPosition, uncovered: Units): void;
  act(working: WorkingOrder, requests: readonly ChaseRequest[]): void;
  /** Drive this resting stop from now on. */
  adopt(position: DeskPosition, order: DeskOrder): void;
}

const POLL_ACTIVE_MS = 1_500;
const POLL_RESTING_MS = 5_000;
const POLL_IDLE_MS = 30_000;
const STRAY_MS = 3_000;
const READINGS = 3;

/** Holds the state of a desk against the broker's: takes in news, finds what is uncertain, withdraws what nobody drives, covers what is held. */
export class DeskKeeper {
  readonly state: DeskState;
  readonly lookups = new Lookups();
  readonly workings: WorkingOrder[] = [];
  phase: 'recovering' | 'ready' = 'recovering';
  now = 0 as EpochMs;
  readonly #hooks: KeeperHooks;
  readonly #strays = new Map<OrderTag, number>();
  readonly #differing = new Map<string, number>();
  /** When something of a contract changed last. */
  readonly #touched = new Map<string, number>();
  #out: DeskEffect[] = [];
  #readAt = Number.POSITIVE_INFINITY;
  #isReading = false;
  #hasStarted = false;
  #clearReadings = 0;

  constructor(state: DeskState, hooks: KeeperHooks) {
    this.state = state;
    this.#hooks = hooks;
  }

  get wakeAt(): number {
    let at = Math.min(this.lookups.wakeAt, this.#isReading ? Number.POSITIVE_INFINITY : this.#readAt);
    for (const { chase } of this.workings) at = Math.min(at, chase.timerAt);
    for (const due of this.#strays.values()) if (due > this.now) at = Math.min(at, due);
    return at;
  }

  begin(now: EpochMs): void {
    this.now = Math.max(this.now, now) as EpochMs;
    this.#out = [];
  }

  take(): readonly DeskEffect[] {
    return this.#out;
  }

  write(record: DeskRecord): void {
    applyRecord(this.state, record);
    if ('tag' in record) this.#touch(record.tag);
    this.#out.push({ kind: 'journal', record });
  }

  send(effect: DeskEffect): void {
    this.#out.push(effect);
  }

  add(working: WorkingOrder): WorkingOrder {
    this.workings.push(working);
    return working;
  }

  workingOf(contract: string): WorkingOrder[] {
    return this.workings.filter((working) => working.position.contract.id === contract);
  }

  workingWith(tag: OrderTag): WorkingOrder | undefined {
    return this.workings.find((working) => working.tag === tag);
  }

  /** Every start is a recovery: nothing is known until the broker was asked. */
  recover(): void {
    this.#hasStarted = true;
    this.phase = 'recovering';
    this.write({ kind: 'phase', time: this.now, phase: 'recovering' });
    for (const order of this.state.orders.values()) if (isUncertain(order)) this.lookups.begin(order.tag, this.now);
    this.readSoon();
  }

  readSoon(): void {
    this.#readAt = Math.min(this.#readAt, this.now);
  }

  /** What became of a place request. */
  placed(tag: OrderTag, outcome: MessageOutcome): void {
    const order = this.state.orders.get(tag);
    // News may have been faster than the answer.
    if (order === undefined || order.orderId !== '' || isOver(order)) return;
    const answer = (kind: 'accepted' | 'refused' | 'not-sent' | 'unknown', detail: string, orderId = ''): void =>
      this.write({ kind: 'answer', time: this.now, tag, answer: kind, orderId, detail });
    switch (outcome.kind) {
      case 'done':
        this.lookups.end(tag);
        return answer('accepted', '', outcome.orderId);
      case 'unknown':
      case 'final':
        answer('unknown', outcome.kind === 'final' ? 'ended before it was known' : outcome.detail);
        return this.lookups.begin(tag, this.now);
      case 'refused':
        answer('refused', `${outcome.reason}: ${outcome.detail}`);
        return this.#failed(tag, outcome.reason, false);
      case 'killed':
        answer('not-sent', 'killed');
        return this.#failed(tag, 'killed', true);
      default:
        answer('not-sent', outcome.detail);
        return this.#failed(tag, outcome.kind, false);
    }
  }

  /** An order of ours never stood. An entry that was lost on its way is given up, an exit goes on with a new order. */
  #failed(tag: OrderTag, reason: string, isEnd: boolean): void {
    this.lookups.end(tag);
    const working = this.workingWith(tag);
    if (working === undefined) return;
    working.failed(this.now, reason);
    if (isEnd && working.purpose === 'entry' && !working.chase.isOver)
      working.chase.advance({ kind: 'give-up', time: this.now, reason });
  }

  /** News of any order of the account. */
  observe(news: BrokerOrder): void {
    const order = this.state.orders.get(news.tag) ?? this.state.byOrderId.get(news.orderId);
    if (order === undefined) {
      if (isOrderTag(news.tag))
        this.quarantine(news.contract, `order ${news.orderId} carries a tag of ours that the journal does not know`);
      return;
    }
    if (order.orderId !== '' && order.orderId !== news.orderId)
      return this.quarantine(news.contract, `orders ${order.orderId} and ${news.orderId} carry one tag`);
    const merged = mergeNews(order, news);
    if (merged === null) return;
    const filled = merged.filledUnits - order.filledUnits;
    const value = merged.averagePrice * merged.filledUnits - order.averagePrice * order.filledUnits;
    const { orderId, status, filledUnits, averagePrice, trigger, reason } = merged;
    this.write({
      kind: 'order',
      time: this.now,
      tag: order.tag,
      orderId,
      status,
      filledUnits,
      averagePrice,
      trigger,
      reason,
    });
    this.lookups.end(order.tag);
    if (filled > 0 || isOver(order)) this.readSoon();
    const working = this.workingWith(order.tag);
    if (working === undefined) return;
    const price = filled > 0 ? (value / filled) * 100 : Number.NaN;
    const isStop =
      order.purpose === 'exit' && working.chase.state === 'resting' && (status === 'working' || status === 'filled');
    if (isStop && working.position.leaving === '')
      this.write({ kind: 'leave', time: this.now, position: working.position.id, reason: 'stop' });
    this.#hooks.act(working, working.hear(merged, { filled, price }, this.now));
  }

  /** The answer to a search by tag. */
  found(tag: OrderTag, orders: readonly BrokerOrder[] | null): void {
    for (const order of orders ?? []) this.observe(order);
    if (orders !== null && orders.length > 0) return;
    if (this.lookups.missed(tag, this.now, orders !== null)) this.readSoon();
  }

  /** Everything the broker knows. */
  read(books: BrokerBooks | null): void {
    this.#isReading = false;
    this.#readAt = this.now + POLL_ACTIVE_MS;
    if (books === null) return;
    for (const order of books.orders) this.observe(order);
    for (const trade of books.trades) {
      const order = this.state.byOrderId.get(trade.orderId);
      if (order === undefined || order.trades.has(trade.tradeId)) continue;
      const { tradeId, units: count, price } = trade;
      this.write({ kind: 'trade', time: this.now, tag: order.tag, tradeId, units: count, price });
    }
    for (const tag of this.lookups.absentIn(books.readAt)) this.#declareAbsent(tag);
    this.#compare(books);
    this.#readAt = this.now + this.#pollEvery();
  }

  #declareAbsent(tag: OrderTag): void {
    const order = this.state.orders.get(tag);
    if (order === undefined || !isUncertain(order)) return this.lookups.end(tag);
    this.write({
      kind: 'answer',
      time: this.now,
      tag,
      answer: 'absent',
      orderId: '',
      detail: 'not found by tag nor in the book',
    });
    this.#failed(tag, 'absent', true);
  }

  #touch(tag: OrderTag): void {
    const position = this.state.positions.get(this.state.orders.get(tag)?.position ?? '');
    if (position !== undefined) this.#touched.set(position.contract.id, this.now);
  }

  /** Books are read one after the other: what moved while they were read, or is on its way, cannot be compared. */
  #isMoving(contract: string, readAt: number): boolean {
    if ((this.#touched.get(contract) ?? 0) > readAt) return true;
    for (const order of this.state.orders.values())
      if (isUncertain(order) && this.state.positions.get(order.position)?.contract.id === contract) return true;
    return false;
  }

  /** What the books hold beyond our own knowledge stops entries into that contract once it is there to stay. */
  #compare(books: BrokerBooks): void {
    const differences = explainBooks(this.state, books);
    const found = new Set(differences.map(({ contract }) => contract));
    for (const contract of [...this.#differing.keys()]) if (!found.has(contract)) this.#differing.delete(contract);
    for (const { contract, detail } of differences) {
      if (this.#isMoving(contract, books.readAt)) continue;
      const readings = (this.#differing.get(contract) ?? 0) + 1;
      this.#differing.set(contract, readings);
      if (readings >= READINGS) this.quarantine(contract, detail);
    }
    const isClear = differences.every(({ contract }) => this.state.quarantined.has(contract));
    this.#clearReadings = isClear ? this.#clearReadings + 1 : 0;
  }

  quarantine(contract: string, detail: string): void {
    if (!this.state.quarantined.has(contract)) this.write({ kind: 'quarantine', time: this.now, contract, detail });
  }

  #pollEvery(): number {
    let every = this.phase === 'ready' && this.#differing.size === 0 ? POLL_IDLE_MS : POLL_ACTIVE_MS;
    for (const position of this.state.positions.values()) {
      if (position.isClosed) continue;
      every = Math.min(every, POLL_RESTING_MS);
      const isQuiet = position.orders.every((order) => isOver(order) || order.state === 'stop-waiting');
      if (!isQuiet || !isLedgerComplete(position)) return POLL_ACTIVE_MS;
    }
    return every;
  }

  /** What follows from the state as it is now: searches, withdrawals, covers, ends. */
  settle(): void {
    if (!this.#hasStarted) return;
    this.#dropEnded();
    this.#endRecovery();
    this.#withdrawStrays();
    for (const position of this.state.positions.values()) if (!position.isClosed) this.#tend(position);
    for (const tag of this.lookups.due(this.now)) this.send({ kind: 'find', tag });
    if (!this.#isReading && this.#readAt <= this.now) {
      this.#isReading = true;
      this.send({ kind: 'books' });
    }
  }

  #dropEnded(): void {
    for (let i = this.workings.length - 1; i >= 0; i--) if (this.workings[i]?.chase.isOver) this.workings.splice(i, 1);
  }

  #endRecovery(): void {
    if (this.phase === 'ready' || this.lookups.size > 0 || this.#clearReadings === 0) return;
    for (const order of this.state.orders.values()) if (!isOver(order) && order.state !== 'stop-waiting') return;
    this.phase = 'ready';
    this.write({ kind: 'phase', time: this.now, phase: 'ready' });
  }

  /** An order that stands without anybody driving it is withdrawn; a stop that rests is taken over when recovery ends. */
  #withdrawStrays(): void {
    for (const order of this.state.orders.values()) {
      if (isOver(order) || order.orderId === '' || this.workingWith(order.tag) !== undefined)
        this.#strays.delete(order.tag);
      else if (order.state !== 'stop-waiting' || this.state.positions.get(order.position)?.isClosed === true)
        this.#withdraw(order);
    }
  }

  #withdraw(order: DeskOrder): void {
    const due = this.#strays.get(order.tag) ?? this.now;
    if (due > this.now) return;
    this.#strays.set(order.tag, this.now + STRAY_MS);
    this.write({ kind: 'change', time: this.now, tag: order.tag, limit: null, trigger: null });
    this.send({ kind: 'cancel', lane: 'exit', tag: order.tag, orderId: order.orderId });
  }

  #tend(position: DeskPosition): void {
    if (this.phase !== 'ready') return;
    let covered = 0;
    for (const working of this.workings) {
      if (working.position !== position || working.chase.isOver) continue;
      if (working.purpose === 'entry') return;
      covered += working.chase.left;
      this.#moveStop(working);
    }
    const held = heldUnits(position);
    if (held < 0)
      return this.quarantine(position.contract.id, `expected nothing sold beyond what is held, found ${held} units`);
    const stray = position.orders.find((order) => !isOver(order) && this.workingWith(order.tag) === undefined);
    if (stray !== undefined) return this.#coverBy(position, stray, held - covered);
    if (held > covered) this.#hooks.cover(position, units(held - covered));
    else if (held === 0 && covered === 0) this.#close(position);
  }

  /** A stop that rests from before the crash covers what it can; else it is withdrawn first. */
  #coverBy(position: DeskPosition, order: DeskOrder, uncovered: number): void {
    if (order.state !== 'stop-waiting' || isUncertain(order)) return;
    const left = order.units - order.filledUnits;
    if (left > uncovered || position.leaving !== '') return this.#withdraw(order);
    this.#hooks.adopt(position, order);
    this.#tend(position);
  }

  #moveStop(working: WorkingOrder): void {
    const { chase, position } = working;
    if (
      chase.state !== 'resting' ||
      position.leaving !== '' ||
      chase.trigger === position.stop ||
      working.retryAt > this.now
    )
      return;
    const request = chase.advance({ kind: 'protect', time: this.now, trigger: position.stop });
    if (request !== null) this.#hooks.act(working, [request]);
  }

  #close(position: DeskPosition): void {
    if (position.orders.some((order) => !isOver(order)) || !isLedgerComplete(position)) return;
    this.write({ kind: 'closed', time: this.now, position: position.id, gross: paise(grossOf(position)) });
  }
}
