import { type ChargeBreakdown, type Lots, type OptionSeries, type Paise, type Side } from '@sos/domain';
import { calendarYears } from '@sos/math-engine';
import type { FillModel } from '../execution/fill-model.js';
import { openingPrice } from '../execution/row-price.js';
import type { ContractTerms } from '../market-rules.js';
import type { EntryIntent } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { forwardRatio } from './forward-at-fill.js';
import { premiumLevels } from './premium-levels.js';
import { sizePosition } from './size-position.js';

/** An entry with everything decided that its first price decides. */
export interface EntryPlan {
  readonly price: Paise;
  readonly stop: Paise;
  readonly target: Paise;
  readonly lots: Lots;
  readonly initialRisk: Paise;
  readonly entryCharges: ChargeBreakdown;
  readonly terms: ContractTerms;
  readonly fills: FillModel;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
}

/** Why an entry is refused at its price. */
export interface EntryRefusal {
  readonly reason: 'no-session' | 'expired' | 'iv-unknown' | 'levels' | 'risk-budget' | 'capital';
  readonly detail: string;
}

/** Prices, protects and sizes an entry at one row; or says why not. */
export function planEntry(
  turn: Turn,
  intent: EntryIntent,
  { series, row }: { readonly series: OptionSeries; readonly row: number },
): EntryPlan | EntryRefusal {
  const { state, book } = turn;
  const { config } = state;
  const { session } = book;
  if (!session) return { reason: 'no-session', detail: 'no session is open' };
  const { contract } = intent;
  const terms = session.terms(contract.expiry);
  const years = calendarYears(series.openTime[row] as number, session.expiryInstant(contract.expiry));
  if (!(years > 0)) return { reason: 'expired', detail: `${contract.id} has expired` };
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
  const price = fills.buy(series, row, market);
  const { stop, target } = levels;
  if (!(stop >= terms.tick && stop < price && price < target))
    return { reason: 'levels', detail: `stop ${stop}, entry ${price}, target ${target} paise` };
  const { charge } = session;
  const stopFill = fills.sell(series, row, stop / 100);
  const multiplier = intent.sizeMultiplier;
  const size = sizePosition(state, { terms, entry: price, stop, stopFill, multiplier, charge });
  if (size.lots === null) return size;
  const { lots, initialRisk, entryCharges } = size;
  return { price, stop, target, lots, initialRisk, entryCharges, terms, fills, charge };
}
