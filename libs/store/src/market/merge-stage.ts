import type { Transaction } from '../client.js';
import { copyIn, type RowSource } from '../copy/copy-in.js';
import type { WriteCount } from './write-count.js';

/** How rows of a table are merged: `columns` as sent, `key` and `rest` of them. */
export interface MergeTarget {
  readonly table: string;
  readonly columns: string;
  readonly key: string;
}

/** Copies rows into a temporary table of the same shape and merges them: rows with a known key are replaced where they differ. */
export async function mergeByStage(tx: Transaction, target: MergeTarget, rows: RowSource): Promise<WriteCount> {
  const { table, columns, key } = target;
  const stage = `stage_${table}`;
  const keys = key.split(', ');
  const rest = columns.split(', ').filter((c) => !keys.includes(c));
  await tx.unsafe(`create temp table if not exists ${stage} (like ${table}) on commit delete rows`);
  await tx.unsafe(`truncate ${stage}`);
  await copyIn(tx, `${stage} (${columns})`, rows);
  const tuple = (of: string): string => `(${rest.map((c) => `${of}.${c}`).join(', ')})`;
  const merged = await tx.unsafe<{ inserted: number; changed: number }[]>(`
    with merged as (
      insert into ${table} as old (${columns}) select ${columns} from ${stage}
      on conflict (${key}) do update set ${rest.map((c) => `${c} = excluded.${c}`).join(', ')}
      where ${tuple('old')} is distinct from ${tuple('excluded')}
      returning (xmax = 0) as fresh)
    select count(*) filter (where fresh)::int as inserted, count(*) filter (where not fresh)::int as changed from merged`);
  const inserted = merged[0]?.inserted ?? 0;
  const changed = merged[0]?.changed ?? 0;
  return { inserted, changed, unchanged: rows.length - inserted - changed };
}

const LOCK_CLASS = 7_305_222;

/** One writer per source at a time, so that "nothing is there yet" stays true until commit. */
export async function lockSource(tx: Transaction, sourceId: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCK_CLASS}, ${sourceId})`;
}
