import { sql } from 'drizzle-orm';
import { check, date, doublePrecision, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';

/** Every contract that any row speaks of, by its canonical id. Strike in index points. */
export const instruments = pgTable(
  'instruments',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    contractId: text('contract_id').notNull(),
    kind: text('kind').notNull(),
    underlying: text('underlying').notNull(),
    expiry: date('expiry', { mode: 'string' }),
    strike: doublePrecision('strike'),
    right: text('option_right'),
  },
  (t) => [
    unique('instruments_contract_id').on(t.contractId),
    index('instruments_underlying').on(t.underlying, t.kind, t.expiry),
    check(
      'instruments_shape',
      sql`case ${t.kind}
        when 'index' then ${t.expiry} is null and ${t.strike} is null and ${t.right} is null
        when 'future' then ${t.expiry} is not null and ${t.strike} is null and ${t.right} is null
        when 'option' then ${t.expiry} is not null and ${t.strike} > 0 and ${t.right} in ('CE', 'PE')
        else false end`,
    ),
  ],
);
