import type { FillRecord, OrderRecord, TradeRecord } from '@sos/domain';
import { fingerprint } from '../hash/fingerprint.js';
import type { Ledger } from '../hash/ledger-hash.js';

/** A list of numbers that grows and is used again: a sweep hashes half a million days. */
class NumberList {
  #values = new Float64Array(1024);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  number(value: number | null): void {
    if (this.#length === this.#values.length) {
      const larger = new Float64Array(2 * this.#values.length);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value ?? Number.NaN;
  }

  // The length goes first, so that two texts one after the other cannot be taken for two others.
  text(value: string): void {
    this.number(value.length);
    for (let i = 0; i < value.length; i++) this.number(value.charCodeAt(i));
  }

  fingerprint(): string {
    return fingerprint(this.#values.subarray(0, this.#length));
  }
}

const list = new NumberList();

function addOrder(o: OrderRecord): void {
  for (const value of [o.orderId, o.time, o.lots, o.units, o.limit, o.trigger, o.attempt]) list.number(value);
  for (const value of [o.contract, o.side, o.status, o.reason]) list.text(value);
}

function addFill(f: FillRecord): void {
  for (const value of [f.orderId, f.time, f.units, f.price, f.spread, f.attempt, f.charges.total]) list.number(value);
  for (const value of [f.contract, f.side, f.source]) list.text(value);
}

function addTrade(t: TradeRecord): void {
  for (const value of [t.signalTime, t.entryTime, t.exitTime, t.units, t.entryPrice, t.exitPrice]) list.number(value);
  for (const value of [t.gross, t.net, t.charges.total, t.initialRisk, t.worst, t.best]) list.number(value);
  for (const value of [t.maxAdverse, t.maxFavourable, t.missedStopCost, t.ambiguous ? 1 : 0]) list.number(value);
  for (const value of [t.contract, t.bias, t.regime, t.exitReason, t.source]) list.text(value);
}

/** 128-bit fingerprint of what was ordered, filled and earned, without record numbers: the numbering of a run depends on which decisions it kept. */
export function ledgerFingerprint({ orders, fills, trades }: Ledger): string {
  list.clear();
  for (const count of [orders.length, fills.length, trades.length]) list.number(count);
  for (const order of orders) addOrder(order);
  for (const fill of fills) addFill(fill);
  for (const trade of trades) addTrade(trade);
  return list.fingerprint();
}
