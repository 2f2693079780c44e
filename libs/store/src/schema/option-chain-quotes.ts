import { sql } from 'drizzle-orm';
import { check, doublePrecision, integer, pgTable, primaryKey, smallint, timestamp } from 'drizzle-orm/pg-core';

const value = (name: string) => doublePrecision(name);

/** One strike of one chain snapshot, call and put side by side. Prices rupees, sizes and open interest units, volume the day's cumulative units. Partitioned by month. */
export const optionChainQuotes = pgTable(
  'option_chain_quotes',
  {
    chainId: integer('chain_id').notNull(),
    sourceId: integer('source_id').notNull(),
    availableAt: timestamp('available_at', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    eventTime: timestamp('event_time', { withTimezone: true, precision: 3, mode: 'string' }).notNull(),
    strike: doublePrecision('strike').notNull(),
    ceLtp: value('ce_ltp'),
    ceBid: value('ce_bid'),
    ceAsk: value('ce_ask'),
    ceBidQty: value('ce_bid_qty'),
    ceAskQty: value('ce_ask_qty'),
    ceVolume: value('ce_volume'),
    ceOpenInterest: value('ce_open_interest'),
    peLtp: value('pe_ltp'),
    peBid: value('pe_bid'),
    peAsk: value('pe_ask'),
    peBidQty: value('pe_bid_qty'),
    peAskQty: value('pe_ask_qty'),
    peVolume: value('pe_volume'),
    peOpenInterest: value('pe_open_interest'),
    ceQuality: smallint('ce_quality').notNull(),
    peQuality: smallint('pe_quality').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.chainId, t.sourceId, t.availableAt, t.strike] }),
    check(
      'option_chain_quotes_unknown_has_reason',
      sql`(${t.ceQuality} & 224 <> 0 or num_nulls(${t.ceLtp}, ${t.ceBid}, ${t.ceAsk}, ${t.ceBidQty}, ${t.ceAskQty}, ${t.ceVolume}, ${t.ceOpenInterest}) = 0)
        and (${t.peQuality} & 224 <> 0 or num_nulls(${t.peLtp}, ${t.peBid}, ${t.peAsk}, ${t.peBidQty}, ${t.peAskQty}, ${t.peVolume}, ${t.peOpenInterest}) = 0)`,
    ),
  ],
);
