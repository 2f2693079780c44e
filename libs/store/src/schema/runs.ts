import { sql } from 'drizzle-orm';
import { bigint, check, date, integer, jsonb, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';

/** A finished backtest. `status` becomes `complete` in the one transaction that writes everything of the run, so that no half run is ever seen. */
export const runs = pgTable(
  'runs',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    runId: text('run_id').notNull(),
    status: text('status').notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull().defaultNow(),
    fromDate: date('from_date', { mode: 'string' }).notNull(),
    toDate: date('to_date', { mode: 'string' }).notNull(),
    source: text('source').notNull(),
    trades: integer('trades').notNull(),
    grossPaise: bigint('gross_paise', { mode: 'number' }).notNull(),
    chargesPaise: bigint('charges_paise', { mode: 'number' }).notNull(),
    netPaise: bigint('net_paise', { mode: 'number' }).notNull(),
    startingCapitalPaise: bigint('starting_capital_paise', { mode: 'number' }).notNull(),
    dataHash: text('data_hash').notNull(),
    configHash: text('config_hash').notNull(),
    ledgerHash: text('ledger_hash').notNull(),
    /** Everything else the run says, as it was said. */
    summary: jsonb('summary').notNull(),
  },
  (t) => [
    unique('runs_run_id').on(t.runId),
    check('runs_status', sql`${t.status} in ('writing', 'complete')`),
    check('runs_accounts', sql`${t.grossPaise} - ${t.chargesPaise} = ${t.netPaise}`),
  ],
);
