import { date, index, integer, pgTable, primaryKey, timestamp } from 'drizzle-orm/pg-core';

import { instruments } from './instruments.js';
import { marketSources } from './market-sources.js';

/** How many bars of an instrument each source has for a day (IST), kept in the transaction that writes them. */
export const candleCoverage = pgTable(
  'candle_coverage',
  {
    instrumentId: integer('instrument_id')
      .notNull()
      .references(() => instruments.id),
    sourceId: integer('source_id')
      .notNull()
      .references(() => marketSources.id),
    day: date('day', { mode: 'string' }).notNull(),
    bars: integer('bars').notNull(),
    firstTs: timestamp('first_ts', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    lastTs: timestamp('last_ts', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.instrumentId, t.day, t.sourceId] }), index('candle_coverage_day').on(t.day)],
);
