import { paise, type ChargeBreakdown, type EpochMs, type ExitReason, type Paise } from '@sos/domain';
import { addCharges } from '../ledger/add-charges.js';
import { decide } from '../ledger/decide.js';
import { recordOrder, type OrderSlip } from '../ledger/record-order.js';
import { noteClosedTrade } from '../protections/day-totals.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { releaseWatch } from './watch.js';

/** How a position ended. */
export interface Exit {
  readonly time: number;
  readonly orderedAt: number;
  readonly price: Paise;
  /** The market price behind the fill, rupees: the last one the position lived through. */
  readonly mark: number;
  readonly reason: ExitReason;
  readonly detail: string;
  /** What a target reached first would have paid, when the order of stop and target is unknowable; else null. */
  readonly bestPrice: Paise | null;
}

/** Sells the whole position: order, fill, trade, decision, and everything that was bound is free again. */
export function closePosition(turn: Turn, position: Position, exit: Exit): void {
  const { state, out } = turn;
  const { gate, contract, lots, units } = position;
  const premium = paise(exit.price * units);
  const charges = position.charge('SELL', premium);
  const orderId = state.nextOrder++;
  const slip: OrderSlip = { orderId, gate, contract, side: 'SELL', lots, units, reason: exit.reason };
  recordOrder(turn, slip, { time: Math.min(exit.orderedAt, exit.time), status: 'placed' });
  recordOrder(turn, slip, { time: exit.time, status: 'filled' });
  out.fills.push({
    seq: state.nextRecord++,
    orderId,
    time: exit.time as EpochMs,
    contract: contract.id,
    side: 'SELL',
    units,
    price: exit.price,
    charges,
    source: position.series.source,
  });
  position.open = false;
  const net = recordTrade(turn, position, { exit, exitCharges: charges });
  state.outlay -= position.entryPaise * units;
  state.realised += net;
  turn.book.busy[gate] = 0;
  noteClosedTrade(turn, gate, net);
  releaseWatch(turn, contract);
  const waited = position.missingMinutes > 0 ? `, ${position.missingMinutes} minutes without a price` : '';
  decide(turn, gate, { kind: 'exited', reason: exit.reason, detail: `${contract.id} ${exit.detail}${waited}` });
}

interface ChargedExit {
  readonly exit: Exit;
  readonly exitCharges: ChargeBreakdown;
}

function recordTrade(turn: Turn, position: Position, { exit, exitCharges }: ChargedExit): Paise {
  const { state, book, out } = turn;
  const { units, entryPaise } = position;
  const charges = addCharges(position.entryCharges, exitCharges);
  const gross = paise((exit.price - entryPaise) * units);
  const net = paise(gross - charges.total);
  if (exit.bestPrice !== null) noteAmbiguity(turn, net, bestNet(position, exit.bestPrice));
  const gate = book.gates[position.gate];
  out.trades.push({
    seq: state.nextRecord++,
    gate: gate?.id ?? `#${position.gate}`,
    underlying: book.underlying,
    contract: position.contract.id,
    bias: gate?.bias ?? (position.contract.right === 'CE' ? 'bullish' : 'bearish'),
    regime: position.regime,
    signalTime: position.signalTime,
    entryTime: position.entryTime,
    exitTime: exit.time as EpochMs,
    lots: position.lots,
    units,
    entryPrice: entryPaise,
    exitPrice: exit.price,
    exitReason: exit.reason,
    ambiguous: exit.bestPrice !== null,
    gross,
    charges,
    net,
    initialRisk: position.initialRisk,
    maxAdverse: paise(Math.min(0, gross, openResult(position, position.trail.low), openResult(position, exit.mark))),
    maxFavourable: paise(
      Math.max(0, gross, openResult(position, position.trail.high), openResult(position, exit.mark)),
    ),
    reasons: book.signals.conditionsOf(position.gate),
    source: position.series.source,
  });
  return net;
}

function openResult(position: Position, price: number): number {
  return (Math.round(price * 100) - position.entryPaise) * position.units;
}

/** Net result had the target come first. */
function bestNet({ units, entryPaise, entryCharges, charge }: Position, price: Paise): number {
  const premium = paise(price * units);
  return premium - entryPaise * units - entryCharges.total - charge('SELL', premium).total;
}

function noteAmbiguity({ state }: Turn, assumed: number, best: number): void {
  const { counts } = state;
  counts.ambiguousTrades++;
  counts.ambiguousAssumed += assumed;
  counts.ambiguousWorst += assumed;
  counts.ambiguousBest += best;
}
