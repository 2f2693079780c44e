import { sql } from 'drizzle-orm';
import { check, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';

/** Where rows come from: a series source and the name of a data set. Part of every market key, so that sources never overwrite each other. */
export const marketSources = pgTable(
  'market_sources',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    source: text('source').notNull(),
    dataset: text('dataset').notNull(),
  },
  (t) => [
    unique('market_sources_name').on(t.source, t.dataset),
    check('market_sources_source', sql`${t.source} in ('recorded', 'derived', 'modelled', 'simulated')`),
  ],
);
