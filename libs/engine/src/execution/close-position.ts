import { paise, units, type EpochMs, type Paise } from '@sos/domain';
import { addCharges } from '../ledger/add-charges.js';
import { decide } from '../ledger/decide.js';
import { noteClosedTrade } from '../protections/day-totals.js';
import type { EngineState } from '../state/engine-state.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { chaseCost } from './chase-cost.js';
import { releaseWatch } from './watch.js';

/**
 * Books a position whose exit is filled: trade, decision, counts, and everything that was bound is free again.
 * @param mark the market price behind the last fill, rupees: the last one the position lived through
 */
export function closePosition(turn: Turn, position: Position, mark: number): void {
  const { state } = turn;
  const { gate, contract } = position;
  position.open = false;
  const net = recordTrade(turn, position, mark);
  countExit(state, position);
  state.outlay -= position.entryValue;
  state.realised += net;
  turn.book.busy[gate] = 0;
  noteClosedTrade(turn, gate, net);
  releaseWatch(turn, contract);
  const { exitReason, exitDetail, missingMinutes } = position;
  const waited = missingMinutes > 0 ? `, ${missingMinutes} minutes without a price` : '';
  decide(turn, gate, { kind: 'exited', reason: exitReason, detail: `${contract.id} ${exitDetail}${waited}` });
}

/** Sells what is left at a price that is only assumed, because no later one is known. */
export function closeAssumed(
  turn: Turn,
  position: Position,
  at: { readonly time: number; readonly price: Paise; readonly mark: number },
): void {
  const { exitLedger, exit, entryPaise } = position;
  const { time, price, mark } = at;
  exitLedger.reason = position.exitReason;
  exitLedger.decisionBid = Number.NaN;
  exitLedger.decisionAsk = Number.NaN;
  exitLedger.sent({ kind: 'modify', limit: price, trigger: null }, time);
  const left = units(position.units - exitLedger.units);
  const spread = (2 * Math.abs(Math.round(mark * 100) - price)) / 100;
  exitLedger.filled({
    time,
    side: 'SELL',
    units: left,
    price,
    spread: entryPaise > 0 ? spread : 0,
    attempt: exit.chase.attempt,
  });
  closePosition(turn, position, mark);
}

function countExit({ counts }: EngineState, { exit, exitLedger, units: sold }: Position): void {
  const { attempt, missedStop, order } = exit.chase;
  if (attempt > 0) counts.chasedExits++;
  if (attempt > order.parameters.maxChase) counts.escalatedExits++;
  counts.chaseCost += chaseCost(exitLedger, 'SELL');
  if (!missedStop) return;
  counts.missedStops++;
  counts.missedStopCost += missedStopCost(exitLedger, sold);
}

/** What was lost below the limit of the stop, paise. */
function missedStopCost({ stopLimit, value }: Position['exitLedger'], sold: number): Paise {
  return paise(Math.max(0, stopLimit * sold - value));
}

function recordTrade(turn: Turn, position: Position, mark: number): Paise {
  const { state, book, out } = turn;
  const { exitLedger, entry, units: held, trail, exit } = position;
  const charges = addCharges(position.entryCharges, exitLedger.charges);
  const gross = paise(exitLedger.value - position.entryValue);
  const net = paise(gross - charges.total);
  const best = position.bestPrice === null ? net : paise(Math.max(net, bestNet(position, position.bestPrice)));
  if (position.bestPrice !== null) noteAmbiguity(state, net, best);
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
    exitTime: Math.ceil(exitLedger.lastFillAt) as EpochMs,
    lots: position.lots,
    units: held,
    entryPrice: position.entryPaise,
    exitPrice: exitLedger.meanPrice,
    exitReason: position.exitReason,
    ambiguous: position.bestPrice !== null,
    gross,
    charges,
    net,
    worst: net,
    best,
    orderIds: [...entry.orderIds, ...exitLedger.orderIds],
    entryChases: entry.attempt,
    exitChases: exit.chase.attempt,
    missedStopCost: exit.chase.missedStop ? missedStopCost(exitLedger, held) : null,
    initialRisk: position.initialRisk,
    maxAdverse: paise(Math.min(0, gross, openResult(position, trail.low), openResult(position, mark))),
    maxFavourable: paise(Math.max(0, gross, openResult(position, trail.high), openResult(position, mark))),
    reasons: book.signals.conditionsOf(position.gate),
    source: position.series.source,
  });
  return net;
}

function openResult(position: Position, price: number): number {
  return Math.round(price * 100) * position.units - position.entryValue;
}

/** Net result had the target come first. */
function bestNet({ units: held, entryValue, entryCharges, charge }: Position, price: Paise): number {
  const premium = paise(price * held);
  return premium - entryValue - entryCharges.total - charge('SELL', premium).total;
}

function noteAmbiguity({ counts }: EngineState, assumed: number, best: number): void {
  counts.ambiguousTrades++;
  counts.ambiguousAssumed += assumed;
  counts.ambiguousWorst += assumed;
  counts.ambiguousBest += best;
}
