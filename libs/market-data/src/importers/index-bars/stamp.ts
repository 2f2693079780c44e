import { MS_PER_DAY, MS_PER_MINUTE } from '@sos/domain';

const IST_OFFSET_MINUTES = 330;
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const CLOCK = /^(\d{2}):(\d{2})(?::(\d{2}))?$/;

interface Parts {
  readonly day: number;
  readonly clock: number;
}

function dayMs(year: string, month: string, day: string): number {
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(ms).getUTCDate() === Number(day) ? ms : Number.NaN;
}

function clockMs(hour: string, minute: string, second: string): number {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  return h > 23 || m > 59 || s > 59 ? Number.NaN : ((h * 60 + m) * 60 + s) * 1000;
}

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined) return IST_OFFSET_MINUTES;
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)));
}

function isoParts(text: string): (Parts & { readonly zone: string | undefined; readonly dateOnly: boolean }) | null {
  const m = ISO.exec(text);
  if (!m) return null;
  const [, year = '', month = '', day = '', hour, minute = '', second = '0', zone] = m;
  const clock = hour === undefined ? 0 : clockMs(hour, minute, second);
  return { day: dayMs(year, month, day), clock, zone, dateOnly: hour === undefined };
}

/** `2026-07-28 09:15:00+05:30` (IST when no zone is written) as epoch ms; `dateOnly` for a bare day. Null when it is neither. */
export function parseIsoStamp(text: string): { readonly at: number; readonly dateOnly: boolean } | null {
  const parts = isoParts(text);
  if (!parts) return null;
  const at = parts.day + parts.clock - offsetMinutes(parts.zone) * MS_PER_MINUTE;
  return Number.isNaN(at) ? null : { at, dateOnly: parts.dateOnly };
}

/** `20210201` and `09:16` in India as epoch ms, NaN when either is no real day or clock. */
export function parseCompactStamp(date: string, clock: string): number {
  const d = COMPACT.exec(date);
  const c = CLOCK.exec(clock);
  if (!d || !c) return Number.NaN;
  const day = dayMs(d[1] ?? '', d[2] ?? '', d[3] ?? '');
  return day + clockMs(c[1] ?? '', c[2] ?? '', c[3] ?? '0') - IST_OFFSET_MINUTES * MS_PER_MINUTE;
}

/** Number of the Indian calendar day of an instant, for grouping without making strings. */
export function istDayNumber(at: number): number {
  return Math.floor((at + IST_OFFSET_MINUTES * MS_PER_MINUTE) / MS_PER_DAY);
}
