import { parseIstDate, type IstDate } from '@sos/domain';
import { monthName, monthNumber, pad2 } from './months.js';

/** The parts of a date as symbol grammars need them. */
export interface DateParts {
  /** `01`..`31` */
  readonly day: string;
  /** 1..12 */
  readonly month: number;
  /** `JAN`..`DEC` */
  readonly monthName: string;
  /** Last two digits of the year. */
  readonly year2: string;
  readonly year4: string;
}

/** Splits a checked date. */
export function dateParts(date: IstDate): DateParts {
  const month = Number(date.slice(5, 7));
  return {
    day: date.slice(8, 10),
    month,
    monthName: monthName(month),
    year2: date.slice(2, 4),
    year4: date.slice(0, 4),
  };
}

/** A real day of this century from day, month abbreviation or number and two-digit year; null when there is no such day. */
export function dateFrom(day: string, month: string | number, year2: string): IstDate | null {
  const m = typeof month === 'number' ? month : monthNumber(month);
  if (m < 1 || m > 12) return null;
  try {
    return parseIstDate(`20${year2}-${pad2(m)}-${day}`);
  } catch {
    return null;
  }
}
