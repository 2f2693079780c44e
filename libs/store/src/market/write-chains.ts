import { AppError } from '@sos/domain';

import type { Transaction } from '../client.js';
import { copyIn } from '../copy/copy-in.js';
import type { Partitions } from '../copy/partitions.js';
import { requireAscending } from './candle-rows.js';
import { JoinedRows, QUOTE_COLUMNS, QuoteRows, SNAPSHOT_COLUMNS, SnapshotRows, type ChainBatch } from './chain-rows.js';
import { daySpans } from './day-spans.js';
import { lockSource, mergeByStage } from './merge-stage.js';
import { NOTHING_WRITTEN, type WriteCount } from './write-count.js';

const QUOTES = {
  table: 'option_chain_quotes',
  columns: QUOTE_COLUMNS,
  key: 'chain_id, source_id, available_at, strike',
  time: 'available_at',
};
const SNAPSHOTS = {
  table: 'chain_snapshots',
  columns: SNAPSHOT_COLUMNS,
  key: 'chain_id, source_id, available_at',
  time: 'available_at',
};

const first = ({ tape }: ChainBatch): number => tape.availableAt[0] as number;
const last = ({ tape }: ChainBatch): number => tape.availableAt[tape.length - 1] as number;
const iso = (ms: number): string => new Date(ms).toISOString();

function check({ tape }: ChainBatch): void {
  requireAscending(tape.availableAt, tape.length, 'availability of chain snapshots');
  requireAscending(tape.strikes, tape.strikes.length, 'strikes of a chain');
  for (let s = 0; s < tape.length; s++)
    if (!((tape.availableAt[s] as number) >= (tape.eventTime[s] as number)))
      throw new AppError(
        'SOS_INVARIANT',
        `expected a snapshot to be available after its event time ${tape.eventTime[s]}, found ${tape.availableAt[s]}`,
      );
}

/** Writes chain tapes: straight when no stored snapshot of their source lies within their span, else merged. Counts quote rows. */
export async function writeChainBatches(
  tx: Transaction,
  partitions: Partitions,
  given: readonly ChainBatch[],
): Promise<WriteCount> {
  const batches = given.filter(({ tape }) => tape.length > 0 && tape.strikes.length > 0);
  if (batches.length === 0) return NOTHING_WRITTEN;
  batches.forEach(check);
  const [from, to] = [Math.min(...batches.map(first)), Math.max(...batches.map(last))];
  await partitions.ensure('option_chain_quotes', from, to);
  await partitions.ensure('chain_snapshots', from, to);
  for (const sourceId of [...new Set(batches.map((b) => b.sourceId))].sort((a, b) => a - b))
    await lockSource(tx, sourceId);
  const quotes = new JoinedRows(batches.map((b) => new QuoteRows(b)));
  const snapshots = new JoinedRows(batches.map((b) => new SnapshotRows(b)));
  const repeated = new Set(batches.map((b) => `${b.chainId}:${b.sourceId}`)).size < batches.length;
  if (repeated || (await overlaps(tx, batches))) {
    const count = await mergeByStage(tx, { ...QUOTES, from, to }, quotes);
    await mergeByStage(tx, { ...SNAPSHOTS, from, to }, snapshots);
    await recount(tx, batches);
    return count;
  }
  await copyIn(tx, `option_chain_quotes (${QUOTE_COLUMNS})`, quotes);
  await copyIn(tx, `chain_snapshots (${SNAPSHOT_COLUMNS})`, snapshots);
  await recount(tx, batches);
  return { inserted: quotes.length, changed: 0, unchanged: 0 };
}

async function overlaps(tx: Transaction, batches: readonly ChainBatch[]): Promise<boolean> {
  const found = await tx`
    select 1 from unnest(${batches.map((b) => b.chainId)}::int[], ${batches.map((b) => b.sourceId)}::int[],
        ${batches.map((b) => iso(first(b)))}::text[]::timestamptz[], ${batches.map((b) => iso(last(b)))}::text[]::timestamptz[])
      as new (chain_id, source_id, first_at, last_at)
    join chain_coverage old using (chain_id, source_id)
    where old.first_at <= new.last_at and old.last_at >= new.first_at limit 1`;
  return found.length > 0;
}

/** Counted from the snapshots: there are few of them. */
async function recount(tx: Transaction, batches: readonly ChainBatch[]): Promise<void> {
  const spans = batches.flatMap((b) =>
    daySpans(b.tape.availableAt, b.tape.length).map((s) => ({ chain: b.chainId, source: b.sourceId, day: s.day })),
  );
  await tx`
    insert into chain_coverage (chain_id, source_id, day, snapshots, first_at, last_at)
    select d.chain_id, d.source_id, d.day, c.snapshots, c.first_at, c.last_at
    from (select distinct * from unnest(${spans.map((s) => s.chain)}::int[], ${spans.map((s) => s.source)}::int[],
      ${spans.map((s) => s.day)}::text[]::date[])) as d (chain_id, source_id, day),
    lateral (select count(*)::int as snapshots, min(available_at) as first_at, max(available_at) as last_at from chain_snapshots
      where chain_id = d.chain_id and source_id = d.source_id
        and available_at >= d.day::timestamp at time zone 'Asia/Kolkata'
        and available_at < (d.day + 1)::timestamp at time zone 'Asia/Kolkata') as c
    on conflict (chain_id, day, source_id) do update
      set snapshots = excluded.snapshots, first_at = excluded.first_at, last_at = excluded.last_at`;
}
