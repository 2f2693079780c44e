import { assertNever, paise, units, type EpochMs, type Paise, type Units } from '@sos/domain';
import { chasePrice } from '../../execution/limit-chase/chase-price.js';
import type { ChaseRequest } from '../../execution/limit-chase/limit-chase.js';
import type { MarketQuote } from '../../execution/limit-chase/market-quote.js';
import { sliceUnits } from '../../execution/limit-chase/slice-units.js';
import type { BrokerOrder, OrderTag } from '../broker/broker-words.js';
import { isOrderTag, orderTag } from '../broker/order-tag.js';
import { checkEntry, type EntryQuestion, type Veto } from '../risk/check-entry.js';
import type { RiskLimits } from '../risk/risk-limits.js';
import type { ContractLaw, LawOf } from './contract-law.js';
import { DeskKeeper } from './desk-keeper.js';
import type { DeskEffect, DeskEvent, EntryIntent } from './desk-event.js';
import { RELEASE_WORDS } from './desk-event.js';
import { heldUnits, isOver, type DeskOrder, type DeskPosition, type DeskState } from './desk-state.js';
import { WorkingOrder } from './working-order.js';

/** What a live desk obeys. */
export interface LiveDeskOptions {
  readonly limits: RiskLimits;
  readonly lawOf: LawOf;
}

/**
 * The order path: wishes of gates become orders that are neither lost nor doubled. Synchronous and told the time; every effect is data, and nothing leaves before it
 * is in the journal. `start` begins the recovery that every start is: the books of the broker must be explained before the first entry.
 */
export class LiveDesk {
  readonly #options: LiveDeskOptions;
  readonly #keeper: DeskKeeper;
  readonly #quotes = new Map<string, MarketQuote>();
  #funds = Number.NaN;
  #hasLogin = true;

  /** @param state what the journal tells; of an empty journal `makeDeskState()` */
  constructor(state: DeskState, options: LiveDeskOptions) {
    this.#options = options;
    this.#keeper = new DeskKeeper(state, {
      cover: (position, uncovered) => this.#cover(position, uncovered),
      act: (working, requests) => this.#actAll(working, requests),
      adopt: (position, order) => this.#adopt(position, order),
    });
  }

  get state(): DeskState {
    return this.#keeper.state;
  }

  /** `ready`: entries may be made. */
  get phase(): 'recovering' | 'ready' {
    return this.#keeper.phase;
  }

  /** When the desk wants to be told the time next; Infinity: not until something happens. */
  get wakeAt(): number {
    return this.#keeper.wakeAt;
  }

  /** Applies one event; what the shell has to do, in order. @throws SOS_INVARIANT where a law of the core is broken: halt, keep the journal */
  handle(event: DeskEvent): readonly DeskEffect[] {
    const keeper = this.#keeper;
    keeper.begin(event.time);
    this.#apply(event);
    // From a quote nothing follows but what a chase makes of it: full frames of a feed cost next to nothing.
    if (event.kind !== 'quote' || keeper.workings.length > 0) keeper.settle();
    return keeper.take();
  }

  #apply(event: DeskEvent): void {
    const keeper = this.#keeper;
    switch (event.kind) {
      case 'start':
        return keeper.recover();
      case 'clock':
        return this.#onClock();
      case 'enter':
        return this.#enter(event.intent);
      case 'leave':
        return this.#leave(event.position, event.reason);
      case 'protect':
        return this.#protect(event.position, event.stop);
      case 'quote':
        return this.#onQuote(event.contract, event.quote);
      case 'outcome':
        return this.#onOutcome(event);
      case 'news':
        return keeper.observe(event.order);
      case 'found':
        return keeper.found(event.tag, event.orders);
      default:
        return this.#applyDesk(event);
    }
  }

  #applyDesk(event: Extract<DeskEvent, { kind: 'books' | 'session' | 'kill' | 'release' | 'explain' }>): void {
    const keeper = this.#keeper;
    switch (event.kind) {
      case 'books':
        if (event.funds !== null) this.#funds = event.funds;
        return keeper.read(event.books);
      case 'session':
        this.#hasLogin = event.isValid;
        return;
      case 'kill':
        return this.#kill(event.reason);
      case 'release':
        if (event.confirmation === RELEASE_WORDS) keeper.write({ kind: 'release', time: event.time, by: event.by });
        else
          this.#veto('release', {
            reason: 'confirmation',
            detail: `expected the words "${RELEASE_WORDS}", found others`,
          });
        return;
      case 'explain':
        return keeper.write({ kind: 'explained', time: event.time, contract: event.contract, by: event.by });
      default:
        return assertNever(event, 'desk event');
    }
  }

  #veto(intent: string, { reason, detail }: Veto): void {
    this.#keeper.write({ kind: 'veto', time: this.#keeper.now, intent, reason, detail });
  }

  /** Why nothing may be opened at all; null while it may. */
  #blocked(contract: string): Veto | null {
    const { state, phase, lookups } = this.#keeper;
    if (state.killed !== null) return { reason: 'killed', detail: state.killed };
    if (phase !== 'ready') return { reason: 'recovering', detail: 'the books of the broker are not explained yet' };
    if (!this.#hasLogin) return { reason: 'login-needed', detail: 'the broker refuses the login' };
    if (lookups.size > 0) return { reason: 'outcome-unknown', detail: 'it is not known whether an order arrived' };
    const difference = state.quarantined.get(contract);
    return difference === undefined ? null : { reason: 'quarantined', detail: difference };
  }

  #enter(intent: EntryIntent): void {
    const { id, gate, contract, lots, stop } = intent;
    const keeper = this.#keeper;
    if (keeper.state.positions.has(id)) return;
    const law = this.#options.lawOf(contract, keeper.now);
    const veto = this.#blocked(contract.id) ?? this.#checkRisk(intent, law);
    if (veto !== null) return this.#veto(id, veto);
    const wanted = units(lots * law.lot);
    keeper.write({ kind: 'position', time: keeper.now, id, gate, contract, lot: law.lot, units: wanted, stop });
    const position = keeper.state.positions.get(id) as DeskPosition;
    const cap = paise(Math.floor(this.#options.limits.maxPremiumPerOrder / wanted / law.tick) * law.tick);
    for (const slice of sliceUnits(wanted, law.maxUnits)) {
      const working = keeper.add(new WorkingOrder({ position, purpose: 'entry', units: slice, law, cap }));
      this.#show(working);
    }
  }

  #checkRisk({ contract, lots, stop }: EntryIntent, law: ContractLaw): Veto | null {
    if (!law.isOrderTypeAllowed)
      return { reason: 'order-type', detail: 'limit and stop-limit orders are not allowed on that day' };
    const { now, state } = this.#keeper;
    const quote = this.#quotes.get(contract.id) ?? null;
    const bounds = { tick: law.tick, protection: law.protection, cap: null };
    const limit =
      quote === null
        ? null
        : chasePrice({ side: 'BUY', quote, parameters: law.entry, bounds, attempt: 0, previous: 0 });
    const question: EntryQuestion = {
      time: now,
      contract: contract.id,
      lots,
      units: lots * law.lot,
      lot: law.lot,
      limit: limit ?? Number.NaN,
      quote,
      funds: this.#funds,
      quoteOf: (id) => this.#quotes.get(id) ?? null,
    };
    const veto = checkEntry(state, this.#options.limits, question);
    if (veto !== null) return veto;
    return stop >= law.tick && stop < (limit ?? 0)
      ? null
      : { reason: 'stop', detail: `expected a stop below the limit ${limit}, found ${stop}` };
  }

  #show(working: WorkingOrder): void {
    const quote = this.#quotes.get(working.position.contract.id);
    if (quote !== undefined && !working.chase.isOver)
      this.#act(working, working.chase.advance({ kind: 'quote', quote }));
  }

  #onQuote(contract: string, quote: MarketQuote): void {
    const before = this.#quotes.get(contract);
    if (before !== undefined && before.time > quote.time) return;
    this.#quotes.set(contract, quote);
    for (const working of this.#keeper.workingOf(contract)) this.#show(working);
  }

  #onClock(): void {
    const { now, workings } = this.#keeper;
    for (const working of [...workings])
      if (!working.chase.isOver) this.#act(working, working.chase.advance({ kind: 'timer', time: now }));
  }

  #leave(id: string, reason: string): void {
    const keeper = this.#keeper;
    const position = keeper.state.positions.get(id);
    if (position === undefined || position.isClosed) return;
    if (position.leaving === '') keeper.write({ kind: 'leave', time: keeper.now, position: id, reason });
    for (const working of [...keeper.workings]) {
      if (working.position !== position || working.chase.isOver) continue;
      this.#show(working);
      const input =
        working.purpose === 'entry'
          ? ({ kind: 'give-up', time: keeper.now, reason } as const)
          : ({ kind: 'leave', time: keeper.now } as const);
      this.#act(working, working.chase.advance(input));
    }
  }

  #protect(id: string, stop: Paise): void {
    const keeper = this.#keeper;
    const position = keeper.state.positions.get(id);
    if (position === undefined || position.isClosed || position.leaving !== '' || position.stop === stop) return;
    keeper.write({ kind: 'stop', time: keeper.now, position: id, trigger: stop });
    for (const working of [...keeper.workings])
      if (working.position === position && working.purpose === 'exit' && !working.chase.isOver)
        this.#act(working, working.chase.advance({ kind: 'protect', time: keeper.now, trigger: stop }));
  }

  #kill(reason: string): void {
    const keeper = this.#keeper;
    if (keeper.state.killed === null) keeper.write({ kind: 'kill', time: keeper.now, reason });
    for (const position of keeper.state.positions.values()) this.#leave(position.id, 'kill');
  }

  #onOutcome({ message, tag, outcome }: Extract<DeskEvent, { kind: 'outcome' }>): void {
    if (outcome.kind === 'login-needed') this.#hasLogin = false;
    const working = this.#keeper.workingWith(tag);
    if (message === 'place') return this.#keeper.placed(tag, outcome);
    if (outcome.kind === 'final' || outcome.kind === 'unknown') this.#keeper.readSoon();
    if (working === undefined || working.chase.isOver || outcome.kind === 'final') return;
    const { now } = this.#keeper;
    if (outcome.kind !== 'done') {
      working.retryAt = now + 1_000;
      this.#act(working, working.chase.advance({ kind: 'rejected', time: now, reason: outcome.kind }));
    } else if (message === 'modify') this.#act(working, working.chase.advance({ kind: 'accepted', time: now }));
  }

  /** Gives units of a position that no order covers an exit: a resting stop, or when it is to leave an order that leaves. */
  #cover(position: DeskPosition, uncovered: Units): void {
    const keeper = this.#keeper;
    const law = this.#options.lawOf(position.contract, keeper.now);
    for (const slice of sliceUnits(uncovered, law.maxUnits)) {
      const working = keeper.add(new WorkingOrder({ position, purpose: 'exit', units: slice, law, cap: null }));
      if (position.leaving === '')
        this.#act(working, working.chase.advance({ kind: 'protect', time: keeper.now, trigger: position.stop }));
      else {
        this.#show(working);
        this.#act(working, working.chase.advance({ kind: 'leave', time: keeper.now }));
      }
    }
  }

  #adopt(position: DeskPosition, order: DeskOrder): void {
    const keeper = this.#keeper;
    const law = this.#options.lawOf(position.contract, keeper.now);
    const left = units(order.units - order.filledUnits);
    keeper.add(new WorkingOrder({ position, purpose: 'exit', units: left, law, cap: null })).adopt(order, keeper.now);
  }

  #actAll(working: WorkingOrder, requests: readonly ChaseRequest[]): void {
    for (const request of requests) this.#act(working, request);
  }

  #act(working: WorkingOrder, request: ChaseRequest | null): void {
    if (request === null) return;
    if (request.kind === 'place') return this.#place(working, request);
    const keeper = this.#keeper;
    const order = working.tag === null ? undefined : keeper.state.orders.get(working.tag);
    if (order === undefined || isOver(order) || order.orderId === '') return;
    const { tag, orderId } = order;
    const lane = working.purpose;
    if (request.kind === 'cancel') {
      keeper.write({ kind: 'change', time: keeper.now, tag, limit: null, trigger: null });
      keeper.send({ kind: 'cancel', lane: 'exit', tag, orderId });
      return;
    }
    const { limit, trigger } = request;
    keeper.write({ kind: 'change', time: keeper.now, tag, limit, trigger });
    keeper.send({ kind: 'modify', lane, tag, change: { orderId, units: order.units, limit, trigger } });
  }

  #place(working: WorkingOrder, request: Extract<ChaseRequest, { kind: 'place' }>): void {
    const keeper = this.#keeper;
    const { position, purpose } = working;
    const veto = purpose === 'entry' ? this.#blocked(position.contract.id) : null;
    if (veto !== null || !this.#hasLogin) {
      working.failed(keeper.now, veto?.reason ?? 'login-needed');
      if (veto !== null) this.#abandon(working, veto);
      return;
    }
    const intent = `${position.id}/${purpose}/${position.orders.length}`;
    const tag: OrderTag = orderTag(intent);
    const { side, units: count, limit, trigger } = request;
    const time: EpochMs = keeper.now;
    keeper.write({
      kind: 'intent',
      time,
      tag,
      position: position.id,
      purpose,
      contract: position.contract.id,
      side,
      units: count,
      limit,
      trigger,
    });
    working.placed(tag);
    keeper.send({
      kind: 'place',
      lane: purpose,
      slip: { tag, contract: position.contract, side, units: count, limit, trigger },
    });
  }

  #abandon(working: WorkingOrder, veto: Veto): void {
    this.#veto(working.position.id, veto);
    if (!working.chase.isOver) working.chase.advance({ kind: 'give-up', time: this.#keeper.now, reason: veto.reason });
  }
}

/** True for a text that could be one of our orders at a broker. */
export function isOurs(order: BrokerOrder, state: DeskState): boolean {
  return state.orders.has(order.tag) || state.byOrderId.has(order.orderId) || isOrderTag(order.tag);
}

/** Units held over all positions of a desk, by contract. */
export function heldByContract(state: DeskState): Map<string, number> {
  const held = new Map<string, number>();
  for (const position of state.positions.values())
    held.set(position.contract.id, (held.get(position.contract.id) ?? 0) + heldUnits(position));
  return held;
}
