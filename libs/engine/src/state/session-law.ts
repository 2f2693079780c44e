import type { ChargeBreakdown, EpochMs, IstDate, Paise, Side, Underlying } from '@sos/domain';
import type { OptionChoice } from '@sos/gates';
import type { EngineConfig } from '../engine-config.js';
import { FillModel } from '../execution/fill-model.js';
import type { ExecutionParameters } from '../execution/limit-chase/chase-parameters.js';
import type { PriceBounds, PriceProtection } from '../execution/limit-chase/chase-price.js';
import type { ContractTerms, MarketRules } from '../market-rules.js';

import type { EngineState } from './engine-state.js';

interface ExpiryRow {
  readonly expiry: IstDate;
  readonly instant: EpochMs;
  readonly terms: ContractTerms;
  readonly fills: FillModel;
  readonly exitBounds: PriceBounds;
}

interface ChosenExpiry {
  readonly choice: OptionChoice['expiry'];
  readonly expiry: IstDate;
  /** The choice may change after this instant: when the nearest expiry has passed. */
  readonly until: EpochMs;
}

/** The market's law for one underlying on one day, each question asked of the rules once: entries ask the same ones again and again. */
export class SessionLaw {
  readonly open: EpochMs;
  readonly close: EpochMs;
  readonly squareOff: EpochMs;
  readonly date: IstDate;
  readonly strikeStep: number;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
  readonly execution: ExecutionParameters;
  readonly protection: PriceProtection | null;
  readonly #rules: MarketRules;
  readonly #config: EngineConfig;
  readonly #underlying: Underlying;
  readonly #chosen: ChosenExpiry[] = [];
  readonly #expiries: ExpiryRow[] = [];

  /** @throws SOS_DATE_RANGE when nothing is traded on that day */
  constructor({ rules, config }: EngineState, underlying: Underlying, date: IstDate) {
    const { open, close, squareOff } = rules.session(underlying, date);
    this.open = open;
    this.close = close;
    this.squareOff = squareOff;
    this.date = date;
    this.strikeStep = rules.strikeStep(underlying, date);
    this.charge = rules.charges(underlying, date);
    this.execution = rules.execution(underlying, date);
    this.protection = rules.priceProtection(underlying, date);
    this.#rules = rules;
    this.#config = config;
    this.#underlying = underlying;
  }

  /** The expiry that a choice names at an instant of this session. @throws SOS_DATE_RANGE when there is none */
  expiry(choice: OptionChoice['expiry'], at: EpochMs): IstDate {
    for (const row of this.#chosen) if (row.choice === choice && at <= row.until) return row.expiry;
    const expiry = this.#rules.expiry(this.#underlying, at, choice);
    const nearest = choice === 'nearest' ? expiry : this.#rules.expiry(this.#underlying, at, 'nearest');
    this.#chosen.push({ choice, expiry, until: this.#rules.expiryInstant(this.#underlying, nearest) });
    return expiry;
  }

  /** When contracts of an expiry cease to exist. */
  expiryInstant(expiry: IstDate): EpochMs {
    return this.#row(expiry).instant;
  }

  /** Lot, largest order and tick of an expiry's contracts. */
  terms(expiry: IstDate): ContractTerms {
    return this.#row(expiry).terms;
  }

  /** What fills cost in contracts of an expiry. */
  fills(expiry: IstDate): FillModel {
    return this.#row(expiry).fills;
  }

  /** What bounds the prices of exits from an expiry's contracts. */
  exitBounds(expiry: IstDate): PriceBounds {
    return this.#row(expiry).exitBounds;
  }

  #row(expiry: IstDate): ExpiryRow {
    for (const row of this.#expiries) if (row.expiry === expiry) return row;
    const terms = this.#rules.terms(this.#underlying, expiry, this.date);
    const instant = this.#rules.expiryInstant(this.#underlying, expiry);
    const exitBounds: PriceBounds = { tick: terms.tick, protection: this.protection, cap: null };
    const row: ExpiryRow = { expiry, instant, terms, fills: new FillModel(this.#config, terms), exitBounds };
    this.#expiries.push(row);
    return row;
  }
}
