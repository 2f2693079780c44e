import { date, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** The traces of deleted trials: written by a trigger, never deleted. */
export const trialDeletions = pgTable('trial_deletions', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  deletedAt: timestamp('deleted_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull().defaultNow(),
  trials: integer('trials').notNull(),
  underlyings: text('underlyings').array().notNull(),
  fromDate: date('from_date', { mode: 'string' }).notNull(),
  toDate: date('to_date', { mode: 'string' }).notNull(),
  databaseUser: text('database_user').notNull(),
});
