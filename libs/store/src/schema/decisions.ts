import { index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

import { runs } from './runs.js';

/** Notable decisions of gates and engine in a run: phase moves, signals, vetoes, refusals. */
export const decisions = pgTable(
  'decisions',
  {
    run: integer('run')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** Position in the run's list. */
    ordinal: integer('ordinal').notNull(),
    seq: integer('seq').notNull(),
    time: timestamp('time', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    underlying: text('underlying').notNull(),
    gate: text('gate').notNull(),
    kind: text('kind').notNull(),
    reason: text('reason').notNull(),
    detail: text('detail').notNull(),
  },
  (t) => [primaryKey({ columns: [t.run, t.ordinal] }), index('decisions_gate').on(t.run, t.gate, t.kind)],
);
