import { date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

import { instruments } from './instruments.js';
import { marketSources } from './market-sources.js';

/**
 * Days (IST) of a contract for which a source gave its last word: `complete` = what it did not send did not happen, `not-listed` = it knows no such contract.
 * Written in the transaction of the rows themselves; without such a row a minute that is not stored is missing.
 */
export const answeredDays = pgTable(
  'answered_days',
  {
    instrumentId: integer('instrument_id')
      .notNull()
      .references(() => instruments.id),
    sourceId: integer('source_id')
      .notNull()
      .references(() => marketSources.id),
    day: date('day', { mode: 'string' }).notNull(),
    answer: text('answer').notNull(),
    answeredAt: timestamp('answered_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.instrumentId, t.day, t.sourceId] }), index('answered_days_day').on(t.day)],
);
