import type { ChargeBreakdown, EpochMs, IstDate, Paise, Side, Underlying, Units } from '@sos/domain';
import type { OptionChoice } from '@sos/gates';
import type { ExecutionParameters } from './execution/limit-chase/chase-parameters.js';
import type { PriceProtection } from './execution/limit-chase/chase-price.js';

/** Hours of one session. `squareOff`: from here on nothing may be held. */
export interface SessionHours {
  readonly open: EpochMs;
  readonly close: EpochMs;
  readonly squareOff: EpochMs;
  /** Minutes really traded; left out where nothing interrupts the session from open to close. */
  readonly minutes?: number;
}

/** What one option contract obeys on one date. */
export interface ContractTerms {
  readonly lotSize: Units;
  /** Most lots of one order (freeze quantity), ≥ 1. */
  readonly maxLotsPerOrder: number;
  readonly tick: Paise;
}

/** The law of the market as the engine asks for it, always for a given date: the dated rulebook, or a test's own. */
export interface MarketRules {
  /** Recorded with a run. */
  readonly version: string;
  /** @throws SOS_DATE_RANGE when nothing is traded on that day */
  session(underlying: Underlying, date: IstDate): SessionHours;
  /** The expiry that a choice names at an instant. */
  expiry(underlying: Underlying, at: EpochMs, choice: OptionChoice['expiry']): IstDate;
  /** When contracts of that expiry cease to exist. */
  expiryInstant(underlying: Underlying, expiry: IstDate): EpochMs;
  /** Index points between neighbouring strikes near the money. */
  strikeStep(underlying: Underlying, date: IstDate): number;
  /** Lot, largest order and tick of a contract on a day. */
  terms(underlying: Underlying, expiry: IstDate, date: IstDate): ContractTerms;
  /** Charges of one executed order of a day, as a function of side and premium (price × units, paise). */
  charges(underlying: Underlying, date: IstDate): (side: Side, premium: Paise) => ChargeBreakdown;
  /** How orders of a day are priced and re-priced where a gate says nothing else. */
  execution(underlying: Underlying, date: IstDate): ExecutionParameters;
  /** How far from the market the exchange takes a limit price; null where no rule is known. */
  priceProtection(underlying: Underlying, date: IstDate): PriceProtection | null;
}
