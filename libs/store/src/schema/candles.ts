import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  integer,
  pgTable,
  primaryKey,
  smallint,
  timestamp,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';

import { UNKNOWN_BITS } from '../quality.js';

/** A row with an unknown value must say why. */
const reasonGiven = (quality: AnyPgColumn, values: AnyPgColumn[]) =>
  sql`${quality} & ${sql.raw(String(UNKNOWN_BITS))} <> 0 or num_nulls(${sql.join(values, sql`, `)}) = 0`;

/**
 * One-minute bars of indices, futures and options; `ts` is the close. Partitioned by month. Prices rupees, sizes and open interest units, bid and ask at the close.
 * `span_ms` reaches back to the bar's start, `lag_ms` forward to when it could be known.
 * No foreign keys: rows arrive only by the bulk writer, after instrument and source were registered.
 */
export const candles = pgTable(
  'candles',
  {
    instrumentId: integer('instrument_id').notNull(),
    sourceId: integer('source_id').notNull(),
    ts: timestamp('ts', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    open: doublePrecision('open'),
    high: doublePrecision('high'),
    low: doublePrecision('low'),
    close: doublePrecision('close'),
    volume: doublePrecision('volume'),
    openInterest: doublePrecision('open_interest'),
    bid: doublePrecision('bid'),
    ask: doublePrecision('ask'),
    bidQty: doublePrecision('bid_qty'),
    askQty: doublePrecision('ask_qty'),
    spanMs: integer('span_ms').notNull(),
    lagMs: integer('lag_ms').notNull(),
    quality: smallint('quality').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.instrumentId, t.sourceId, t.ts] }),
    check(
      'candles_unknown_has_reason',
      reasonGiven(t.quality, [
        t.open,
        t.high,
        t.low,
        t.close,
        t.volume,
        t.openInterest,
        t.bid,
        t.ask,
        t.bidQty,
        t.askQty,
      ]),
    ),
  ],
);
