import type { IstDate, Underlying } from '@sos/domain';
import type { TradingCalendar } from '../calendar/calendar.js';
import { dateOfDayNumber, dayNumberOf, lastWeekdayOfMonth, weekdayOfDayNumber } from '../dated/day-number.js';
import type { ExpiryWeekdayRow } from '../rows/contract-rows.js';

interface Regime {
  readonly from: number;
  readonly weekday: number | null;
  readonly knownFrom: IstDate;
}

/** A day after every announcement. */
export const ALL_KNOWN = '9999-12-31' as IstDate;
const LISTED_AHEAD_DAYS = 40;

type Cycle = ExpiryWeekdayRow['cycle'];

function regimesOf(rows: readonly ExpiryWeekdayRow[], underlying: Underlying, cycle: Cycle): Regime[] {
  return rows
    .filter((row) => row.underlying === underlying && row.cycle === cycle)
    .map((row) => ({ from: dayNumberOf(row.expiryFrom), weekday: row.weekday, knownFrom: row.knownFrom }))
    .sort((a, b) => a.from - b.from);
}

/** Day on which a regime's contract falls, given its weekday. */
type DayOfWeekday = (weekday: number) => number;

// The latest regime that was known and whose span holds its own day decides; an unknown later regime does not yet end the one before.
function scheduledDay(regimes: readonly Regime[], knownOn: IstDate, dayOf: DayOfWeekday): number | null {
  let end = Number.POSITIVE_INFINITY;
  for (let i = regimes.length - 1; i >= 0; i--) {
    const regime = regimes[i] as Regime;
    if (regime.knownFrom > knownOn) continue;
    const d = regime.weekday === null ? Number.NaN : dayOf(regime.weekday);
    if (d >= regime.from && d < end) return d;
    end = regime.from;
  }
  return null;
}

/** The expiry days of one underlying by week and by month, as they were known on a given day. */
export class ExpirySchedule {
  readonly #calendar: TradingCalendar;
  readonly #weekly: readonly Regime[];
  readonly #monthly: readonly Regime[];
  readonly #preAdjusts: boolean;

  constructor(calendar: TradingCalendar, rows: readonly ExpiryWeekdayRow[], underlying: Underlying) {
    this.#calendar = calendar;
    this.#weekly = regimesOf(rows, underlying, 'weekly');
    this.#monthly = regimesOf(rows, underlying, 'monthly');
    this.#preAdjusts = underlying !== 'SENSEX';
  }

  /** First day on which contracts were listed at all. */
  get launched(): IstDate {
    return this.#monthly.reduce((a, r) => (r.knownFrom < a ? r.knownFrom : a), '9999-12-31' as IstDate);
  }

  /** The monthly expiry as a day number, or null when none is scheduled. @param month 0 = January, may run past 11 */
  monthly(year: number, month: number, knownOn: IstDate): number | null {
    const d = this.#scheduledMonthly(year, month, knownOn);
    return d === null ? null : this.#calendar.rollBack(d, knownOn, this.#preAdjusts);
  }

  #scheduledMonthly(year: number, month: number, knownOn: IstDate): number | null {
    return scheduledDay(this.#monthly, knownOn, (weekday) => lastWeekdayOfMonth(year, month, weekday));
  }

  /** The weekly expiry of the week that starts on a Monday, or null: none scheduled, or the monthly takes its place. */
  weekly(monday: number, knownOn: IstDate): number | null {
    const d = scheduledDay(this.#weekly, knownOn, (weekday) => monday + weekday - 1);
    if (d === null || this.#holdsMonthly(monday, knownOn)) return null;
    return this.#calendar.rollBack(d, knownOn, this.#preAdjusts);
  }

  #holdsMonthly(monday: number, knownOn: IstDate): boolean {
    for (const dayInWeek of [monday, monday + 4]) {
      const date = new Date(dayInWeek * 86_400_000);
      const d = this.#scheduledMonthly(date.getUTCFullYear(), date.getUTCMonth(), knownOn);
      if (d !== null && d >= monday && d < monday + 7) return true;
    }
    return false;
  }

  /** True when the day is, or ever was listed as, the monthly expiry of its month. */
  isMonthly(expiry: IstDate): boolean {
    const [year, month] = [Number(expiry.slice(0, 4)), Number(expiry.slice(5, 7)) - 1];
    const wanted = dayNumberOf(expiry);
    return this.#monthly.some((regime, i) => {
      const d = regime.weekday === null ? Number.NaN : lastWeekdayOfMonth(year, month, regime.weekday);
      if (!(d >= regime.from)) return false;
      // A regime's contracts were re-dated when the next one became known: they never saw later holidays.
      const next = this.#monthly[i + 1]?.knownFrom;
      const knownOn = next === undefined ? ALL_KNOWN : dateOfDayNumber(dayNumberOf(next) - 1);
      return wanted === d || wanted === this.#calendar.rollBack(d, knownOn, this.#preAdjusts);
    });
  }

  /** True when the day is, or ever was listed as, an expiry of any cycle. */
  isExpiry(date: IstDate): boolean {
    if (this.isMonthly(date)) return true;
    const d = dayNumberOf(date);
    const monday = d - ((weekdayOfDayNumber(d) + 6) % 7);
    // A weekly contract is listed for weeks: it may carry the date from before a late holiday or weekday change.
    const knowledge = [ALL_KNOWN, date, dateOfDayNumber(d - LISTED_AHEAD_DAYS)];
    return knowledge.some((k) => this.weekly(monday, k) === d || this.weekly(monday + 7, k) === d);
  }
}
