import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

import { instruments } from './instruments.js';

/** What a vendor calls an instrument, from a day on: keys are reused after expiry. */
export const instrumentAliases = pgTable(
  'instrument_aliases',
  {
    vendor: text('vendor').notNull(),
    alias: text('alias').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validTo: date('valid_to', { mode: 'string' }),
    instrumentId: integer('instrument_id')
      .notNull()
      .references(() => instruments.id),
  },
  (t) => [primaryKey({ columns: [t.vendor, t.alias, t.validFrom] })],
);
