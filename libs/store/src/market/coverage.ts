import { parseIstDate, type IstDate, type OptionContract, type SeriesSource, type Underlying } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';

import type { Queryable } from '../client.js';
import type { Candidate } from '../data-source.js';

/** Bars of one instrument on one day from one source. */
export interface CandleDay extends Candidate {
  readonly instrumentId: number;
  readonly day: IstDate;
}

/** Snapshots of one chain on one day from one source. */
export interface ChainDay extends Candidate {
  readonly chainId: number;
  readonly expiry: IstDate;
}

/** Bars of one option on one day from one source. */
export interface OptionDay extends Candidate {
  readonly instrumentId: number;
  readonly contract: OptionContract;
}

export interface DayRange {
  readonly underlying: Underlying;
  readonly from: IstDate;
  readonly to: IstDate;
}

interface CandleDayRow {
  readonly instrument_id: number;
  readonly source_id: number;
  readonly source: SeriesSource;
  readonly dataset: string;
  readonly day: string;
  readonly bars: number;
}

const toCandleDay = (r: CandleDayRow): CandleDay => ({
  instrumentId: r.instrument_id,
  sourceId: r.source_id,
  source: r.source,
  dataset: r.dataset,
  day: parseIstDate(r.day),
  rows: r.bars,
});

/** Days for which index bars exist, ascending, one entry per source. */
export async function indexDays(sql: Queryable, { underlying, from, to }: DayRange): Promise<CandleDay[]> {
  const rows = await sql<CandleDayRow[]>`
    select c.instrument_id, c.source_id, s.source, s.dataset, c.day::text as day, c.bars
    from candle_coverage c join instruments i on i.id = c.instrument_id join market_sources s on s.id = c.source_id
    where i.underlying = ${underlying} and i.kind = 'index'
      and c.day between ${from}::text::date and ${to}::text::date order by c.day`;
  return rows.map(toCandleDay);
}

/** Bars of the nearest future that has any on a day. */
export async function frontFutureDays(sql: Queryable, underlying: Underlying, date: IstDate): Promise<CandleDay[]> {
  const rows = await sql<(CandleDayRow & { expiry: string })[]>`
    select c.instrument_id, c.source_id, s.source, s.dataset, c.day::text as day, c.bars, i.expiry::text as expiry
    from candle_coverage c join instruments i on i.id = c.instrument_id join market_sources s on s.id = c.source_id
    where i.underlying = ${underlying} and i.kind = 'future' and i.expiry >= ${date}::text::date
      and c.day = ${date}::text::date order by i.expiry`;
  return rows.filter((r) => r.expiry === rows[0]?.expiry).map(toCandleDay);
}

/** Chains that have snapshots on a day, by ascending expiry, one entry per source. */
export async function chainDays(sql: Queryable, underlying: Underlying, date: IstDate): Promise<ChainDay[]> {
  const rows = await sql<
    { chain_id: number; source_id: number; source: SeriesSource; dataset: string; expiry: string; snapshots: number }[]
  >`
    select c.chain_id, c.source_id, s.source, s.dataset, o.expiry::text as expiry, c.snapshots
    from chain_coverage c join option_chains o on o.id = c.chain_id join market_sources s on s.id = c.source_id
    where o.underlying = ${underlying} and c.day = ${date}::text::date order by o.expiry`;
  return rows.map((r) => ({
    chainId: r.chain_id,
    sourceId: r.source_id,
    source: r.source,
    dataset: r.dataset,
    expiry: parseIstDate(r.expiry),
    rows: r.snapshots,
  }));
}

interface OptionDayRow extends CandleDayRow {
  readonly expiry: string;
  readonly strike: number;
  readonly option_right: OptionContract['right'];
}

/** Options that have bars on a day, by ascending expiry, one entry per source. */
export async function optionDays(sql: Queryable, underlying: Underlying, date: IstDate): Promise<OptionDay[]> {
  const rows = await sql<OptionDayRow[]>`
    select c.instrument_id, c.source_id, s.source, s.dataset, c.day::text as day, c.bars,
      i.expiry::text as expiry, i.strike, i.option_right
    from candle_coverage c join instruments i on i.id = c.instrument_id join market_sources s on s.id = c.source_id
    where i.underlying = ${underlying} and i.kind = 'option' and c.day = ${date}::text::date order by i.expiry, i.strike`;
  return rows.map((r) => ({
    instrumentId: r.instrument_id,
    sourceId: r.source_id,
    source: r.source,
    dataset: r.dataset,
    rows: r.bars,
    contract: optionContract({ underlying, expiry: parseIstDate(r.expiry), strike: r.strike, right: r.option_right }),
  }));
}
