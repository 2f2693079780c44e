import {
  MS_PER_DAY,
  startOfIstDay,
  type BarColumns,
  type ChainTape,
  type ContractId,
  type EpochMs,
  type IstDate,
  type OptionContract,
  type OptionSeries,
  type Underlying,
} from '@sos/domain';

import type { Client } from '../client.js';
import { bestOf, type DataSource, type SourceFilter } from '../data-source.js';
import { groupBy } from '../group-by.js';
import { chainDays, optionDays } from './coverage.js';
import { joinBars } from './join-bars.js';
import type { MarketStat } from './market-stat.js';
import { quotesOfChain } from './quotes-of-chain.js';
import { readBars, readOptions } from './read-candles.js';
import { readChain } from './read-chains.js';
import type { Registry } from './registry.js';

/** Bars of one contract from one source, closing at or after `from` and before `to`. */
export interface CandleQuery {
  readonly contract: ContractId;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly source: DataSource;
}

/** The chains of one day. */
export interface ChainQuery {
  readonly underlying: Underlying;
  readonly date: IstDate;
  readonly filter: SourceFilter;
  /** Only so many of the nearest expiries; all by default. */
  readonly expiries?: number;
}

/** One option on one day. */
export interface OptionQuery {
  readonly contract: OptionContract;
  readonly date: IstDate;
  readonly filter: SourceFilter;
}

/** The market stats of one day, from the one best source that the filter admits. */
export interface StatsQuery {
  readonly underlying: Underlying;
  readonly date: IstDate;
  readonly filter: SourceFilter;
}

const spanOf = (date: IstDate): { from: number; to: number } => {
  const from = startOfIstDay(date);
  return { from, to: from + MS_PER_DAY };
};

export async function readCandles(sql: Client, registry: Registry, query: CandleQuery): Promise<BarColumns> {
  const instrumentId = await registry.findInstrument(query.contract);
  if (instrumentId === null) return joinBars([]);
  const sourceId = await registry.source(query.source);
  const { from, to } = query;
  const counted = await sql<{ bars: number }[]>`
    select coalesce(sum(bars), 0)::int as bars from candle_coverage
    where instrument_id = ${instrumentId} and source_id = ${sourceId}
      and first_ts < ${new Date(to).toISOString()}::text::timestamptz
      and last_ts >= ${new Date(from).toISOString()}::text::timestamptz`;
  return readBars(sql, { instrumentId, sourceId, from, to, expectedRows: counted[0]?.bars ?? 0 });
}

export async function readChains(sql: Client, query: ChainQuery): Promise<ChainTape[]> {
  const { underlying, date, filter, expiries = Number.POSITIVE_INFINITY } = query;
  const all = groupBy(await chainDays(sql, underlying, date), (c) => c.expiry);
  const chosen = [...all.values()].flatMap((candidates) => bestOf(candidates, filter) ?? []);
  const wanted = chosen.filter((c) => c.expiry >= date).slice(0, expiries);
  return Promise.all(wanted.map((c) => readChain(sql, { ...c, underlying, ...spanOf(date) })));
}

export async function readOptionSeries(sql: Client, query: OptionQuery): Promise<OptionSeries | null> {
  const { contract, date, filter } = query;
  const days = await optionDays(sql, contract.underlying, date);
  const best = bestOf(
    days.filter((d) => d.contract.id === contract.id),
    filter,
  );
  if (best !== null) {
    const { sourceId, source, rows } = best;
    const read = { sourceId, source, options: [best], expectedRows: rows, ...spanOf(date) };
    return (await readOptions(sql, read))[0] ?? null;
  }
  const chains = await chainDays(sql, contract.underlying, date);
  const chain = bestOf(
    chains.filter((c) => c.expiry === contract.expiry),
    filter,
  );
  if (chain === null) return null;
  return quotesOfChain(await readChain(sql, { ...chain, underlying: contract.underlying, ...spanOf(date) }), contract);
}

interface StatRow extends Omit<MarketStat, 'eventTime' | 'availableAt'>, DataSource {
  readonly sourceId: number;
  readonly eventTime: string;
  readonly availableAt: string;
}

export async function readMarketStats(sql: Client, query: StatsQuery): Promise<MarketStat[]> {
  const { from, to } = spanOf(query.date);
  const rows = await sql<StatRow[]>`
    select m.underlying, m.band, m.source_id as "sourceId", s.source, s.dataset,
      extract(epoch from m.event_time) * 1000 as "eventTime", extract(epoch from m.available_at) * 1000 as "availableAt",
      m.pcr, m.pcr_velocity as "pcrVelocity", m.call_open_interest as "callOpenInterest", m.put_open_interest as "putOpenInterest",
      m.wall_above as "wallAbove", m.wall_below as "wallBelow", m.max_pain as "maxPain", m.advances, m.declines, m.spot
    from market_stats m join market_sources s on s.id = m.source_id
    where m.underlying = ${query.underlying} and m.available_at >= ${new Date(from).toISOString()}::text::timestamptz
      and m.available_at < ${new Date(to).toISOString()}::text::timestamptz
    order by m.available_at, m.band`;
  const candidates = [...groupBy(rows, (r) => r.sourceId).values()].flatMap((of) =>
    of[0] === undefined ? [] : { ...of[0], rows: of.length },
  );
  const best = bestOf(candidates, query.filter);
  return rows.filter((r) => r.sourceId === best?.sourceId).map(statOf);
}

function statOf(row: StatRow): MarketStat {
  return {
    underlying: row.underlying,
    band: row.band,
    eventTime: Number(row.eventTime) as EpochMs,
    availableAt: Number(row.availableAt) as EpochMs,
    pcr: row.pcr,
    pcrVelocity: row.pcrVelocity,
    callOpenInterest: row.callOpenInterest,
    putOpenInterest: row.putOpenInterest,
    wallAbove: row.wallAbove,
    wallBelow: row.wallBelow,
    maxPain: row.maxPain,
    advances: row.advances,
    declines: row.declines,
    spot: row.spot,
  };
}

/** The contract that a vendor's name meant on a day, or null. */
export async function resolveAlias(
  sql: Client,
  alias: readonly [string, string],
  on: IstDate,
): Promise<ContractId | null> {
  const [vendor, name] = alias;
  const rows = await sql<{ contract_id: ContractId }[]>`
    select i.contract_id from instrument_aliases a join instruments i on i.id = a.instrument_id
    where a.vendor = ${vendor} and a.alias = ${name} and a.valid_from <= ${on}::text::date
      and (a.valid_to is null or a.valid_to >= ${on}::text::date)
    order by a.valid_from desc limit 1`;
  return rows[0]?.contract_id ?? null;
}
