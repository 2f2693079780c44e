import type { Trial } from '@sos/backtester';
import { parseIstDate, SERIES_SOURCES, type EpochMs, type IstDate, type Underlying } from '@sos/domain';

import type { Queryable } from '../client.js';

/** A trial of the ledger. */
export interface RecordedTrial extends Trial {
  readonly triedAt: EpochMs;
}

/** Trials on data that overlap these: the same kind of market (recorded or simulated), an underlying in common, a day in common. */
export interface TrialScope {
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  readonly simulated: boolean;
}

/** What was tried on overlapping data: distinct configurations, and the variance of their Sharpe ratios per session. */
export interface TrialCount {
  readonly trials: number;
  /** 0 below two known ones. */
  readonly sharpeVariance: number;
  /** Trials on overlapping days that were deleted from the ledger and therefore no longer count. */
  readonly deleted: number;
}

/** The trace of a deletion. */
export interface TrialDeletion {
  readonly deletedAt: EpochMs;
  readonly trials: number;
  readonly underlyings: readonly string[];
  readonly from: IstDate;
  readonly to: IstDate;
  readonly databaseUser: string;
}

/** Which trials are deleted; all when nothing is said. */
export interface TrialFilter {
  readonly command?: string;
  readonly gate?: string;
}

const json = (value: unknown): string => JSON.stringify(value);
const BATCH = 500;

/** Adds trials; one that is in the ledger already, the same configuration on the same data, stays as it is. @returns how many were new */
export async function recordTrials(sql: Queryable, found: readonly Trial[]): Promise<number> {
  let added = 0;
  for (let at = 0; at < found.length; at += BATCH) {
    const rows = await sql`
      insert into trials (data_hash, config_hash, command, gates, underlyings, from_date, to_date, source, sessions, trades, net_paise, sharpe)
      select "dataHash", "configHash", command, array(select jsonb_array_elements_text(gates)),
        array(select jsonb_array_elements_text(underlyings)), "from", "to", source, sessions, trades, net, sharpe
      from jsonb_to_recordset(${json(found.slice(at, at + BATCH))}::text::jsonb) as new ("dataHash" text, "configHash" text, command text,
        gates jsonb, underlyings jsonb, "from" date, "to" date, source text, sessions int, trades int, net bigint, sharpe float8)
      on conflict (data_hash, config_hash) do nothing returning 1`;
    added += rows.length;
  }
  return added;
}

/** How many configurations were tried on data that overlap a scope. */
export async function countTrials(
  sql: Queryable,
  { underlyings, from, to, simulated }: TrialScope,
): Promise<TrialCount> {
  const rows = await sql<TrialCount[]>`
    with scope as (select array(select jsonb_array_elements_text(${json(underlyings)}::text::jsonb)) as names,
      ${from}::text::date as first, ${to}::text::date as last),
    overlapping as (select distinct on (config_hash) config_hash, sharpe from trials, scope
      where underlyings && names and from_date <= last and to_date >= first and (source = 'simulated') = ${simulated}
      order by config_hash, id desc)
    select count(*)::int as trials, coalesce(var_samp(sharpe), 0) as "sharpeVariance",
      (select coalesce(sum(d.trials), 0)::int from trial_deletions d, scope
        where d.underlyings && names and d.from_date <= last and d.to_date >= first) as deleted
    from overlapping`;
  const [row] = rows;
  return row === undefined ? { trials: 0, sharpeVariance: 0, deleted: 0 } : { ...row };
}

interface TrialRow {
  readonly data_hash: string;
  readonly config_hash: string;
  readonly command: string;
  readonly gates: string[];
  readonly underlyings: Underlying[];
  readonly from_date: string;
  readonly to_date: string;
  readonly source: string;
  readonly sessions: number;
  readonly trades: number;
  readonly net: number;
  readonly sharpe: number | null;
  readonly at: number;
}

/** The trials of the ledger, latest first. */
export async function listTrials(sql: Queryable, limit: number): Promise<RecordedTrial[]> {
  const rows = await sql<TrialRow[]>`
    select data_hash, config_hash, command, gates, underlyings, from_date::text, to_date::text, source, sessions, trades,
      net_paise::float8 as net, sharpe, (extract(epoch from tried_at) * 1000)::float8 as at
    from trials order by id desc limit ${limit}`;
  return rows.map((r) => ({
    dataHash: r.data_hash,
    configHash: r.config_hash,
    command: r.command,
    gates: r.gates,
    underlyings: r.underlyings,
    from: parseIstDate(r.from_date),
    to: parseIstDate(r.to_date),
    source: SERIES_SOURCES.find((s) => s === r.source) ?? 'simulated',
    sessions: r.sessions,
    trades: r.trades,
    net: r.net,
    sharpe: r.sharpe,
    triedAt: Math.round(r.at) as EpochMs,
  }));
}

/** Deletes trials; the database itself writes the trace. @returns how many there were */
export async function deleteTrials(sql: Queryable, { command, gate }: TrialFilter): Promise<number> {
  const rows = await sql`
    delete from trials where (${command ?? null}::text is null or command = ${command ?? null}::text)
      and (${gate ?? null}::text is null or ${gate ?? null}::text = any(gates)) returning 1`;
  return rows.length;
}

/** The traces of deletions, latest first. */
export async function listDeletions(sql: Queryable): Promise<TrialDeletion[]> {
  const rows = await sql<{ at: number; n: number; names: string[]; first: string; last: string; who: string }[]>`
    select (extract(epoch from deleted_at) * 1000)::float8 as at, trials as n, underlyings as names, from_date::text as first,
      to_date::text as last, database_user as who from trial_deletions order by id desc`;
  return rows.map((r) => ({
    deletedAt: Math.round(r.at) as EpochMs,
    trials: r.n,
    underlyings: r.names,
    from: parseIstDate(r.first),
    to: parseIstDate(r.last),
    databaseUser: r.who,
  }));
}
