import { AppError, type IstDate } from '@sos/domain';
import type { PublishedHoliday } from '../provider.js';
import type { NseHolidays } from './nse-client.js';
import { nseDay } from './nse-stamp.js';

/** The site's segments by the names of exchanges that other providers use; its further segments are of no concern here. */
const EXCHANGE_OF = [
  ['CM', 'NSE'],
  ['FO', 'NFO'],
  ['CD', 'CDS'],
  ['COM', 'NCO'],
] as const;

/** Days off by segment as one list, ascending. A segment that opens for a part of the day is not closed. @throws SOS_DATA_CORRUPT */
export function mapNseHolidays(segments: NseHolidays, kind: 'trading' | 'settlement'): PublishedHoliday[] {
  const found = new Map<IstDate, { description: string; closed: string[] }>();
  for (const [segment, exchange] of EXCHANGE_OF)
    for (const row of segments[segment] ?? []) {
      const date = nseDay(row.tradingDate);
      if (date === null)
        throw new AppError('SOS_DATA_CORRUPT', `expected a holiday of nse as 26-Jan-2026, found "${row.tradingDate}"`);
      const day = found.get(date) ?? { description: row.description.trim(), closed: [] };
      if (![row.morning_session, row.evening_session].some((s) => /open/i.test(s ?? ''))) day.closed.push(exchange);
      found.set(date, day);
    }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, { description, closed }]) => ({ date, description, kind, closed, open: [] }));
}
