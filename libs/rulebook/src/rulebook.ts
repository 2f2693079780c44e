import type { ChargeBreakdown, EpochMs, IstDate, Lots, Paise, Side, Underlying, Units } from '@sos/domain';
import { TradingCalendar, type Holiday } from './calendar/calendar.js';
import type { Session } from './calendar/session.js';
import {
  buildChargeSchedule,
  type BrokeragePlan,
  type ChargeOptions,
  type ChargeSchedule,
} from './charges/charge-schedule.js';
import { buildContractNote, type ContractNote, type ContractNoteRequest } from './charges/contract-note.js';
import { exerciseSttWith, type ExerciseRequest } from './charges/exercise-stt.js';
import { ContractRules } from './contracts/contract-rules.js';
import { dateOfDayNumber } from './dated/day-number.js';
import { ExpiryClock } from './expiries/choose-expiry.js';
import { ALL_KNOWN } from './expiries/expiry-schedule.js';
import { ExpiryLists } from './expiries/expiry-list.js';
import type { Expiry, ExpiryChoice } from './expiries/expiry.js';
import { diffFacts, type RuleChange } from './explain/diff-law.js';
import { contractFacts, dayFacts, lotFact, marketFacts, type LawOfDay } from './explain/law-of-day.js';
import { OrderRules, type PriceBand, type PriceBandRequest } from './orders/order-rules.js';
import type { ExecutionRow } from './rows/execution-rows.js';
import type { OrderRateRow, OrderTypeRow, PriceProtectionRow } from './rows/order-rows.js';
import { mergeRows } from './rows/merge-rows.js';
import type { RuleRow } from './rows/rule-row-schema.js';
import { builtInTables, type RuleTables } from './rows/rule-tables.js';
import { versionWithRows } from './rows/version-of-rows.js';
import { LAST_REVIEWED } from './version.js';

/** One fill whose charges are asked for. */
export interface ChargeRequest extends ChargeOptions {
  readonly side: Side;
  /** Price x units, paise ≥ 0. */
  readonly premium: Paise;
  readonly on: IstDate;
  /** Executed orders (slices) of the fill, default 1. */
  readonly orders?: number | undefined;
}

/** A contract month, and the day whose knowledge counts (default: everything known today). */
export interface ContractMonth {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  readonly knownOn?: IstDate | undefined;
}

/** All rules with a memory of what was asked: make one and keep it. */
export class Rulebook {
  readonly tables: RuleTables;
  /** What runs record: the version of the shipped tables, with a fingerprint of added rows where there are any. */
  readonly version: string;
  readonly #calendar: TradingCalendar;
  readonly #lists: ExpiryLists;
  readonly #clock: ExpiryClock;
  readonly #contracts: ContractRules;
  readonly #orders: OrderRules;
  readonly #schedules = new Map<string, ChargeSchedule>();

  /** @param version of the tables, as runs record it */
  constructor(tables: RuleTables, version: string) {
    this.tables = tables;
    this.version = version;
    this.#calendar = new TradingCalendar(tables);
    this.#lists = new ExpiryLists(tables, this.#calendar);
    this.#clock = new ExpiryClock(tables, this.#lists);
    this.#contracts = new ContractRules(tables, this.#calendar, this.#lists);
    this.#orders = new OrderRules(tables, this.#calendar);
  }

  /** First and last day of the known calendar. */
  get knownDates(): readonly [first: IstDate, last: IstDate] {
    return [this.#calendar.first, this.#calendar.last];
  }

  /** True when derivatives have a session on that day. @throws SOS_DATE_RANGE outside `knownDates` */
  isTradingDay(date: IstDate): boolean {
    return this.#calendar.isTradingDay(date);
  }

  /** Days with a session, both ends included, ascending. @throws SOS_DATE_RANGE when reversed or outside `knownDates` */
  tradingDays(from: IstDate, to: IstDate): IstDate[] {
    return this.#calendar.tradingDays(from, to);
  }

  /** The last day with a session before `date`. @throws SOS_DATE_RANGE when none is known */
  previousTradingDay(date: IstDate): IstDate {
    return this.#calendar.previousTradingDay(date);
  }

  /** The first day with a session after `date`. @throws SOS_DATE_RANGE when none is known */
  nextTradingDay(date: IstDate): IstDate {
    return this.#calendar.nextTradingDay(date);
  }

  /** The session of a day, null when closed; the same frozen object each time. @throws SOS_DATE_RANGE */
  sessionOf(date: IstDate): Session | null {
    return this.#calendar.sessionOf(date);
  }

  /** The holiday that closes a weekday, else null. @throws SOS_DATE_RANGE */
  holidayOn(date: IstDate): Holiday | null {
    return this.#calendar.holidayOn(date);
  }

  /** Expiries tradable on a day, ascending, dated as they were listed then. @throws SOS_DATE_RANGE */
  listedExpiries(underlying: Underlying, on: IstDate): readonly Expiry[] {
    return this.#lists.listed(underlying, on);
  }

  /** True when the date is, or was ever listed as, the monthly expiry of its month. */
  isMonthlyExpiry(underlying: Underlying, expiry: IstDate): boolean {
    return this.#lists.schedule(underlying).isMonthly(expiry);
  }

  /** True when the date is, or was ever listed as, an expiry of the underlying. */
  isExpiry(underlying: Underlying, date: IstDate): boolean {
    return this.#lists.schedule(underlying).isExpiry(date);
  }

  /** The monthly expiry of a contract month, null before the launch of the underlying's options. */
  monthlyExpiry(underlying: Underlying, { year, month, knownOn = ALL_KNOWN }: ContractMonth): IstDate | null {
    const day = this.#lists.schedule(underlying).monthly(year, month - 1, knownOn);
    return day === null ? null : dateOfDayNumber(day);
  }

  /** The expiry that a rule picks at an instant. @throws SOS_DATE_RANGE when nothing suitable is listed */
  expiryAt(underlying: Underlying, at: EpochMs, choice: ExpiryChoice): IstDate {
    return this.#clock.choose(underlying, at, choice);
  }

  /** The last-trade instant of an expiry day. */
  expiryInstant(expiry: IstDate): EpochMs {
    return this.#clock.instant(expiry);
  }

  /** When the settlement value of an expiry day is fixed. */
  settlementInstant(expiry: IstDate): EpochMs {
    return this.#clock.fixing(expiry);
  }

  /** Units in one lot of a contract on a trading day. @throws SOS_DATE_RANGE */
  lotSize(underlying: Underlying, expiry: IstDate, on: IstDate): Units {
    return this.#contracts.lotSize(underlying, expiry, on);
  }

  /** The largest order of that day in units. @throws SOS_DATE_RANGE */
  freezeQuantity(underlying: Underlying, on: IstDate): Units {
    return this.#contracts.freezeQuantity(underlying, on);
  }

  /** Whole lots that fit into one order. @throws SOS_DATE_RANGE */
  maxLotsPerOrder(underlying: Underlying, expiry: IstDate, on: IstDate): Lots {
    return this.#contracts.maxLotsPerOrder(underlying, expiry, on);
  }

  /** Index points between neighbouring strikes near the money; by default as of the last known day. */
  strikeStep(underlying: Underlying, on: IstDate = this.#calendar.last): number {
    return this.#contracts.strikeStep(underlying, on);
  }

  /** The price grid in paise. @throws SOS_DATE_RANGE */
  tickSize(kind: 'option' | 'future', underlying: Underlying, on: IstDate): Paise {
    return this.#contracts.tickSize(kind, underlying, on);
  }

  /** The charges of a day as an object for hot loops, kept once made. @throws SOS_DATE_RANGE where a rate is not established */
  chargeScheduleOn(date: IstDate, options: ChargeOptions = {}): ChargeSchedule {
    const key = `${date}${options.exchange ?? 'NSE'}${planKey(options.brokeragePlan)}`;
    const cached = this.#schedules.get(key);
    if (cached !== undefined) return cached;
    this.#calendar.check(date);
    const schedule = buildChargeSchedule(this.tables, date, options);
    this.#schedules.set(key, schedule);
    return schedule;
  }

  /** Every charge head of one fill in paise and their sum. @throws SOS_DATE_RANGE */
  chargesFor(request: ChargeRequest): ChargeBreakdown {
    return this.chargeScheduleOn(request.on, request).charges(request.side, request.premium, request.orders ?? 1);
  }

  /** A day's charges as a contract note bills them. @throws SOS_INPUT for no fills, SOS_DATE_RANGE for an unknown day */
  contractNote(request: ContractNoteRequest): ContractNote {
    return buildContractNote(this.chargeScheduleOn(request.date, request), request);
  }

  /** STT of a long option exercised at expiry, in paise. */
  exerciseStt(request: ExerciseRequest): Paise {
    return exerciseSttWith(this.chargeScheduleOn(request.on).rates, request);
  }

  /** Order types and validities that a program may send on a day. @throws SOS_DATE_RANGE */
  allowedOrderTypes(on: IstDate): OrderTypeRow {
    return this.#orders.types(on);
  }

  /** Ceilings on order messages in force on a day, of the exchange and of each known broker. */
  orderRateLimits(on: IstDate): OrderRateRow[] {
    return this.#orders.rates(on);
  }

  /** How orders of a day are worked where a gate says nothing else. @throws SOS_DATE_RANGE */
  executionDefaults(on: IstDate): ExecutionRow {
    return this.#orders.execution(on);
  }

  /** The limit price protection of an exchange on a day; null where no rule is known. @throws SOS_DATE_RANGE */
  priceProtection(on: IstDate, exchange: 'NSE' | 'BSE'): PriceProtectionRow | null {
    return this.#orders.protection(on, exchange);
  }

  /** Lowest and highest limit price that passes limit price protection, in paise; null where no rule is known. */
  limitPriceBand(request: PriceBandRequest): PriceBand | null {
    return this.#orders.band(request);
  }

  /** The law of a day for one underlying, every rule with period, confidence and source. @throws SOS_DATE_RANGE */
  rulesOn(date: IstDate, underlying: Underlying): LawOfDay {
    const session = this.sessionOf(date);
    const expiries = this.listedExpiries(underlying, date);
    const lotFacts = expiries.map((e) => lotFact(e.date, this.#contracts.lotRow(underlying, e.date, date)));
    const facts = [
      ...dayFacts(this.tables, date),
      ...marketFacts(this.tables, date),
      ...contractFacts(this.tables, date, underlying),
      ...lotFacts,
    ];
    return { date, underlying, session, expiries, facts };
  }

  /** What differs between the law of two days, by topic. @throws SOS_DATE_RANGE */
  rulesDiff(before: IstDate, after: IstDate, underlying: Underlying): RuleChange[] {
    return diffFacts(this.rulesOn(before, underlying).facts, this.rulesOn(after, underlying).facts);
  }

  /** A sentence for dates after the last review, else null. The caller decides how often to show it. */
  reviewNotice(date: IstDate): string | null {
    if (date <= LAST_REVIEWED) return null;
    return `rules were last reviewed on ${LAST_REVIEWED}; law made after that day may be missing for ${date}`;
  }
}

function planKey(plan: BrokeragePlan | undefined): string {
  if (plan === undefined) return 'upstox';
  return typeof plan === 'string' ? plan : `flat${plan.flatPaise}`;
}

/** A rulebook of the built-in rows and the user's own; of two rows on the same matter the later wins. */
export function createRulebook(extraRows: readonly RuleRow[] = []): Rulebook {
  return new Rulebook(mergeRows(builtInTables(), extraRows), versionWithRows(extraRows));
}
