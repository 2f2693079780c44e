import { AppError, MS_PER_MINUTE, istInstant, type EpochMs, type IstDate } from '@sos/domain';
import { rowOn } from '../dated/row-on.js';
import type { RuleTables, TradingHoursRow } from '../rows/rule-tables.js';
import type { ClockWindow, SpecialSessionRow } from '../rows/calendar-rows.js';
import type { Session, SessionWindow } from './session.js';

/** The ordinary hours in force on a date; also for expiries beyond the known calendar. @throws SOS_DATE_RANGE before the first row */
export function hoursOn(rows: readonly TradingHoursRow[], date: IstDate): TradingHoursRow {
  const row = rowOn(rows, date);
  if (row === null) throw new AppError('SOS_DATE_RANGE', `expected a date with known trading hours, found ${date}`);
  return row;
}

function lastOf<Row extends { date: IstDate }>(rows: readonly Row[], date: IstDate): Row | null {
  return rows.findLast((row) => row.date === date) ?? null;
}

function toWindow(date: IstDate, [open, close]: ClockWindow): SessionWindow {
  return { open: istInstant(date, open), close: istInstant(date, close) };
}

function minutesOf(windows: readonly SessionWindow[]): number {
  return windows.reduce((sum, w) => sum + (w.close - w.open) / MS_PER_MINUTE, 0);
}

function squareOffMinutes(tables: RuleTables, date: IstDate): number {
  const row = rowOn(tables.squareOff, date);
  if (row === null) throw new AppError('SOS_DATE_RANGE', `expected a date with a square-off rule, found ${date}`);
  return row.minutesBeforeClose;
}

function clocks(hours: TradingHoursRow, special: SpecialSessionRow | null): readonly ClockWindow[] {
  return special?.windows ?? [[hours.value.open, hours.value.close]];
}

/** The session of a day that is known to be open. */
export function buildSession(tables: RuleTables, date: IstDate): Session {
  const hours = hoursOn(tables.tradingHours, date);
  const special = lastOf(tables.specialSession, date);
  const windows = clocks(hours, special).map((w) => toWindow(date, w));
  const [first, last] = [windows[0], windows[windows.length - 1]];
  if (first === undefined || last === undefined)
    throw new AppError('SOS_INPUT', `expected at least one trading window on ${date}, found none`);
  const auction = special === null ? hours.value.indexUsableUntil : null;
  const usable = auction === null ? last.close : istInstant(date, auction);
  const early = last.close - squareOffMinutes(tables, date) * MS_PER_MINUTE;
  return Object.freeze({
    date,
    kind: special?.kind ?? 'regular',
    windows,
    open: first.open,
    close: last.close,
    indexUsableUntil: usable,
    squareOff: Math.min(early, usable) as EpochMs,
    minutes: minutesOf(windows),
    confidence: special?.confidence ?? hours.confidence,
    source: special?.source ?? hours.source,
    disruption: lastOf(tables.disruption, date)?.what ?? null,
  });
}
