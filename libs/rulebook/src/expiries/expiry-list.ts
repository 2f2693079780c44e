import type { IstDate, Underlying } from '@sos/domain';
import type { TradingCalendar } from '../calendar/calendar.js';
import { dateOfDayNumber, weekdayOfDayNumber } from '../dated/day-number.js';
import { rowOn } from '../dated/row-on.js';
import type { RuleTables } from '../rows/rule-tables.js';
import type { ListingStructure } from '../rows/contract-rows.js';
import type { Expiry, ExpiryKind } from './expiry.js';
import { ALL_KNOWN, ExpirySchedule } from './expiry-schedule.js';

const NOTHING: ListingStructure = { weeklies: 0, months: 0, quarters: 0, halfYears: 0 };
// Far enough for eight half-years after the last quarter.
const MONTHS_AHEAD = 80;
const WEEKS_AHEAD = 14;

/** The lists of contracts that were open for trading, day by day. */
export class ExpiryLists {
  readonly #tables: RuleTables;
  readonly #calendar: TradingCalendar;
  readonly #schedules = new Map<Underlying, ExpirySchedule>();
  readonly #lists = new Map<string, readonly Expiry[]>();

  constructor(tables: RuleTables, calendar: TradingCalendar) {
    this.#tables = tables;
    this.#calendar = calendar;
  }

  schedule(underlying: Underlying): ExpirySchedule {
    let found = this.#schedules.get(underlying);
    if (found === undefined) {
      found = new ExpirySchedule(this.#calendar, this.#tables.expiryWeekday, underlying);
      this.#schedules.set(underlying, found);
    }
    return found;
  }

  listed(underlying: Underlying, on: IstDate): readonly Expiry[] {
    const key = underlying + on;
    const cached = this.#lists.get(key);
    if (cached !== undefined) return cached;
    this.#calendar.check(on);
    const list = this.#build(underlying, on);
    this.#lists.set(key, list);
    return list;
  }

  #build(underlying: Underlying, on: IstDate): readonly Expiry[] {
    const schedule = this.schedule(underlying);
    if (on < schedule.launched) return [];
    const rows = this.#tables.listing.filter((row) => row.underlying === underlying);
    const structure = rowOn(rows, on)?.value ?? NOTHING;
    const all = [...weeklies(schedule, on, structure.weeklies), ...months(schedule, on, structure)];
    return Object.freeze(all.sort((a, b) => (a.date < b.date ? -1 : 1)));
  }
}

function expiry(day: number, final: number | null, kind: ExpiryKind): Expiry {
  return Object.freeze({ date: dateOfDayNumber(day), kind, finalDate: dateOfDayNumber(final ?? day) });
}

function weeklies(schedule: ExpirySchedule, on: IstDate, count: number): Expiry[] {
  const list: Expiry[] = [];
  const today = Date.parse(`${on}T00:00:00Z`) / 86_400_000;
  const monday = today - ((weekdayOfDayNumber(today) + 6) % 7);
  for (let week = 0; week < WEEKS_AHEAD && list.length < count; week++) {
    const d = schedule.weekly(monday + 7 * week, on);
    if (d !== null && d >= today) list.push(expiry(d, schedule.weekly(monday + 7 * week, ALL_KNOWN), 'weekly'));
  }
  return list;
}

function kindOf(month: number, taken: Record<ExpiryKind, number>, structure: ListingStructure): ExpiryKind | null {
  if (taken.monthly < structure.months) return 'monthly';
  if (month % 3 === 2 && taken.quarterly < structure.quarters) return 'quarterly';
  if (month % 6 === 5 && taken.quarterly >= structure.quarters && taken['half-yearly'] < structure.halfYears)
    return 'half-yearly';
  return null;
}

function months(schedule: ExpirySchedule, on: IstDate, structure: ListingStructure): Expiry[] {
  const list: Expiry[] = [];
  const taken: Record<ExpiryKind, number> = { weekly: 0, monthly: 0, quarterly: 0, 'half-yearly': 0 };
  const [year, first] = [Number(on.slice(0, 4)), Number(on.slice(5, 7)) - 1];
  for (let m = first; m < first + MONTHS_AHEAD; m++) {
    const kind = kindOf(m, taken, structure);
    const d = kind === null ? null : schedule.monthly(year, m, on);
    if (kind === null || d === null || dateOfDayNumber(d) < on) continue;
    taken[kind] += 1;
    list.push(expiry(d, schedule.monthly(year, m, ALL_KNOWN), kind));
  }
  return list;
}
