import { sql } from 'drizzle-orm';
import { bigint, boolean, check, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

import { chargeColumns } from './charge-columns.js';
import { runs } from './runs.js';

const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'string' }).notNull();
const paise = (name: string) => bigint(name, { mode: 'number' }).notNull();

/** Round trips of a run; gross − charges = net is checked by the database. */
export const trades = pgTable(
  'trades',
  {
    run: integer('run')
      .notNull()
      .references(() => runs.id, { onDelete: 'cascade' }),
    /** Position in the run's list. */
    ordinal: integer('ordinal').notNull(),
    seq: integer('seq').notNull(),
    gate: text('gate').notNull(),
    underlying: text('underlying').notNull(),
    contract: text('contract').notNull(),
    bias: text('bias').notNull(),
    regime: text('regime').notNull(),
    signalTime: at('signal_time'),
    entryTime: at('entry_time'),
    exitTime: at('exit_time'),
    lots: integer('lots').notNull(),
    units: integer('units').notNull(),
    entryPricePaise: paise('entry_price_paise'),
    exitPricePaise: paise('exit_price_paise'),
    exitReason: text('exit_reason').notNull(),
    ambiguous: boolean('ambiguous').notNull(),
    grossPaise: paise('gross_paise'),
    ...chargeColumns(),
    netPaise: paise('net_paise'),
    /** NULL: stored before the band of each trade was kept. */
    worstPaise: bigint('worst_paise', { mode: 'number' }),
    bestPaise: bigint('best_paise', { mode: 'number' }),
    orderIds: jsonb('order_ids').notNull().default([]),
    entryChases: integer('entry_chases').notNull().default(0),
    exitChases: integer('exit_chases').notNull().default(0),
    missedStopCostPaise: bigint('missed_stop_cost_paise', { mode: 'number' }),
    initialRiskPaise: paise('initial_risk_paise'),
    maxAdversePaise: paise('max_adverse_paise'),
    maxFavourablePaise: paise('max_favourable_paise'),
    reasons: jsonb('reasons').notNull(),
    source: text('source').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.run, t.ordinal] }),
    check('trades_accounts', sql`${t.grossPaise} - ${t.chargesPaise} = ${t.netPaise}`),
  ],
);
