import { AppError, MS_PER_MINUTE } from '@sos/domain';
import { parseIsoStamp } from '../index-bars/stamp.js';
import type { TimeMapping } from './mapping-schema.js';

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const IST_MINUTES = 330;
const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MMM: '(?<monthName>[A-Za-z]{3})',
  MM: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
};

function offsetMinutes(zone: string): number {
  if (zone === 'IST') return IST_MINUTES;
  if (zone === 'UTC') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  return zone.startsWith('-') ? -minutes : minutes;
}

function patternOf(format: string): RegExp {
  const parts = format.split(/(YYYY|MMM|MM|DD|HH|mm|ss)/);
  const source = parts.map((part) => TOKENS[part] ?? part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('');
  if (!format.includes('YYYY') || !format.includes('DD') || !/MM/.test(format))
    throw new AppError(
      'SOS_INPUT',
      `expected a time format of iso, epoch-ms, epoch-s or a pattern with YYYY, MM or MMM, and DD, found "${format}"`,
    );
  return new RegExp(`^${source}$`);
}

function byPattern(pattern: RegExp, text: string): number {
  const found = pattern.exec(text)?.groups;
  if (!found) return Number.NaN;
  const named = found['monthName'];
  const month = named === undefined ? Number(found['month']) : MONTHS.indexOf(named.toUpperCase()) + 1;
  const [year, day] = [Number(found['year']), Number(found['day'])];
  const clock = ['hour', 'minute', 'second'].map((part) => Number(found[part] ?? 0));
  const [hour = 0, minute = 0, second = 0] = clock;
  const at = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal = new Date(at).getUTCDate() === day && month >= 1 && month <= 12 && minute < 60 && second < 60;
  return isReal ? at : Number.NaN;
}

/** Makes the reader of a mapping's stamps: text or number to epoch ms, NaN for what is no time. @throws SOS_INPUT for an unknown format */
export function timeReader(mapping: TimeMapping): (value: string | number) => number {
  const { format } = mapping;
  const offset = offsetMinutes(mapping.zone);
  if (format === 'epoch-ms' || format === 'epoch-s') {
    const scale = format === 'epoch-s' ? 1000 : 1;
    return (value) => (value === '' ? Number.NaN : Number(value) * scale);
  }
  if (format === 'iso')
    return (value) => {
      const text = String(value);
      const found = parseIsoStamp(text);
      if (!found) return Number.NaN;
      // Only what writes no zone is in the mapping's.
      return /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10))
        ? found.at
        : found.at + (IST_MINUTES - offset) * MS_PER_MINUTE;
    };
  const pattern = patternOf(format);
  return (value) => byPattern(pattern, String(value)) - offset * MS_PER_MINUTE;
}
