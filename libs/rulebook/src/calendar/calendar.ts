import { AppError, type IstDate } from '@sos/domain';
import { dateOfDayNumber, dayNumberOf, weekdayOfDayNumber } from '../dated/day-number.js';
import type { HolidayRow } from '../rows/calendar-rows.js';
import type { RuleTables } from '../rows/rule-tables.js';
import { FAR_DATED_HOLIDAYS } from '../tables/coverage.js';
import { buildDayTable, slotOfDate, type DayTable } from './day-table.js';
import type { Session } from './session.js';
import { buildSession } from './build-session.js';

/** A holiday's name and where it is known from. */
export interface Holiday {
  readonly name: string;
  readonly source: string;
}

/** Trading days, holidays and sessions; every answer after the first is a table look-up. */
export class TradingCalendar {
  readonly #tables: RuleTables;
  readonly #days: DayTable;
  readonly #holidays: ReadonlyMap<string, HolidayRow>;
  readonly #sessions: (Session | null | undefined)[] = [];

  constructor(tables: RuleTables) {
    this.#tables = tables;
    this.#days = buildDayTable(tables.coverage, tables.holiday, tables.specialSession);
    this.#holidays = new Map(tables.holiday.map((row) => [row.date as string, row]));
  }

  get first(): IstDate {
    return this.#days.first;
  }

  get last(): IstDate {
    return this.#days.last;
  }

  /** Refuses a date outside the known years. @throws SOS_DATE_RANGE */
  check(date: IstDate): void {
    slotOfDate(this.#days, date);
  }

  isTradingDay(date: IstDate): boolean {
    return this.#days.open[slotOfDate(this.#days, date)] === 1;
  }

  tradingDays(from: IstDate, to: IstDate): IstDate[] {
    const [a, b] = [slotOfDate(this.#days, from), slotOfDate(this.#days, to)];
    if (a > b) throw new AppError('SOS_DATE_RANGE', `expected from <= to, found ${from}..${to}`);
    const before = a === 0 ? 0 : (this.#days.openUpTo[a - 1] as number);
    return this.#days.tradingDays.slice(before, this.#days.openUpTo[b]);
  }

  previousTradingDay(date: IstDate): IstDate {
    const slot = slotOfDate(this.#days, date);
    const found = this.#days.tradingDays[slot === 0 ? -1 : (this.#days.openUpTo[slot - 1] as number) - 1];
    return this.#inRange(found, `before ${date}`);
  }

  nextTradingDay(date: IstDate): IstDate {
    const found = this.#days.tradingDays[this.#days.openUpTo[slotOfDate(this.#days, date)] as number];
    return this.#inRange(found, `after ${date}`);
  }

  #inRange(found: IstDate | undefined, where: string): IstDate {
    if (found !== undefined) return found;
    throw new AppError(
      'SOS_DATE_RANGE',
      `expected a trading day ${where} within ${this.first}..${this.last}, found none`,
    );
  }

  holidayOn(date: IstDate): Holiday | null {
    this.check(date);
    const row = this.#holidays.get(date);
    return row?.closed === true ? { name: row.name, source: row.source } : null;
  }

  sessionOf(date: IstDate): Session | null {
    const slot = slotOfDate(this.#days, date);
    const cached = this.#sessions[slot];
    if (cached !== undefined) return cached;
    const session = this.#days.open[slot] === 1 ? buildSession(this.#tables, date) : null;
    this.#sessions[slot] = session;
    return session;
  }

  /** True when derivatives listed on `knownOn` treat the day as one without an expiry: weekends and holidays known by then. */
  isClosedForExpiry(dayNumber: number, knownOn: IstDate, preAdjusts: boolean): boolean {
    const weekday = weekdayOfDayNumber(dayNumber);
    if (weekday === 0 || weekday === 6) return true;
    const date = dateOfDayNumber(dayNumber);
    const row = this.#holidays.get(date);
    if (row !== undefined && row.closed && row.knownFrom <= knownOn) return true;
    return preAdjusts && FAR_DATED_HOLIDAYS.includes(date.slice(5));
  }

  /** The expiry rule: back from the scheduled day to the last day that is not closed. */
  rollBack(dayNumber: number, knownOn: IstDate, preAdjusts: boolean): number {
    let d = dayNumber;
    while (this.isClosedForExpiry(d, knownOn, preAdjusts)) d -= 1;
    return d;
  }

  /** Calendar days since 1970 of a known date. @throws SOS_DATE_RANGE */
  dayNumber(date: IstDate): number {
    const slot = this.#days.slotOf.get(date);
    return slot === undefined ? dayNumberOf(date) : this.#days.firstDay + slot;
  }
}
