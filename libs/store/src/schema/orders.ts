import { bigint, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

import { runs } from './runs.js';

/** Life of the orders of a run, one row per event in it. `limit_paise` NULL: never met a price to start from. */
export const orders = pgTable(
  'orders',
  {
    run: integer('run')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** Position in the run's list. */
    ordinal: integer('ordinal').notNull(),
    seq: integer('seq').notNull(),
    orderId: integer('order_id').notNull(),
    time: timestamp('time', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    gate: text('gate').notNull(),
    underlying: text('underlying').notNull(),
    contract: text('contract').notNull(),
    side: text('side').notNull(),
    lots: integer('lots').notNull(),
    units: integer('units').notNull(),
    limitPaise: bigint('limit_paise', { mode: 'number' }),
    /** NULL: a plain limit order. */
    triggerPaise: bigint('trigger_paise', { mode: 'number' }),
    attempt: integer('attempt').notNull().default(0),
    status: text('status').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [primaryKey({ columns: [t.run, t.ordinal] })],
);
