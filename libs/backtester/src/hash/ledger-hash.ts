import { bytesToHex } from '@noble/hashes/utils';
import { sha256 } from '@noble/hashes/sha2';
import { CHARGE_HEADS, type ChargeBreakdown, type FillRecord, type OrderRecord, type TradeRecord } from '@sos/domain';

type Cell = string | number | boolean | null;

// Texts are quoted as JSON, so that no name can imitate a separator; numbers print exactly in JavaScript on every machine.
const line = (kind: string, cells: readonly Cell[]): string => `${kind} ${JSON.stringify(cells)}\n`;
const chargeCells = (c: ChargeBreakdown): Cell[] => [...CHARGE_HEADS.map((head) => c[head]), c.total];

function orderLine(o: OrderRecord): string {
  const what = [
    o.gate,
    o.underlying,
    o.contract,
    o.side,
    o.lots,
    o.units,
    o.limit,
    o.trigger,
    o.attempt,
    o.status,
    o.reason,
  ];
  return line('order', [o.seq, o.orderId, o.time, ...what]);
}

function fillLine(f: FillRecord): string {
  return line('fill', [
    ...[f.seq, f.orderId, f.time, f.contract, f.side, f.units, f.price, f.source],
    ...[f.decisionBid, f.decisionAsk, f.spread, f.attempt],
    ...chargeCells(f.charges),
  ]);
}

function tradeLine(t: TradeRecord): string {
  return line('trade', [
    ...[t.seq, t.gate, t.underlying, t.contract, t.bias, t.regime, t.signalTime, t.entryTime, t.exitTime],
    ...[t.lots, t.units, t.entryPrice, t.exitPrice, t.exitReason, t.ambiguous, t.gross, t.net, t.initialRisk],
    ...[t.worst, t.best, t.entryChases, t.exitChases, t.missedStopCost, ...t.orderIds],
    ...[t.maxAdverse, t.maxFavourable, t.source, ...t.reasons],
    ...chargeCells(t.charges),
  ]);
}

/** The ledger of a run: what `ledgerHash` covers. */
export interface Ledger {
  readonly orders: readonly OrderRecord[];
  readonly fills: readonly FillRecord[];
  readonly trades: readonly TradeRecord[];
}

/** SHA-256 (hex) of orders, fills and trades in a fixed text form: the same whatever the order of an object's keys, on every machine. */
export function ledgerHash({ orders, fills, trades }: Ledger): string {
  const sha = sha256.create();
  for (const order of orders) sha.update(orderLine(order));
  for (const fill of fills) sha.update(fillLine(fill));
  for (const trade of trades) sha.update(tradeLine(trade));
  return bytesToHex(sha.digest());
}
