import type { Transaction } from '../client.js';
import { copyIn, type RowSource } from '../copy/copy-in.js';
import { timestampLiteral } from '../copy/timestamp-literal.js';
import type { WriteCount } from './write-count.js';

/** How rows of a table are merged: `columns` as sent, `key` of them, and the key's time column with the span of the new rows (epoch ms). */
export interface MergeTarget {
  readonly table: string;
  readonly columns: string;
  readonly key: string;
  readonly time: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Copies rows into a temporary table of the same shape and merges them: rows with a known key are replaced where they differ.
 * The caller holds `lockSource`, so that nobody adds rows between the count and the merge.
 */
export async function mergeByStage(tx: Transaction, target: MergeTarget, rows: RowSource): Promise<WriteCount> {
  const { table, columns, key } = target;
  const stage = `stage_${table}`;
  await tx.unsafe(`create temp table if not exists ${stage} (like ${table}) on commit delete rows`);
  await tx.unsafe(`truncate ${stage}`);
  await copyIn(tx, `${stage} (${columns})`, rows);
  const known = await countKnown(tx, target, stage);
  const keys = key.split(', ');
  const rest = columns.split(', ').filter((c) => !keys.includes(c));
  const tuple = (of: string): string => `(${rest.map((c) => `${of}.${c}`).join(', ')})`;
  const merged = await tx.unsafe(`
    insert into ${table} as old (${columns}) select ${columns} from ${stage}
    on conflict (${key}) do update set ${rest.map((c) => `${c} = excluded.${c}`).join(', ')}
    where ${tuple('old')} is distinct from ${tuple('excluded')}`);
  const inserted = rows.length - known;
  const changed = merged.count - inserted;
  return { inserted, changed, unchanged: known - changed };
}

/** How many staged rows have a key that is stored already; the span lets the planner skip the other months. */
async function countKnown(
  tx: Transaction,
  { table, key, time, from, to }: MergeTarget,
  stage: string,
): Promise<number> {
  const found = await tx.unsafe<{ n: number }[]>(`
    select count(*)::int as n from ${stage} join ${table} using (${key})
    where ${time} >= ${timestampLiteral(from)} and ${time} <= ${timestampLiteral(to)}`);
  return found[0]?.n ?? 0;
}

const LOCK_CLASS = 7_305_222;

/** One writer per source at a time, so that "nothing is there yet" stays true until commit. */
export async function lockSource(tx: Transaction, sourceId: number): Promise<void> {
  await tx`select pg_advisory_xact_lock(${LOCK_CLASS}, ${sourceId})`;
}
