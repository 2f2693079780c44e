import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/** What came of each variant of a queued sweep: written once, by whichever worker finished it first. */
export const sweepResults = pgTable(
  'sweep_results',
  {
    /** Hash of everything that decides the sweep. */
    sweep: text('sweep').notNull(),
    variant: integer('variant').notNull(),
    /** Sessions and source of the part that the variant was run in, and its result. */
    outcome: jsonb('outcome').notNull(),
    worker: text('worker').notNull(),
    finishedAt: timestamp('finished_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.sweep, t.variant] })],
);
