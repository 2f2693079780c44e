import {
  MS_PER_MINUTE,
  paise,
  unitsOfLots,
  type ChargeBreakdown,
  type Paise,
  type Side,
  type Units,
} from '@sos/domain';
import { calendarYears } from '@sos/math-engine';
import type { GateExecution } from '@sos/gates';
import type { FillModel, RowRef } from '../execution/fill-model.js';
import type { ChaseParameters } from '../execution/limit-chase/chase-parameters.js';
import { chasePrice, type PriceBounds } from '../execution/limit-chase/chase-price.js';
import type { MarketQuote } from '../execution/limit-chase/market-quote.js';
import { openingPrice } from '../execution/row-price.js';
import type { ContractTerms } from '../market-rules.js';
import { quoteAt } from '../simulation/simulated-order.js';
import type { EntryIntent } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { forwardRatio } from './forward-at-fill.js';
import { premiumLevels } from './premium-levels.js';
import { sizePosition } from './size-position.js';

/** An entry with everything decided that its first price decides. */
export interface EntryPlan {
  /** The market at the beginning, and the first limit price that follows from it. */
  readonly quote: MarketQuote;
  readonly limit: Paise;
  readonly stop: Paise;
  readonly target: Paise;
  readonly units: Units;
  readonly parameters: ChaseParameters;
  readonly exit: ChaseParameters;
  readonly bounds: PriceBounds;
  readonly exitBounds: PriceBounds;
  readonly terms: ContractTerms;
  readonly fills: FillModel;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
}

/** Why an entry is refused at its price. */
export interface EntryRefusal {
  readonly reason: 'no-session' | 'expired' | 'near-expiry' | 'iv-unknown' | 'levels' | 'risk-budget' | 'capital';
  readonly detail: string;
}

/** Prices, protects and sizes an entry at one row; or says why not. */
export function planEntry(turn: Turn, intent: EntryIntent, at: RowRef): EntryPlan | EntryRefusal {
  const { state, book } = turn;
  const { config } = state;
  const { session } = book;
  const { series, row } = at;
  if (!session) return { reason: 'no-session', detail: 'no session is open' };
  const { contract } = intent;
  const terms = session.terms(contract.expiry);
  const years = calendarYears(series.openTime[row] as number, session.expiryInstant(contract.expiry));
  if (!(years > 0)) return { reason: 'expired', detail: `${contract.id} has expired` };
  const minutes = (session.expiryInstant(contract.expiry) - (series.openTime[row] as number)) / MS_PER_MINUTE;
  if (minutes < session.execution.noEntryBeforeExpiryMinutes)
    return { reason: 'near-expiry', detail: `${contract.id} expires in ${Math.floor(minutes)} minutes` };
  const market = openingPrice(series, row);
  const ratio = forwardRatio(turn, contract, years);
  const levels = premiumLevels({
    contract,
    price: market,
    forward: book.spot * ratio,
    forwardAtStop: intent.indexStop * ratio,
    forwardAtTarget: intent.indexTarget * ratio,
    years,
    rate: config.rate,
    tick: terms.tick,
  });
  if (levels.stop === null) return levels;
  const fills = session.fills(contract.expiry);
  const gate = book.gates[intent.gate]?.execution;
  const half = fills.halfSpread(at, market, book.spot);
  const { stop, target } = levels;
  const parameters = overridden(session.execution.entry, gate?.entry);
  // Whatever the market does, nobody pays the target to reach it.
  const cap = paise(Math.min(collarOf(market, parameters, terms.tick), target - terms.tick));
  const bounds: PriceBounds = { tick: terms.tick, protection: session.protection, cap };
  const expected = fills.buy(market, half);
  if (!(stop >= terms.tick && stop < expected && expected < target))
    return { reason: 'levels', detail: `stop ${stop}, entry ${expected}, target ${target} paise` };
  const quote = quoteAt(market, half, series.openTime[row] as number);
  const limit = chasePrice({ side: 'BUY', quote, parameters, bounds, attempt: 0, previous: 0 }) ?? expected;
  const { charge } = session;
  const stopFill = fills.sell(stop / 100, half);
  const size = sizePosition(state, { terms, entry: limit, stopFill, multiplier: intent.sizeMultiplier, charge });
  if (size.lots === null) return size;
  const units = unitsOfLots(size.lots, terms.lotSize);
  const exit = overridden(session.execution.exit, gate?.exit);
  const exitBounds = session.exitBounds(contract.expiry);
  return { quote, limit, stop, target, units, parameters, exit, bounds, exitBounds, terms, fills, charge };
}

/** The highest price that the collar of the entry allows, from the market at its beginning. */
function collarOf(market: number, { collarShare }: ChaseParameters, tick: Paise): number {
  return Math.floor((market * (1 + collarShare) * 100) / tick + 1e-6) * tick;
}

/** The day's parameters with those that the gate sets itself. */
function overridden(
  defaults: ChaseParameters,
  own: GateExecution['entry'] | GateExecution['exit'] | undefined,
): ChaseParameters {
  return own === undefined ? defaults : { ...defaults, ...own };
}
