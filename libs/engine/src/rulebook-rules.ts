import { AppError, MS_PER_DAY, paise, type EpochMs, type IstDate, type Underlying } from '@sos/domain';
import type { OptionChoice } from '@sos/gates';
import { defaultRulebook, type BrokeragePlan, type Rulebook, type Session } from '@sos/rulebook';
import type { PriceProtection } from './execution/limit-chase/chase-price.js';
import type { ContractTerms, MarketRules } from './market-rules.js';

type ChargeOf = ReturnType<MarketRules['charges']>;

interface ChosenExpiry {
  readonly expiry: IstDate;
  readonly until: EpochMs;
}

const CHOICES = ['nearest', 'next', 'monthly'] as const satisfies readonly OptionChoice['expiry'][];

/** Answers of the rulebook for one underlying, kept: sweeps ask the same days thousands of times. */
class UnderlyingRules {
  readonly #book: Rulebook;
  readonly #underlying: Underlying;
  readonly #brokeragePlan: BrokeragePlan | undefined;
  readonly #chosen = new Map<number, ChosenExpiry>();
  readonly #terms = new Map<IstDate, Map<IstDate, ContractTerms>>();
  readonly #charges = new Map<IstDate, ChargeOf>();

  constructor(book: Rulebook, underlying: Underlying, brokeragePlan: BrokeragePlan | undefined) {
    this.#book = book;
    this.#underlying = underlying;
    this.#brokeragePlan = brokeragePlan;
  }

  expiry(at: EpochMs, choice: OptionChoice['expiry']): IstDate {
    // No session crosses midnight UTC (05:30 IST), so the UTC day names the trading day.
    const key = Math.floor(at / MS_PER_DAY) * CHOICES.length + CHOICES.indexOf(choice);
    const known = this.#chosen.get(key);
    if (known && at <= known.until) return known.expiry;
    const expiry = this.#book.expiryAt(this.#underlying, at, choice);
    // Every choice may move on when the nearest contract expires.
    const nearest = this.#book.expiryAt(this.#underlying, at, 'nearest');
    this.#chosen.set(key, { expiry, until: this.#book.expiryInstant(nearest) });
    return expiry;
  }

  terms(expiry: IstDate, date: IstDate): ContractTerms {
    let ofDate = this.#terms.get(date);
    if (!ofDate) this.#terms.set(date, (ofDate = new Map()));
    const known = ofDate.get(expiry);
    if (known) return known;
    const terms: ContractTerms = {
      lotSize: this.#book.lotSize(this.#underlying, expiry, date),
      maxLotsPerOrder: this.#book.maxLotsPerOrder(this.#underlying, expiry, date),
      tick: this.#book.tickSize('option', this.#underlying, date),
    };
    ofDate.set(expiry, terms);
    return terms;
  }

  charges(date: IstDate): ChargeOf {
    const known = this.#charges.get(date);
    if (known) return known;
    const exchange = this.#underlying === 'SENSEX' ? 'BSE' : 'NSE';
    const schedule = this.#book.chargeScheduleOn(date, { exchange, brokeragePlan: this.#brokeragePlan });
    const charge: ChargeOf = (side, premium) => schedule.charges(side, premium);
    this.#charges.set(date, charge);
    return charge;
  }
}

/** Whose law a run obeys. */
export interface RulebookRulesOptions {
  /** Default: the rows that ship with this version. */
  readonly rulebook?: Rulebook;
  readonly brokeragePlan?: BrokeragePlan;
}

/**
 * A dated rulebook as the engine's law of the market; rows added to it are obeyed in everything the engine asks, and named in `version`.
 * SENSEX pays BSE charges, every other index NSE charges.
 */
export function rulebookRules(options: RulebookRulesOptions = {}): MarketRules {
  const book = options.rulebook ?? defaultRulebook();
  const kept = new Map<Underlying, UnderlyingRules>();
  const of = (underlying: Underlying): UnderlyingRules => {
    let rules = kept.get(underlying);
    if (!rules) kept.set(underlying, (rules = new UnderlyingRules(book, underlying, options.brokeragePlan)));
    return rules;
  };
  return {
    version: book.version,
    session: (_underlying, date) => tradedSession(book, date),
    expiry: (underlying, at, choice) => of(underlying).expiry(at, choice),
    expiryInstant: (_underlying, expiry) => book.expiryInstant(expiry),
    strikeStep: (underlying, date) => book.strikeStep(underlying, date),
    terms: (underlying, expiry, date) => of(underlying).terms(expiry, date),
    charges: (underlying, date) => of(underlying).charges(date),
    execution: (_underlying, date) => book.executionDefaults(date),
    priceProtection: (underlying, date) => protectionOf(book, underlying, date),
  };
}

function protectionOf(book: Rulebook, underlying: Underlying, date: IstDate): PriceProtection | null {
  const row = book.priceProtection(date, underlying === 'SENSEX' ? 'BSE' : 'NSE');
  return row === null ? null : { share: row.percent / 100, minimum: paise(row.minimumPaise) };
}

function tradedSession(book: Rulebook, date: IstDate): Session {
  const session = book.sessionOf(date);
  if (session) return session;
  throw new AppError('SOS_DATE_RANGE', `expected a trading day, found ${date}, on which the exchange is closed`);
}
