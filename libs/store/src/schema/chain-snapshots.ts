import { sql } from 'drizzle-orm';
import { check, doublePrecision, integer, pgTable, primaryKey, smallint, timestamp } from 'drizzle-orm/pg-core';

/** One published page of a chain: the exchange's time, when it could be known, and the spot printed with it. Partitioned by month. */
export const chainSnapshots = pgTable(
  'chain_snapshots',
  {
    chainId: integer('chain_id').notNull(),
    sourceId: integer('source_id').notNull(),
    availableAt: timestamp('available_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    eventTime: timestamp('event_time', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    spot: doublePrecision('spot'),
    quality: smallint('quality').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.chainId, t.sourceId, t.availableAt] }),
    check('chain_snapshots_unknown_has_reason', sql`${t.spot} is not null or ${t.quality} & 224 <> 0`),
    check('chain_snapshots_available', sql`${t.availableAt} >= ${t.eventTime}`),
  ],
);
