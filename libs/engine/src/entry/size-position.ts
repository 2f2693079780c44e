import { lots, paise, unitsOfLots, type ChargeBreakdown, type Lots, type Paise, type Side } from '@sos/domain';
import type { ContractTerms } from '../market-rules.js';
import { freeCash, type EngineState } from '../state/engine-state.js';

/** What the size of a position follows from. Prices paise a unit. */
export interface SizeQuestion {
  readonly terms: ContractTerms;
  /** The first limit: what the entry costs at most before it is re-priced. */
  readonly entry: Paise;
  /** What the stop is expected to pay after half the spread and slippage. */
  readonly stopFill: Paise;
  /** Regime's multiplier of the risk budget, capped already. */
  readonly multiplier: number;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
}

/** So many lots; or none, with the limit that left no room. */
export type SizeAnswer =
  | { readonly lots: Lots }
  | { readonly lots: null; readonly reason: 'risk-budget' | 'capital'; readonly detail: string };

/**
 * Lots = risk budget × multiplier ÷ (loss of one lot when its stop fills + charges of its round trip), rounded down; then capped by the premium that capital
 * and free cash allow, and by the setting; more than the largest order of that date becomes several orders. One lot's charges hold the per-order brokerage, so that several
 * lots cost less than counted.
 */
export function sizePosition(state: EngineState, question: SizeQuestion): SizeAnswer {
  const { terms, entry, multiplier, charge } = question;
  const { config } = state;
  const unitsPerLot = unitsOfLots(lots(1), terms.lotSize);
  const { total } = charge('BUY', paise(entry * unitsPerLot));
  const lotRisk = lossAt(question.stopFill, unitsPerLot, question) + total;
  const byRisk = Math.floor((config.startingCapital * config.riskShare * multiplier) / lotRisk);
  if (!(byRisk >= 1)) return none('risk-budget', `one lot risks ${lotRisk} paise`);
  const premium = entry * unitsPerLot;
  const money = Math.min(config.startingCapital * config.premiumShare, freeCash(state));
  const byCapital = Math.floor(money / premium);
  if (!(byCapital >= 1)) return none('capital', `one lot costs ${premium} paise`);
  return { lots: lots(Math.min(byRisk, byCapital, config.maxLots)) };
}

function none(reason: 'risk-budget' | 'capital', detail: string): SizeAnswer {
  return { lots: null, reason, detail };
}

/** Loss of selling at a price, charges of the sale included. */
function lossAt(exit: Paise, units: number, { entry, charge }: SizeQuestion): number {
  return (entry - exit) * units + charge('SELL', paise(exit * units)).total;
}
