import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

import { chargeColumns } from './charge-columns.js';
import { runs } from './runs.js';

/** Executions of a run with their charges, to the paisa. */
export const fills = pgTable(
  'fills',
  {
    run: integer('run')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** Position in the run's list. */
    ordinal: integer('ordinal').notNull(),
    seq: integer('seq').notNull(),
    orderId: integer('order_id').notNull(),
    time: timestamp('time', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    contract: text('contract').notNull(),
    side: text('side').notNull(),
    units: integer('units').notNull(),
    pricePaise: bigint('price_paise', { mode: 'number' }).notNull(),
    decisionBidPaise: bigint('decision_bid_paise', { mode: 'number' }),
    decisionAskPaise: bigint('decision_ask_paise', { mode: 'number' }),
    spreadPaise: bigint('spread_paise', { mode: 'number' }).notNull().default(0),
    attempt: integer('attempt').notNull().default(0),
    source: text('source').notNull(),
    ...chargeColumns(),
  },
  (t) => [
    primaryKey({ columns: [t.run, t.ordinal] }),
    check(
      'fills_charges',
      sql`${t.brokeragePaise} + ${t.sttPaise} + ${t.exchangePaise} + ${t.ipftPaise} + ${t.sebiPaise} + ${t.stampPaise} + ${t.gstPaise} = ${t.chargesPaise}`,
    ),
  ],
);
