import type { Contract, ContractId, IstDate, SeriesSource, Underlying } from '@sos/domain';

import type { Queryable, Transaction } from '../client.js';
import { admits, type DataSource, type SourceFilter } from '../data-source.js';

/** A source's last word on a contract's day: `complete` = what it did not send did not happen; `not-listed` = it knows no such contract. */
export type Answer = 'complete' | 'not-listed';

/** A contract's day on which a source has had its last word. */
export interface AnsweredDay {
  readonly contract: Contract;
  readonly day: IstDate;
  readonly answer: Answer;
}

/** What one source holds of one contract on one day. */
export interface ContractDay extends DataSource {
  readonly contract: ContractId;
  readonly day: IstDate;
  readonly bars: number;
  /** Null: the source may still have more of the day. */
  readonly answer: Answer | null;
}

/** The contracts of an underlying over days, both included. */
export interface ContractDayQuery {
  readonly underlying: Underlying;
  readonly from: IstDate;
  readonly to: IstDate;
  /** Which sources count; all by default. */
  readonly filter?: SourceFilter;
}

/** Keeps answers in the transaction of their rows; a later answer replaces an earlier one. */
export async function writeAnswers(
  tx: Transaction,
  days: readonly AnsweredDay[],
  { instrumentIds, sourceId }: { readonly instrumentIds: readonly number[]; readonly sourceId: number },
): Promise<void> {
  await tx`
    insert into answered_days (instrument_id, source_id, day, answer)
    select id, ${sourceId}::int, day::date, answer from unnest(${[...instrumentIds]}::int[], ${days.map((d) => d.day)}::text[],
      ${days.map((d) => d.answer)}::text[]) as new (id, day, answer)
    on conflict (instrument_id, day, source_id) do update set answer = excluded.answer, answered_at = now()`;
}

interface Row {
  readonly contract: ContractId;
  readonly day: IstDate;
  readonly source: SeriesSource;
  readonly dataset: string;
  readonly bars: number;
  readonly answer: Answer | null;
}

/** What is held of every contract of an underlying, by contract, day and source; days with an answer and no bars included. */
export async function contractDays(sql: Queryable, query: ContractDayQuery): Promise<ContractDay[]> {
  const { underlying, from, to, filter } = query;
  const rows = await sql<Row[]>`
    select i.contract_id as contract, coalesce(c.day, a.day)::text as day, s.source, s.dataset,
      coalesce(c.bars, 0) as bars, a.answer
    from (select * from candle_coverage where day between ${from}::text::date and ${to}::text::date) c
    full join (select * from answered_days where day between ${from}::text::date and ${to}::text::date) a
      on a.instrument_id = c.instrument_id and a.day = c.day and a.source_id = c.source_id
    join instruments i on i.id = coalesce(c.instrument_id, a.instrument_id)
    join market_sources s on s.id = coalesce(c.source_id, a.source_id)
    where i.underlying = ${underlying}
    order by 1, 2, s.dataset, s.source`;
  return rows.filter((r) => filter === undefined || admits(filter, r)).map((r) => ({ ...r }));
}
