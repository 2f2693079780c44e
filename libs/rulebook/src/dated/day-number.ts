import { daysBetween, type IstDate } from '@sos/domain';
import { day } from './ist-day.js';

const EPOCH = day('1970-01-01');

/** Days since 1970-01-01: integer arithmetic for expiry rules. @throws SOS_INPUT for anything but a real day */
export function dayNumberOf(date: IstDate): number {
  return daysBetween(EPOCH, date);
}

// Expiry rules ask for the same few thousand days over and over, and making their text is most of the work.
const texts = new Map<number, IstDate>();

/** The date of a day number. */
export function dateOfDayNumber(dayNumber: number): IstDate {
  const known = texts.get(dayNumber);
  if (known !== undefined) return known;
  const text = day(new Date(dayNumber * 86_400_000).toISOString().slice(0, 10));
  texts.set(dayNumber, text);
  return text;
}

/** 0 = Sunday .. 6 = Saturday. */
export function weekdayOfDayNumber(dayNumber: number): number {
  return (((dayNumber + 4) % 7) + 7) % 7;
}

/** The day number of the last given weekday of a month. @param month 0 = January; may run past 11 */
export function lastWeekdayOfMonth(year: number, month: number, weekday: number): number {
  const lastDay = Date.UTC(year, month + 1, 0) / 86_400_000;
  return lastDay - ((weekdayOfDayNumber(lastDay) - weekday + 7) % 7);
}
