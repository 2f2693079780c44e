import { AppError } from '../errors/app-error.js';
import { MS_PER_DAY, MS_PER_MINUTE, type EpochMs, type IstDate } from './epoch-ms.js';

// India has no daylight saving, so IST is plain arithmetic; this file is the only place that knows the offset.
const IST_OFFSET_MS = 330 * MS_PER_MINUTE;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const CLOCK = /^(\d{2}):(\d{2})(?::(\d{2}))?$/;

function dayNumber(date: string): number {
  const m = DATE.exec(date);
  const ms = m ? Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3])) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date)
    throw new AppError('SOS_INPUT', `expected a date as YYYY-MM-DD, found "${date}"`);
  return ms / MS_PER_DAY;
}

function dateOfDayNumber(day: number): IstDate {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10) as IstDate;
}

/** Checks and brands a calendar day. @throws SOS_INPUT for anything but a real day as `YYYY-MM-DD` */
export function parseIstDate(text: string): IstDate {
  dayNumber(text);
  return text as IstDate;
}

/** The Indian calendar day of an instant. */
export function istDateOf(at: EpochMs): IstDate {
  return dateOfDayNumber(Math.floor((at + IST_OFFSET_MS) / MS_PER_DAY));
}

/** Minutes since midnight IST, 0..1439, of an instant (seconds are cut off). */
export function istMinuteOfDay(at: EpochMs): number {
  const ms = at + IST_OFFSET_MS;
  return Math.floor((ms - Math.floor(ms / MS_PER_DAY) * MS_PER_DAY) / MS_PER_MINUTE);
}

/** The instant of a wall-clock time in India. @param clock `HH:MM` or `HH:MM:SS` @throws SOS_INPUT for a malformed date or clock */
export function istInstant(date: IstDate, clock: string): EpochMs {
  const m = CLOCK.exec(clock);
  const [h, min, s] = m ? [Number(m[1]), Number(m[2]), Number(m[3] ?? 0)] : [99, 0, 0];
  if (h > 23 || min > 59 || s > 59)
    throw new AppError('SOS_INPUT', `expected a time as HH:MM or HH:MM:SS, found "${clock}"`);
  return (dayNumber(date) * MS_PER_DAY - IST_OFFSET_MS + ((h * 60 + min) * 60 + s) * 1000) as EpochMs;
}

/** The first instant (00:00 IST) of a day. */
export function startOfIstDay(date: IstDate): EpochMs {
  return (dayNumber(date) * MS_PER_DAY - IST_OFFSET_MS) as EpochMs;
}

/** The day `days` calendar days later (earlier when negative). */
export function addDays(date: IstDate, days: number): IstDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Calendar days from `a` to `b`; negative when `b` is earlier. */
export function daysBetween(a: IstDate, b: IstDate): number {
  return dayNumber(b) - dayNumber(a);
}

/** Day of the week, 0 = Sunday .. 6 = Saturday. */
export function weekdayOf(date: IstDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** `HH:MM` in India, for people. */
export function formatIstClock(at: EpochMs): string {
  return new Date(at + IST_OFFSET_MS).toISOString().slice(11, 16);
}

/** `YYYY-MM-DD HH:MM:SS` in India, for people. */
export function formatIst(at: EpochMs): string {
  return new Date(at + IST_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** ISO 8601 with the Indian offset, `2026-01-12T09:15:00.000+05:30`: for files that people and machines read. */
export function toIstIso(at: EpochMs): string {
  return `${new Date(at + IST_OFFSET_MS).toISOString().slice(0, 23)}+05:30`;
}
