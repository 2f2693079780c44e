import { date, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';

/** The chain of one underlying and expiry. */
export const optionChains = pgTable(
  'option_chains',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    underlying: text('underlying').notNull(),
    expiry: date('expiry', { mode: 'string' }).notNull(),
  },
  (t) => [unique('option_chains_name').on(t.underlying, t.expiry)],
);
