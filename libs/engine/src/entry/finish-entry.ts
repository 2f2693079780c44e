import { MS_PER_MINUTE, paise, type EpochMs, type Lots, type Units } from '@sos/domain';
import { chaseCost } from '../execution/chase-cost.js';
import { LimitChase } from '../execution/limit-chase/limit-chase.js';
import { liveThrough } from '../execution/manage-position.js';
import { OrderLedger, type LedgerOptions } from '../execution/order-ledger.js';
import { openingPrice } from '../execution/row-price.js';
import { decide } from '../ledger/decide.js';
import { SimulatedOrder } from '../simulation/simulated-order.js';
import type { EntryIntent, Position, WorkingEntry } from '../state/position.js';
import { PriceTrail } from '../state/price-trail.js';
import { removeAt } from '../state/remove-at.js';
import type { Turn } from '../state/turn.js';
import { dropWorking } from './expire-intents.js';

const EXIT: LedgerOptions = { side: 'SELL', reason: 'stop', orderId: undefined };

/**
 * Turns an entry that is over into a position of what was bought, or into an unfilled entry. True when the intent is gone.
 * @param hasRest the row seen and the turn's span are the bar in which it ended: what comes after the fill is lived through
 */
export function finishEntry(turn: Turn, at: number, hasRest: boolean): boolean {
  const intent = turn.book.intents[at];
  const working = intent?.working;
  if (!intent || !working || !working.order.chase.isOver) return false;
  turn.state.outlay -= working.reserve;
  if (working.ledger.units === 0) {
    dropWorking(turn, at);
    return true;
  }
  removeAt(turn.book.intents, at);
  const position = bookEntry(turn, intent, working);
  if (hasRest) liveOn(turn, position);
  return true;
}

/** Of a bar everything after the fill is lived through; what may lie before it is not. A quote has no after. */
function liveOn(turn: Turn, position: Position): void {
  const { seen, market } = turn;
  const { span } = market;
  const from = position.entry.lastFillAt;
  const { trail } = position;
  seen.from = from;
  seen.open = span.priceAt(from);
  seen.low = span.extremeAfter(from, true);
  seen.high = span.extremeAfter(from, false);
  trail.low = Math.min(seen.open, seen.low);
  trail.high = Math.max(seen.open, trail.high);
  liveThrough(turn, position);
}

/** Decision, counts and the position itself; the watch passes from the intent to the position. */
function bookEntry(turn: Turn, intent: EntryIntent, working: WorkingEntry): Position {
  const { state, book } = turn;
  const { ledger, plan, order } = working;
  const position = makePosition(turn, intent, working);
  book.positions.push(position);
  state.day.entries++;
  state.outlay += ledger.value;
  const isPartial = ledger.units < plan.units;
  if (isPartial) state.counts.partialEntries++;
  if (order.chase.attempt > 0) state.counts.chasedEntries++;
  state.counts.chaseCost += chaseCost(ledger, 'BUY');
  const part = isPartial ? `, ${ledger.units} of ${plan.units} units` : '';
  decide(turn, intent.gate, {
    kind: 'entered',
    reason: isPartial ? 'partial' : 'filled',
    detail: `${intent.contract.id}${part}`,
  });
  return position;
}

/** The order that will close the position. */
function exitOrder({ plan, ledger }: WorkingEntry, exitLedger: OrderLedger): SimulatedOrder {
  const { fills, exit, exitBounds } = plan;
  const units = ledger.units as Units;
  const chase = new LimitChase({ purpose: 'exit', side: 'SELL', units, parameters: exit, bounds: exitBounds });
  return new SimulatedOrder(chase, fills.exchange, exitLedger);
}

function makePosition(turn: Turn, intent: EntryIntent, working: WorkingEntry): Position {
  const { plan, ledger, series, row, openTime } = working;
  const entryTime = Math.ceil(ledger.firstFillAt) as EpochMs;
  const gate = turn.book.gates[intent.gate];
  const share = gate?.breakEvenAt ?? null;
  const price = ledger.meanPrice;
  const held = ledger.units as Units;
  const exitLedger = new OrderLedger(turn, working.slip, EXIT);
  const exit = exitOrder(working, exitLedger);
  // It rests as a stop-limit from the fill on.
  exit.rest(plan.stop, ledger.lastFillAt);
  const due = exitDue(turn, intent, openTime);
  return {
    gate: intent.gate,
    contract: intent.contract,
    regime: intent.regime,
    signalTime: intent.decidedAt as EpochMs,
    entryTime,
    entryValue: ledger.value,
    entryPaise: price,
    entryCharges: ledger.charges,
    lots: Math.round(held / plan.terms.lotSize) as Lots,
    units: held,
    initialRisk: initialRisk(working),
    series,
    row,
    target: plan.target / 100,
    indexStop: intent.indexStop,
    breakEvenTrigger: share === null ? Number.POSITIVE_INFINITY : (price + share * (plan.target - price)) / 100,
    charge: plan.charge,
    fills: plan.fills,
    entry: ledger,
    exit,
    exitLedger,
    leaving: false,
    bestPrice: null,
    suspect: Number.NaN,
    stop: plan.stop / 100,
    stopMoved: false,
    exitAt: due.exitAt,
    exitReason: due.exitReason,
    exitDetail: due.exitDetail,
    trail: new PriceTrail(openingPrice(series, row), Math.min(ledger.lastFillAt, series.time[row] as number), row),
    missingMinutes: 0,
    open: true,
  };
}

/** The gate's minutes count from the row that began the entry, so that the exit is due at a row as well. */
function exitDue({ book }: Turn, { gate: index }: EntryIntent, from: number) {
  const minutes = book.gates[index]?.timeExitMinutes ?? 0;
  const byTime = from + minutes * MS_PER_MINUTE;
  const squareOff = book.session?.squareOff ?? byTime;
  const isTimeFirst = byTime < squareOff;
  return {
    exitAt: isTimeFirst ? byTime : squareOff,
    exitReason: isTimeFirst ? ('time' as const) : ('square-off' as const),
    exitDetail: isTimeFirst ? `after ${minutes} minutes` : 'before the close',
  };
}

/** What the stop costs with what was really paid, both charges included; never less than the charges. */
function initialRisk({ plan, ledger }: WorkingEntry) {
  const premium = paise(plan.stop * ledger.units);
  const costs = ledger.charges.total + plan.charge('SELL', premium).total;
  return paise(Math.max(0, ledger.value - premium) + costs);
}
