import {
  AppError,
  assertNever,
  paise,
  units,
  type EpochMs,
  type OptionContract,
  type Paise,
  type Side,
  type Units,
} from '@sos/domain';
import type { OrderStatus, OrderTag } from '../broker/broker-words.js';
import { isFinal } from '../broker/broker-words.js';
import type { AnswerRecord, DeskRecord, IntentRecord, OrderNewsRecord, PositionRecord } from './desk-record.js';

/** One of our orders. `asked`: durable, no answer yet; `absent`: it never arrived. */
export interface DeskOrder {
  readonly tag: OrderTag;
  readonly position: string;
  readonly purpose: 'entry' | 'exit';
  readonly side: Side;
  readonly units: Units;
  readonly askedAt: EpochMs;
  /** What we asked for last. */
  limit: Paise;
  trigger: Paise | null;
  orderId: string;
  state: 'asked' | 'outcome-unknown' | 'absent' | OrderStatus;
  filledUnits: number;
  averagePrice: number;
  /** From executions: equal to `filledUnits` once all are known. */
  tradedUnits: number;
  tradedValue: number;
  readonly trades: Set<string>;
}

/** What a gate holds, or wants to hold, of one contract. */
export interface DeskPosition {
  readonly id: string;
  readonly gate: string;
  readonly contract: OptionContract;
  readonly lot: Units;
  readonly units: Units;
  readonly openedAt: EpochMs;
  stop: Paise;
  /** Why it is being left; empty while it is kept. */
  leaving: string;
  isClosed: boolean;
  /** What it counted for when it was closed. */
  closedGross: number;
  readonly orders: DeskOrder[];
}

/** Everything that must survive a crash: the fold of the journal. `applyRecord` is the only writer. */
export interface DeskState {
  records: number;
  readonly orders: Map<string, DeskOrder>;
  readonly byOrderId: Map<string, DeskOrder>;
  readonly positions: Map<string, DeskPosition>;
  /** Contract → what could not be explained. */
  readonly quarantined: Map<string, string>;
  /** Why the kill switch was thrown; null while it is not. */
  killed: string | null;
  vetoes: number;
  /** Σ gross of the positions closed today. */
  realised: number;
  /** When positions were opened, and when stops closed some: epoch ms, ascending. */
  readonly entries: number[];
  readonly stopped: number[];
}

/** The state before the first record. */
export function makeDeskState(): DeskState {
  return {
    records: 0,
    orders: new Map(),
    byOrderId: new Map(),
    positions: new Map(),
    quarantined: new Map(),
    killed: null,
    vetoes: 0,
    realised: 0,
    entries: [],
    stopped: [],
  };
}

/** True when nothing more is expected of an order. */
export function isOver(order: DeskOrder): boolean {
  return (
    order.state === 'absent' || (order.state !== 'asked' && order.state !== 'outcome-unknown' && isFinal(order.state))
  );
}

/** True while it is not known whether an order stands at the broker. */
export function isUncertain(order: DeskOrder): boolean {
  return order.state === 'asked' || order.state === 'outcome-unknown';
}

/** Units of a position that its orders have bought less those they have sold. */
export function heldUnits(position: DeskPosition): number {
  let held = 0;
  for (const order of position.orders) held += order.side === 'BUY' ? order.filledUnits : -order.filledUnits;
  return held;
}

/** True when every filled unit of a position is backed by known executions. */
export function isLedgerComplete(position: DeskPosition): boolean {
  return position.orders.every((order) => order.tradedUnits === order.filledUnits);
}

/** What the executions of a position brought less what they cost. */
export function grossOf(position: DeskPosition): Paise {
  let gross = 0;
  for (const order of position.orders) gross += order.side === 'SELL' ? order.tradedValue : -order.tradedValue;
  return paise(gross);
}

/** Applies one record. @throws SOS_INVARIANT for a record about an order or a position that no record before it opened */
export function applyRecord(state: DeskState, record: DeskRecord): void {
  state.records++;
  switch (record.kind) {
    case 'position':
      return openPosition(state, record);
    case 'intent':
      return openOrder(state, record);
    case 'answer':
      return answerOrder(state, record);
    case 'order':
      return updateOrder(state, record);
    default:
      return applyNews(state, record);
  }
}

type News = Exclude<DeskRecord, PositionRecord | IntentRecord | AnswerRecord | OrderNewsRecord>;

function applyNews(state: DeskState, record: News): void {
  switch (record.kind) {
    case 'change': {
      const order = orderOf(state, record.tag);
      if (record.limit !== null) order.limit = record.limit;
      if (record.limit !== null) order.trigger = record.trigger;
      return;
    }
    case 'trade': {
      const order = orderOf(state, record.tag);
      order.trades.add(record.tradeId);
      order.tradedUnits += record.units;
      order.tradedValue += record.units * record.price;
      return;
    }
    case 'stop':
      positionOf(state, record.position).stop = record.trigger;
      return;
    case 'leave':
      positionOf(state, record.position).leaving = record.reason;
      return;
    case 'closed':
      return closePosition(state, record);
    default:
      return applyGuard(state, record);
  }
}

function applyGuard(
  state: DeskState,
  record: Extract<News, { kind: 'veto' | 'kill' | 'release' | 'quarantine' | 'explained' | 'day' | 'phase' }>,
): void {
  switch (record.kind) {
    case 'veto':
      state.vetoes++;
      return;
    case 'kill':
      state.killed = record.reason;
      return;
    case 'release':
      state.killed = null;
      return;
    case 'quarantine':
      state.quarantined.set(record.contract, record.detail);
      return;
    case 'explained':
      state.quarantined.delete(record.contract);
      return;
    case 'day':
    case 'phase':
      return;
    default:
      return assertNever(record, 'desk record');
  }
}

function openPosition(state: DeskState, { id, gate, contract, lot, units: wanted, stop, time }: PositionRecord): void {
  const position = {
    id,
    gate,
    contract,
    lot,
    units: wanted,
    openedAt: time,
    stop,
    leaving: '',
    isClosed: false,
    closedGross: 0,
    orders: [],
  };
  state.positions.set(id, position);
  state.entries.push(time);
}

function openOrder(
  state: DeskState,
  { tag, position, purpose, side, units: wanted, limit, trigger, time }: IntentRecord,
): void {
  if (state.orders.has(tag))
    throw new AppError('SOS_INVARIANT', `expected a new tag, found ${tag} in the journal already`);
  const order: DeskOrder = {
    tag,
    position,
    purpose,
    side,
    units: wanted,
    askedAt: time,
    limit,
    trigger,
    orderId: '',
    state: 'asked',
    filledUnits: 0,
    averagePrice: 0,
    tradedUnits: 0,
    tradedValue: 0,
    trades: new Set(),
  };
  state.orders.set(tag, order);
  positionOf(state, position).orders.push(order);
}

function answerOrder(state: DeskState, { tag, answer, orderId }: AnswerRecord): void {
  const order = orderOf(state, tag);
  if (answer === 'accepted') {
    name(state, order, orderId);
    if (isUncertain(order)) order.state = 'pending';
  } else if (answer === 'refused') order.state = 'rejected';
  else order.state = answer === 'unknown' ? 'outcome-unknown' : 'absent';
}

function updateOrder(
  state: DeskState,
  { tag, orderId, status, filledUnits, averagePrice, trigger }: OrderNewsRecord,
): void {
  const order = orderOf(state, tag);
  if (filledUnits > order.filledUnits) reopen(state, order);
  name(state, order, orderId);
  order.state = status;
  order.filledUnits = units(filledUnits);
  order.averagePrice = averagePrice;
  order.trigger = trigger;
}

/** A fill after the end: the order that was given up for lost had arrived. */
function reopen(state: DeskState, order: DeskOrder): void {
  const position = positionOf(state, order.position);
  if (!position.isClosed) return;
  position.isClosed = false;
  state.realised -= position.closedGross;
}

function name(state: DeskState, order: DeskOrder, orderId: string): void {
  order.orderId = orderId;
  state.byOrderId.set(orderId, order);
}

function closePosition(state: DeskState, { position: id, gross, time }: Extract<News, { kind: 'closed' }>): void {
  const position = positionOf(state, id);
  position.isClosed = true;
  position.closedGross = gross;
  state.realised += gross;
  if (position.leaving === 'stop') state.stopped.push(time);
}

function orderOf(state: DeskState, tag: string): DeskOrder {
  const order = state.orders.get(tag);
  if (order === undefined) throw new AppError('SOS_INVARIANT', `expected an order of the journal, found tag ${tag}`);
  return order;
}

function positionOf(state: DeskState, id: string): DeskPosition {
  const position = state.positions.get(id);
  if (position === undefined) throw new AppError('SOS_INVARIANT', `expected a position of the journal, found ${id}`);
  return position;
}
