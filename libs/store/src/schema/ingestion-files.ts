import { sql } from 'drizzle-orm';
import { bigint, check, integer, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';

/** The import ledger: one row per file and revision of its importer. `complete` is written in the transaction of the file's rows. */
export const ingestionFiles = pgTable(
  'ingestion_files',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').notNull(),
    name: text('name').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    sha256: text('sha256').notNull(),
    revision: integer('revision').notNull(),
    state: text('state').notNull(),
    rowsRead: bigint('rows_read', { mode: 'number' }).notNull().default(0),
    rowsWritten: bigint('rows_written', { mode: 'number' }).notNull().default(0),
    rowsUnchanged: bigint('rows_unchanged', { mode: 'number' }).notNull().default(0),
    rowsRepaired: bigint('rows_repaired', { mode: 'number' }).notNull().default(0),
    rowsQuarantined: bigint('rows_quarantined', { mode: 'number' }).notNull().default(0),
    gaps: bigint('gaps', { mode: 'number' }).notNull().default(0),
    failure: text('failure'),
    startedAt: timestamp('started_at', { withTimezone: true, mode: 'string' }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true, mode: 'string' }),
  },
  (t) => [
    unique('ingestion_files_name').on(t.kind, t.name, t.sha256, t.revision),
    check('ingestion_files_state', sql`${t.state} in ('started', 'complete', 'failed')`),
  ],
);
