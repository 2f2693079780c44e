import { bigint, date, doublePrecision, integer, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';

/**
 * The trial ledger: every configuration that was ever run on data, once. Rows are only added: triggers refuse updates and TRUNCATE, and every DELETE leaves a row in
 * `trial_deletions`, whoever did it.
 */
export const trials = pgTable(
  'trials',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    dataHash: text('data_hash').notNull(),
    configHash: text('config_hash').notNull(),
    command: text('command').notNull(),
    gates: text('gates').array().notNull(),
    underlyings: text('underlyings').array().notNull(),
    fromDate: date('from_date', { mode: 'string' }).notNull(),
    toDate: date('to_date', { mode: 'string' }).notNull(),
    source: text('source').notNull(),
    sessions: integer('sessions').notNull(),
    trades: integer('trades').notNull(),
    netPaise: bigint('net_paise', { mode: 'number' }).notNull(),
    /** Per session, NULL when all days were equal. */
    sharpe: doublePrecision('sharpe'),
    triedAt: timestamp('tried_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull().defaultNow(),
  },
  (t) => [unique('trials_data_config').on(t.dataHash, t.configHash)],
);
