import type { ChargeBreakdown, EpochMs, IstDate, Lots, Paise, Underlying, Units } from '@sos/domain';
import type { Holiday } from './calendar/calendar.js';
import type { Session } from './calendar/session.js';
import type { ChargeOptions, ChargeSchedule } from './charges/charge-schedule.js';
import type { ContractNote, ContractNoteRequest } from './charges/contract-note.js';
import type { ExerciseRequest } from './charges/exercise-stt.js';
import type { Expiry, ExpiryChoice } from './expiries/expiry.js';
import type { RuleChange } from './explain/diff-law.js';
import type { LawOfDay } from './explain/law-of-day.js';
import type { PriceBand, PriceBandRequest } from './orders/order-rules.js';
import type { OrderRateRow, OrderTypeRow } from './rows/order-rows.js';
import { createRulebook, type ChargeRequest, type ContractMonth, type Rulebook } from './rulebook.js';

let built: Rulebook | null = null;

/** The rulebook of the built-in rows, made at the first call. */
export function defaultRulebook(): Rulebook {
  built ??= createRulebook();
  return built;
}

/**
 * True when index derivatives have a session on that day (special Saturdays, Budget Sundays and Muhurat evenings included).
 * @throws SOS_DATE_RANGE outside 2019-01-01..2026-12-31, SOS_INPUT for a malformed date
 */
export function isTradingDay(date: IstDate): boolean {
  return defaultRulebook().isTradingDay(date);
}

/** All days with a session from `from` to `to`, both included, ascending. @throws SOS_DATE_RANGE when reversed or outside the known years */
export function tradingDays(from: IstDate, to: IstDate): IstDate[] {
  return defaultRulebook().tradingDays(from, to);
}

/** The last day with a session before `date`. @throws SOS_DATE_RANGE when there is none in the known years */
export function previousTradingDay(date: IstDate): IstDate {
  return defaultRulebook().previousTradingDay(date);
}

/** The first day with a session after `date`. @throws SOS_DATE_RANGE when there is none in the known years */
export function nextTradingDay(date: IstDate): IstDate {
  return defaultRulebook().nextTradingDay(date);
}

/** The session of a day, or null when the exchange is closed. The same frozen object each time. @throws SOS_DATE_RANGE */
export function sessionOf(date: IstDate): Session | null {
  return defaultRulebook().sessionOf(date);
}

/** The holiday that closes a weekday, or null (weekends need none). A Muhurat evening is a holiday with a session. @throws SOS_DATE_RANGE */
export function holidayOn(date: IstDate): Holiday | null {
  return defaultRulebook().holidayOn(date);
}

/**
 * The expiries that could be traded on a day, ascending, dated as they were listed on that day; `finalDate` tells how circulars
 * re-dated them later. Empty before the underlying's options were launched.
 * @throws SOS_DATE_RANGE for a day outside the known years
 */
export function listedExpiries(underlying: Underlying, on: IstDate): readonly Expiry[] {
  return defaultRulebook().listedExpiries(underlying, on);
}

/** True when an expiry date is, or was ever listed as, the monthly expiry of its month. @throws SOS_INPUT for a malformed date */
export function isMonthlyExpiry(underlying: Underlying, expiry: IstDate): boolean {
  return defaultRulebook().isMonthlyExpiry(underlying, expiry);
}

/** True when a date is, or was ever listed as, a weekly or monthly expiry of the underlying. @throws SOS_INPUT for a malformed date */
export function isExpiry(underlying: Underlying, date: IstDate): boolean {
  return defaultRulebook().isExpiry(underlying, date);
}

/**
 * The monthly expiry of a contract month, by all rules known today or as it was listed on `knownOn`; null before the launch. Also for
 * years beyond the known calendar, where only fixed holidays are applied.
 */
export function monthlyExpiry(underlying: Underlying, month: ContractMonth): IstDate | null {
  return defaultRulebook().monthlyExpiry(underlying, month);
}

/**
 * The expiry that a rule picks at an instant. An expiring contract counts up to and including its last-trade instant, then the choice rolls on.
 * @throws SOS_DATE_RANGE when nothing suitable is listed (`next` for an index with one contract, a day outside the known years)
 */
export function expiryAt(underlying: Underlying, at: EpochMs, choice: ExpiryChoice): IstDate {
  return defaultRulebook().expiryAt(underlying, at, choice);
}

/**
 * The end of a contract's life: the close of derivatives on its expiry day, 15:30 IST and 15:40 from 2026-08-03 (NSE/FAOP/74467).
 * Time to expiry runs to this instant. Since 2026-08-03 the settlement value is fixed earlier: see `settlementInstant`.
 * Works for listed expiries beyond the known years by the newest rule.
 */
export function expiryInstant(expiry: IstDate): EpochMs {
  return defaultRulebook().expiryInstant(expiry);
}

/** When the settlement value is fixed: with the close at 15:30 before 2026-08-03, then at the end of the closing auction, 15:35. */
export function settlementInstant(expiry: IstDate): EpochMs {
  return defaultRulebook().settlementInstant(expiry);
}

/**
 * Units in one lot of a contract on a trading day; one contract can change its lot during its life (NIFTY 2026-03-31: 75 to 2025-12-30, then 65).
 * @throws SOS_DATE_RANGE when `on` is outside the known years
 */
export function lotSize(underlying: Underlying, expiry: IstDate, on: IstDate): Units {
  return defaultRulebook().lotSize(underlying, expiry, on);
}

/** The largest order of that day in units; the exchange refuses more. @throws SOS_DATE_RANGE */
export function freezeQuantity(underlying: Underlying, on: IstDate): Units {
  return defaultRulebook().freezeQuantity(underlying, on);
}

/** Whole lots that fit into one order: floor(freeze quantity / lot). @throws SOS_DATE_RANGE */
export function maxLotsPerOrder(underlying: Underlying, expiry: IstDate, on: IstDate): Lots {
  return defaultRulebook().maxLotsPerOrder(underlying, expiry, on);
}

/** Index points between neighbouring strikes near the money; wings and far contracts are coarser. */
export function strikeStep(underlying: Underlying, on?: IstDate): number {
  return defaultRulebook().strikeStep(underlying, on);
}

/** The price grid of an option or a future in paise. @throws SOS_DATE_RANGE */
export function tickSize(kind: 'option' | 'future', underlying: Underlying, on: IstDate): Paise {
  return defaultRulebook().tickSize(kind, underlying, on);
}

/**
 * The charges of a day as an object for hot loops: take it once per day, call `charges` per fill.
 * @throws SOS_DATE_RANGE where a rate is not established (BSE before 2024-10-01)
 */
export function chargeScheduleOn(date: IstDate, options?: ChargeOptions): ChargeSchedule {
  return defaultRulebook().chargeScheduleOn(date, options);
}

/** Every charge head of one fill in paise, each rounded to the paisa (halves up); `total` is their sum. @throws SOS_DATE_RANGE */
export function chargesFor(request: ChargeRequest): ChargeBreakdown {
  return defaultRulebook().chargesFor(request);
}

/**
 * A day's charges as a contract note bills them: rates on the day's turnover, brokerage once per order, STT and stamp duty in whole rupees
 * (41 real notes of 2025, 40 matched). `rounding: 'exact'` keeps paise.
 * @throws SOS_INPUT for no fills, SOS_DATE_RANGE for an unknown day
 */
export function contractNote(request: ContractNoteRequest): ContractNote {
  return defaultRulebook().contractNote(request);
}

/** STT of a long option exercised at expiry, on its intrinsic value (on the settlement value before 2019-09-01), in paise. */
export function exerciseStt(request: ExerciseRequest): Paise {
  return defaultRulebook().exerciseStt(request);
}

/** Order types and validities that a program may send on a day, with source. @throws SOS_DATE_RANGE */
export function allowedOrderTypes(on: IstDate): OrderTypeRow {
  return defaultRulebook().allowedOrderTypes(on);
}

/** Ceilings on order messages in force on a day, of the exchange and of each known broker; empty before 2026-04-01. */
export function orderRateLimits(on: IstDate): OrderRateRow[] {
  return defaultRulebook().orderRateLimits(on);
}

/** Lowest and highest limit price of an index option that passes limit price protection, in paise; null where no rule is known. */
export function limitPriceBand(request: PriceBandRequest): PriceBand | null {
  return defaultRulebook().limitPriceBand(request);
}

/** The law of a day for one underlying, every rule with its period, confidence and source. @throws SOS_DATE_RANGE */
export function rulesOn(date: IstDate, underlying: Underlying): LawOfDay {
  return defaultRulebook().rulesOn(date, underlying);
}

/** What differs between the law of two days, by topic. @throws SOS_DATE_RANGE */
export function rulesDiff(before: IstDate, after: IstDate, underlying: Underlying): RuleChange[] {
  return defaultRulebook().rulesDiff(before, after, underlying);
}
