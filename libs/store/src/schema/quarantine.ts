import { bigint, index, integer, pgTable, text } from 'drizzle-orm/pg-core';

import { ingestionFiles } from './ingestion-files.js';

/** Rows that an importer refused, with the reason; they can be listed and imported again. */
export const quarantine = pgTable(
  'quarantine',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    fileId: integer('file_id')
      .notNull()
      .references(() => ingestionFiles.id, { onDelete: 'cascade' }),
    line: integer('line'),
    reason: text('reason').notNull(),
    row: text('row').notNull(),
  },
  (t) => [index('quarantine_file').on(t.fileId)],
);
