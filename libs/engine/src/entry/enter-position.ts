import { paise } from '@sos/domain';
import { contractPremium } from './contract-premium.js';
import { LimitChase, type ChaseOrder } from '../execution/limit-chase/limit-chase.js';
import { bookOfRow, marketOf, standingQuote, walkOfRow } from '../execution/row-market.js';
import type { RowRef } from '../execution/fill-model.js';
import { OrderLedger, type LedgerSlip } from '../execution/order-ledger.js';
import { rowObstacle } from '../execution/row-obstacle.js';
import { openingPrice } from '../execution/row-price.js';
import { refuse } from '../ledger/decide.js';
import { SimulatedOrder } from '../simulation/simulated-order.js';
import type { EntryIntent, WorkingEntry } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { finishEntry } from './finish-entry.js';
import { releaseIntent } from './expire-intents.js';
import { planEntry, type EntryPlan } from './plan-entry.js';

/** Shows one waiting or working entry one row of its contract. True when the intent is gone: bought, given up, or refused at its price. */
export function enterPosition(turn: Turn, at: number, fill: RowRef): boolean {
  const intent = turn.book.intents[at];
  if (!intent) return false;
  if (intent.working) return workOn(turn, at, fill);
  const known = contractPremium(turn.book, intent.contract);
  const obstacle = rowObstacle(intent, fill, { config: turn.state.config, known });
  if (obstacle === 'early' || obstacle === 'late') return false;
  if (obstacle !== null) {
    noteObstacle(turn, intent, obstacle);
    return false;
  }
  const plan = planEntry(turn, intent, fill);
  if ('reason' in plan) {
    refuse(turn, intent.gate, { reason: plan.reason, detail: `${intent.contract.id}: ${plan.detail}` });
    releaseIntent(turn, at);
    return true;
  }
  intent.working = beginEntry(turn, intent, { plan, fill });
  turn.state.outlay += intent.working.reserve;
  return play(turn, at, fill);
}

function noteObstacle({ state }: Turn, intent: EntryIntent, obstacle: string): void {
  intent.obstacle = obstacle;
  if (obstacle === 'crossed') state.counts.crossedQuotes++;
  else if (obstacle === 'stale') state.counts.staleQuotes++;
  else if (obstacle === 'freak-print') state.counts.freakPrints++;
}

/** The order's first price comes from the market of the row's open. */
function beginEntry(
  turn: Turn,
  { gate, orderId, contract }: EntryIntent,
  { plan, fill }: { readonly plan: EntryPlan; readonly fill: RowRef },
): WorkingEntry {
  const { series, row } = fill;
  const { fills, terms, charge, units, parameters, bounds } = plan;
  const spec: ChaseOrder = { purpose: 'entry', side: 'BUY', units, parameters, bounds };
  const { source } = series;
  const slip: LedgerSlip = { gate, contract, lot: terms.lotSize, maxUnits: fills.maxUnits, source, charge };
  const ledger = new OrderLedger(turn, slip, { side: 'BUY', reason: 'entry', orderId });
  const order = new SimulatedOrder(new LimitChase(spec), fills.exchange, ledger);
  const openTime = series.openTime[row] as number;
  const quote = series.kind === 'quotes' ? bookOfRow(turn, fill, fills) : plan.quote;
  ledger.decisionBid = quote.bid;
  ledger.decisionAsk = quote.ask;
  order.show(quote);
  const until = openTime + parameters.intervalMs * (parameters.maxChase + 1);
  return { plan, order, slip, ledger, series, reserve: paise(plan.limit * units), until, openTime, row };
}

/** The next row of an entry at work: what the last quote still gave, then the new prices. */
function workOn(turn: Turn, at: number, fill: RowRef): boolean {
  const intent = turn.book.intents[at];
  const working = intent?.working;
  if (!intent || !working) return false;
  const openTime = fill.series.openTime[fill.row] as number;
  if (openTime > working.until) return giveUp(turn, at);
  const known = openingPrice(working.series, working.row);
  const obstacle = rowObstacle({ ...intent, lastOpen: Number.POSITIVE_INFINITY }, fill, {
    config: turn.state.config,
    known,
  });
  if (obstacle !== null) {
    if (obstacle !== 'early') noteObstacle(turn, intent, obstacle);
    return false;
  }
  if (fill.series.kind === 'quotes' && playStanding(turn, at, openTime)) return true;
  working.row = fill.row;
  working.order.show(bookOfRow(turn, fill, working.plan.fills));
  return play(turn, at, fill);
}

function giveUp(turn: Turn, at: number): boolean {
  const working = turn.book.intents[at]?.working;
  if (!working) return false;
  if (playStanding(turn, at, working.until)) return true;
  working.order.withdraw(Math.max(working.until, working.order.clock), 'max-chase');
  return finishEntry(turn, at, false);
}

/** Plays an entry at work against its last quote until an instant. True when it is over and gone. */
export function playStanding(turn: Turn, at: number, until: number): boolean {
  const working = turn.book.intents[at]?.working;
  if (!working || working.series.kind !== 'quotes') return false;
  const { series, row, plan, order } = working;
  const from = { series, row };
  if (!(until > (series.openTime[row] as number))) return false;
  standingQuote(turn, from);
  order.play(marketOf(turn, from, plan.fills), until);
  return finishEntry(turn, at, false);
}

function play(turn: Turn, at: number, fill: RowRef): boolean {
  const working = turn.book.intents[at]?.working;
  if (!working) return false;
  const { series } = fill;
  seeRow(turn, fill);
  walkOfRow(turn, fill, true);
  working.order.play(marketOf(turn, fill, working.plan.fills), turn.seen.time);
  return finishEntry(turn, at, series.kind === 'bars');
}

/** An unknown extreme is no extreme: then the open and the close bound the row. */
function seeRow({ seen }: Turn, { series, row }: RowRef): void {
  const open = openingPrice(series, row);
  const isQuote = series.kind === 'quotes';
  const close = isQuote ? open : (series.close[row] as number);
  const last = close > 0 && close < Number.POSITIVE_INFINITY ? close : open;
  const top = Math.max(open, last);
  const bottom = Math.min(open, last);
  const high = isQuote ? open : (series.high[row] as number);
  const low = isQuote ? open : (series.low[row] as number);
  seen.row = row;
  seen.openTime = series.openTime[row] as number;
  seen.time = series.time[row] as number;
  seen.from = seen.openTime;
  seen.open = open;
  seen.high = high >= top && high < Number.POSITIVE_INFINITY ? high : top;
  seen.low = low > 0 && low <= bottom ? low : bottom;
  seen.close = last;
}
