import { date, integer, pgTable, primaryKey, timestamp } from 'drizzle-orm/pg-core';

import { marketSources } from './market-sources.js';
import { optionChains } from './option-chains.js';

/** How many snapshots of a chain each source has for a day (IST), kept in the transaction that writes them. */
export const chainCoverage = pgTable(
  'chain_coverage',
  {
    chainId: integer('chain_id')
      .notNull()
      .references(() => optionChains.id),
    sourceId: integer('source_id')
      .notNull()
      .references(() => marketSources.id),
    day: date('day', { mode: 'string' }).notNull(),
    snapshots: integer('snapshots').notNull(),
    firstAt: timestamp('first_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    lastAt: timestamp('last_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.chainId, t.day, t.sourceId] })],
);
