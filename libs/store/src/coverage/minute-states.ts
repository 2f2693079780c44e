import { parseIstDate, type ContractId, type IstDate, type OptionContract, type SeriesSource } from '@sos/domain';
import { optionContract } from '@sos/symbol-master';

import type { Queryable } from '../client.js';
import { admits, type DataSource, type SourceFilter } from '../data-source.js';
import type { ContractDayQuery } from './answered-day.js';

/** The contracts of an underlying over days, both included, in the sources that a filter admits. */
export interface MinuteQuery extends ContractDayQuery {
  readonly filter: SourceFilter;
  /** Leave options and futures out; false by default. */
  readonly indexOnly?: boolean;
}

/**
 * What one source shows of one contract through one day. Minutes are those of the day in Indian time (555 = 09:15), each that of a bar's close or of a
 * chain page: `traded` with a trade, `quoted` with a bid or ask and no trade, `seen` with neither. `isChain`: pages, which stand until the next one.
 */
export interface ContractMinutes extends DataSource {
  readonly contract: ContractId;
  readonly day: IstDate;
  readonly isChain: boolean;
  readonly traded: readonly number[];
  readonly quoted: readonly number[];
  readonly seen: readonly number[];
}

interface Row {
  readonly contract: ContractId;
  readonly day: string;
  readonly source: SeriesSource;
  readonly dataset: string;
  readonly minutes: string;
  readonly states: string;
}

interface ChainRow extends Omit<Row, 'contract'> {
  readonly expiry: string;
  readonly strike: number;
  readonly right: OptionContract['right'];
}

type Split = Pick<ContractMinutes, 'traded' | 'quoted' | 'seen'>;

const TRADED = 't';
const QUOTED = 'q';

function split({ minutes, states }: Pick<Row, 'minutes' | 'states'>): Split {
  const found = { traded: [] as number[], quoted: [] as number[], seen: [] as number[] };
  minutes.split(',').forEach((minute, i) => {
    const state = states.charAt(i);
    found[state === TRADED ? 'traded' : state === QUOTED ? 'quoted' : 'seen'].push(Number(minute));
  });
  return found;
}

/** Bars: a minute of an index is a price of its own; without volume a price is taken for a trade. */
async function barMinutes(sql: Queryable, query: Omit<MinuteQuery, 'filter'>): Promise<ContractMinutes[]> {
  const { underlying, from, to, indexOnly = false } = query;
  const rows = await sql<Row[]>`
    with bars as (
      select c.instrument_id, c.source_id, c.ts at time zone 'Asia/Kolkata' as local,
        case when c.close is not null and (i.kind = 'index' or c.volume is null or c.volume > 0) then 't'
          when c.bid is not null or c.ask is not null then 'q' else 's' end as state
      from candles c join instruments i on i.id = c.instrument_id
      where i.underlying = ${underlying} and (i.kind = 'index' or not ${indexOnly}::boolean) and c.ts > ${from}::text::timestamp at time zone 'Asia/Kolkata'
        and c.ts <= (${to}::text::date + 1)::timestamp at time zone 'Asia/Kolkata')
    select i.contract_id as contract, b.day::text as day, s.source, s.dataset, b.minutes, b.states from (
      select instrument_id, source_id, local::date as day,
        string_agg((extract(hour from local) * 60 + extract(minute from local))::int::text, ',' order by local) as minutes,
        string_agg(state, '' order by local) as states
      from bars group by 1, 2, 3) b
    join instruments i on i.id = b.instrument_id join market_sources s on s.id = b.source_id
    order by 1, 2, s.dataset, s.source`;
  return rows.map((r) => {
    const { contract, source, dataset } = r;
    return { contract, day: parseIstDate(r.day), source, dataset, isChain: false, ...split(r) };
  });
}

/** Chain pages: a trade shows as growth of the day's volume since the page before. */
async function chainMinutes(sql: Queryable, { underlying, from, to }: ContractDayQuery): Promise<ContractMinutes[]> {
  const rows = await sql<ChainRow[]>`
    with pages as (
      select q.chain_id, q.source_id, q.strike, o.expiry, q.available_at at time zone 'Asia/Kolkata' as local, side.*
      from option_chain_quotes q join option_chains o on o.id = q.chain_id,
      lateral (values ('CE', q.ce_bid, q.ce_ask, q.ce_volume), ('PE', q.pe_bid, q.pe_ask, q.pe_volume)) as side (option_right, bid, ask, volume)
      where o.underlying = ${underlying} and q.available_at > ${from}::text::timestamp at time zone 'Asia/Kolkata'
        and q.available_at <= (${to}::text::date + 1)::timestamp at time zone 'Asia/Kolkata'),
    states as (
      select *, local::date as day, case
        when volume > coalesce(lag(volume) over (partition by chain_id, source_id, strike, option_right, local::date order by local), 0) then 't'
        when bid is not null or ask is not null then 'q' else 's' end as state
      from pages)
    select p.day::text as day, s.source, s.dataset, p.expiry::text as expiry, p.strike, p.option_right as right, p.minutes, p.states from (
      select chain_id, source_id, strike, option_right, expiry, day,
        string_agg(ceil(extract(epoch from local - day) / 60)::int::text, ',' order by local) as minutes,
        string_agg(state, '' order by local) as states
      from states group by 1, 2, 3, 4, 5, 6) p
    join market_sources s on s.id = p.source_id
    order by p.day, p.expiry, p.strike, p.option_right, s.dataset, s.source`;
  return rows.map((r) => {
    const { source, dataset, strike, right } = r;
    const contract = optionContract({ underlying, expiry: parseIstDate(r.expiry), strike, right }).id;
    return { contract, day: parseIstDate(r.day), source, dataset, isChain: true, ...split(r) };
  });
}

/** What the admitted sources show of every contract of an underlying, minute by minute. */
export async function minuteStates(sql: Queryable, query: MinuteQuery): Promise<ContractMinutes[]> {
  const pages = query.indexOnly === true ? [] : await chainMinutes(sql, query);
  const found = [...(await barMinutes(sql, query)), ...pages];
  return found.filter((one) => admits(query.filter, one));
}
