import { MS_PER_MINUTE, unitsOfLots, type EpochMs, type OptionSeries, type Units } from '@sos/domain';
import { rowObstacle } from '../execution/row-obstacle.js';
import { openingPrice } from '../execution/row-price.js';
import { holdThroughRow } from '../execution/manage-position.js';
import { decide, refuse } from '../ledger/decide.js';
import { recordOrder, type OrderSlip } from '../ledger/record-order.js';
import type { EntryIntent, Position } from '../state/position.js';
import { PriceTrail } from '../state/price-trail.js';
import { removeAt } from '../state/remove-at.js';
import type { Turn } from '../state/turn.js';
import { releaseIntent } from './expire-intents.js';
import { planEntry, type EntryPlan } from './plan-entry.js';

/** The row that fills an entry. */
interface EntryRow {
  readonly series: OptionSeries;
  readonly row: number;
}

/** Tries one waiting entry on one row of its contract. True when the intent is gone: filled, or refused at its price. */
export function enterPosition(turn: Turn, at: number, fill: EntryRow): boolean {
  const intent = turn.book.intents[at];
  if (!intent) return false;
  const obstacle = rowObstacle(intent, fill, turn.state.config);
  if (obstacle === 'early' || obstacle === 'late') return false;
  if (obstacle !== null) {
    intent.obstacle = obstacle;
    return false;
  }
  const plan = planEntry(turn, intent, fill);
  if ('reason' in plan) {
    refuse(turn, intent.gate, { reason: plan.reason, detail: `${intent.contract.id}: ${plan.detail}` });
    releaseIntent(turn, at);
    return true;
  }
  removeAt(turn.book.intents, at);
  const position = bookEntry(turn, { intent, plan, fill });
  // Of a bar everything after its open is lived through; a quote has no after.
  if (fill.series.kind === 'bars') holdThroughRow(turn, position, fill.row);
  return true;
}

interface Entry {
  readonly intent: EntryIntent;
  readonly plan: EntryPlan;
  readonly fill: EntryRow;
}

/** Order, fill, decision and the position itself; the watch passes from the intent to the position. */
function bookEntry(turn: Turn, entry: Entry): Position {
  const { state, book } = turn;
  const { intent, plan } = entry;
  const units = unitsOfLots(plan.lots, plan.terms.lotSize);
  const position = makePosition(turn, entry, units);
  recordEntry(turn, entry, position);
  book.positions.push(position);
  state.day.entries++;
  state.outlay += plan.price * units;
  decide(turn, intent.gate, { kind: 'entered', reason: 'filled', detail: intent.contract.id });
  return position;
}

function recordEntry(turn: Turn, { intent, plan, fill }: Entry, position: Position): void {
  const { orderId, gate, contract } = intent;
  const { lots, units, entryTime } = position;
  const slip: OrderSlip = { orderId, gate, contract, side: 'BUY', lots, units, reason: 'entry' };
  recordOrder(turn, slip, { time: entryTime, status: 'placed' });
  recordOrder(turn, slip, { time: entryTime, status: 'filled' });
  turn.out.fills.push({
    seq: turn.state.nextRecord++,
    orderId,
    time: entryTime,
    contract: contract.id,
    side: 'BUY',
    units,
    price: plan.price,
    charges: position.entryCharges,
    source: fill.series.source,
  });
}

function makePosition({ book }: Turn, { intent, plan, fill }: Entry, units: Units): Position {
  const { series, row } = fill;
  const gate = book.gates[intent.gate];
  const entryTime = series.openTime[row] as EpochMs;
  const byTime = entryTime + (gate?.timeExitMinutes ?? 0) * MS_PER_MINUTE;
  const squareOff = book.session?.squareOff ?? byTime;
  const share = gate?.breakEvenAt ?? null;
  const isTimeFirst = byTime < squareOff;
  return {
    gate: intent.gate,
    contract: intent.contract,
    regime: intent.regime,
    signalTime: intent.decidedAt as EpochMs,
    entryTime,
    entryPaise: plan.price,
    entryCharges: plan.entryCharges,
    lots: plan.lots,
    units,
    initialRisk: plan.initialRisk,
    series,
    target: plan.target / 100,
    indexStop: intent.indexStop,
    breakEvenTrigger:
      share === null ? Number.POSITIVE_INFINITY : (plan.price + share * (plan.target - plan.price)) / 100,
    charge: plan.charge,
    fills: plan.fills,
    stop: plan.stop / 100,
    stopMoved: false,
    exitAt: isTimeFirst ? byTime : squareOff,
    exitReason: isTimeFirst ? 'time' : 'square-off',
    exitDetail: isTimeFirst ? `after ${gate?.timeExitMinutes ?? 0} minutes` : 'before the close',
    trail: new PriceTrail(openingPrice(series, row), entryTime, row),
    missingMinutes: 0,
    open: true,
  };
}
