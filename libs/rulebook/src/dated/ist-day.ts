import type { IstDate } from '@sos/domain';

/** Brands a date literal of a table; a test checks that every date of every table is a real day. */
export function day(text: string): IstDate {
  return text as IstDate;
}
