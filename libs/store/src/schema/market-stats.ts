import { sql } from 'drizzle-orm';
import { check, doublePrecision, integer, pgTable, primaryKey, smallint, text, timestamp } from 'drizzle-orm/pg-core';

/** What was computed or published about an underlying at one moment. `band` names the strikes that PCR and totals are taken over. Partitioned by month. */
export const marketStats = pgTable(
  'market_stats',
  {
    underlying: text('underlying').notNull(),
    sourceId: integer('source_id').notNull(),
    availableAt: timestamp('available_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    band: text('band').notNull(),
    eventTime: timestamp('event_time', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    pcr: doublePrecision('pcr'),
    pcrVelocity: doublePrecision('pcr_velocity'),
    callOpenInterest: doublePrecision('call_open_interest'),
    putOpenInterest: doublePrecision('put_open_interest'),
    wallAbove: doublePrecision('wall_above'),
    wallBelow: doublePrecision('wall_below'),
    maxPain: doublePrecision('max_pain'),
    advances: integer('advances'),
    declines: integer('declines'),
    /** Rupees, as printed with the figures. */
    spot: doublePrecision('spot'),
    quality: smallint('quality').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.underlying, t.sourceId, t.availableAt, t.band] }),
    check(
      'market_stats_unknown_has_reason',
      sql`${t.quality} & 224 <> 0 or num_nulls(${t.pcr}, ${t.pcrVelocity}, ${t.callOpenInterest}, ${t.putOpenInterest}, ${t.wallAbove}, ${t.wallBelow}, ${t.maxPain}, ${t.advances}, ${t.declines}, ${t.spot}) = 0`,
    ),
  ],
);
