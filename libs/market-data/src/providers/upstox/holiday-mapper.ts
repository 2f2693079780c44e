import { parseIstDate, type EpochMs } from '@sos/domain';
import type { z } from 'zod';
import type { PublishedHoliday } from '../provider.js';
import type { Holidays } from './upstox-schema.js';

type Row = z.infer<typeof Holidays>['data'][number];

const KINDS: Readonly<Record<Row['holiday_type'], PublishedHoliday['kind']>> = {
  ALL: 'trading',
  TRADING_HOLIDAY: 'trading',
  SETTLEMENT_HOLIDAY: 'settlement',
  SPECIAL_TIMING: 'special-timing',
};

/** The vendor's calendar in our words. */
export function mapHolidays(rows: readonly Row[]): PublishedHoliday[] {
  return rows.map((row) => ({
    date: parseIstDate(row.date),
    description: row.description,
    kind: KINDS[row.holiday_type],
    closed: row.closed_exchanges,
    open: row.open_exchanges.map((e) => ({
      exchange: e.exchange,
      from: e.start_time as EpochMs,
      to: e.end_time as EpochMs,
    })),
  }));
}
