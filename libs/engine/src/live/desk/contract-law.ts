import { istDateOf, units, type EpochMs, type OptionContract, type Units } from '@sos/domain';
import { defaultRulebook, type Rulebook } from '@sos/rulebook';
import type { ChaseParameters } from '../../execution/limit-chase/chase-parameters.js';
import type { PriceProtection } from '../../execution/limit-chase/chase-price.js';
import type { ContractTerms, MarketRules } from '../../market-rules.js';

/** What orders in one option obey on one day. */
export interface ContractLaw {
  readonly lot: ContractTerms['lotSize'];
  /** Largest order in units, whole lots. */
  readonly maxUnits: Units;
  readonly tick: ContractTerms['tick'];
  readonly protection: PriceProtection | null;
  readonly entry: ChaseParameters;
  readonly exit: ChaseParameters;
  /** Whether limit and stop-limit orders may be sent by a program that day. */
  readonly isOrderTypeAllowed: boolean;
}

/** The law of a contract at an instant. */
export type LawOf = (contract: OptionContract, at: EpochMs) => ContractLaw;

/** The dated rulebook as the law of the live desk. */
export function lawOfRules(rules: MarketRules, book: Rulebook = defaultRulebook()): LawOf {
  return ({ underlying, expiry }, at) => {
    const date = istDateOf(at);
    const { lotSize, maxLotsPerOrder, tick } = rules.terms(underlying, expiry, date);
    const { entry, exit } = rules.execution(underlying, date);
    const { types } = book.allowedOrderTypes(date);
    return {
      lot: lotSize,
      maxUnits: units(maxLotsPerOrder * lotSize),
      tick,
      protection: rules.priceProtection(underlying, date),
      entry,
      exit,
      isOrderTypeAllowed: types.includes('LIMIT') && types.includes('SL-LIMIT'),
    };
  };
}
