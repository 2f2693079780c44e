import { AppError, parseIstDate, type IstDate } from '@sos/domain';
import { dateOfDayNumber, dayNumberOf, weekdayOfDayNumber } from '../dated/day-number.js';
import type { CoverageRow, HolidayRow, SpecialSessionRow } from '../rows/calendar-rows.js';

/** The known days, one slot each: constant-time answers about open and closed. */
export interface DayTable {
  readonly first: IstDate;
  readonly last: IstDate;
  readonly firstDay: number;
  readonly slotOf: ReadonlyMap<string, number>;
  /** 1 = there is a session. */
  readonly open: Uint8Array;
  /** Trading days up to and including each slot. */
  readonly openUpTo: Int32Array;
  readonly tradingDays: readonly IstDate[];
}

function knownRange(coverage: readonly CoverageRow[]): readonly [IstDate, IstDate] {
  let [first, last] = ['9999-12-31', '0000-01-01'] as [IstDate, IstDate];
  for (const row of coverage) {
    if (row.from < first) first = row.from;
    if (row.to > last) last = row.to;
  }
  return [first, last];
}

function closedWeekdays(holidays: readonly HolidayRow[]): Set<string> {
  const closed = new Set<string>();
  for (const row of holidays) {
    if (row.closed) closed.add(row.date);
    else closed.delete(row.date);
  }
  return closed;
}

/** Lays the calendar out day by day. */
export function buildDayTable(
  coverage: readonly CoverageRow[],
  holidays: readonly HolidayRow[],
  specials: readonly SpecialSessionRow[],
): DayTable {
  const [first, last] = knownRange(coverage);
  const firstDay = dayNumberOf(first);
  const count = dayNumberOf(last) - firstDay + 1;
  const closed = closedWeekdays(holidays);
  const special = new Set<string>(specials.map((s) => s.date));
  const slotOf = new Map<string, number>();
  const open = new Uint8Array(count);
  const openUpTo = new Int32Array(count);
  const tradingDays: IstDate[] = [];
  for (let slot = 0; slot < count; slot++) {
    const date = dateOfDayNumber(firstDay + slot);
    const weekday = weekdayOfDayNumber(firstDay + slot);
    slotOf.set(date, slot);
    if (special.has(date) || (weekday > 0 && weekday < 6 && !closed.has(date))) {
      open[slot] = 1;
      tradingDays.push(date);
    }
    openUpTo[slot] = tradingDays.length;
  }
  return { first, last, firstDay, slotOf, open, openUpTo, tradingDays };
}

/** The slot of a date. @throws SOS_INPUT for a malformed date, SOS_DATE_RANGE outside the known years */
export function slotOfDate(table: DayTable, date: IstDate): number {
  const slot = table.slotOf.get(date);
  if (slot !== undefined) return slot;
  parseIstDate(date);
  throw new AppError(
    'SOS_DATE_RANGE',
    `expected a date within the known calendar ${table.first}..${table.last}, found ${date}`,
    { context: { date, first: table.first, last: table.last } },
  );
}
