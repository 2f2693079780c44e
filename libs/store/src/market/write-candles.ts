import type { Transaction } from '../client.js';
import { copyIn } from '../copy/copy-in.js';
import type { Partitions } from '../copy/partitions.js';
import { CANDLE_COLUMNS, CandleRows, requireAscending, type CandleBatch } from './candle-rows.js';
import { daySpans } from './day-spans.js';
import { lockSource, mergeByStage } from './merge-stage.js';
import { NOTHING_WRITTEN, type WriteCount } from './write-count.js';

const TARGET = { table: 'candles', columns: CANDLE_COLUMNS, key: 'instrument_id, source_id, ts', time: 'ts' };

const first = (batch: CandleBatch): number => batch.time[0] as number;
const last = (batch: CandleBatch): number => batch.time[batch.length - 1] as number;
const iso = (ms: number): string => new Date(ms).toISOString();

/**
 * Writes bars. Where none of a source's stored bars lies within the span of the new ones they are copied straight into the table;
 * otherwise they go through a stage table and are merged.
 */
export async function writeCandleBatches(
  tx: Transaction,
  partitions: Partitions,
  given: readonly CandleBatch[],
): Promise<WriteCount> {
  const batches = given.filter((b) => b.length > 0);
  if (batches.length === 0) return NOTHING_WRITTEN;
  for (const b of batches) requireAscending(b.time, b.length, 'times of bars');
  const [from, to] = [Math.min(...batches.map(first)), Math.max(...batches.map(last))];
  await partitions.ensure('candles', from, to);
  for (const sourceId of [...new Set(batches.map((b) => b.sourceId))].sort((a, b) => a - b))
    await lockSource(tx, sourceId);
  const rows = new CandleRows(batches);
  if (hasRepeats(batches) || (await overlaps(tx, batches))) {
    const count = await mergeByStage(tx, { ...TARGET, from, to }, rows);
    await recount(tx, batches);
    return count;
  }
  await copyIn(tx, `candles (${CANDLE_COLUMNS})`, rows);
  await addCoverage(tx, batches);
  return { inserted: rows.length, changed: 0, unchanged: 0 };
}

function hasRepeats(batches: readonly CandleBatch[]): boolean {
  return new Set(batches.map((b) => `${b.instrumentId}:${b.sourceId}`)).size < batches.length;
}

async function overlaps(tx: Transaction, batches: readonly CandleBatch[]): Promise<boolean> {
  const found = await tx`
    select 1 from unnest(${batches.map((b) => b.instrumentId)}::int[], ${batches.map((b) => b.sourceId)}::int[],
        ${batches.map((b) => iso(first(b)))}::text[]::timestamptz[], ${batches.map((b) => iso(last(b)))}::text[]::timestamptz[])
      as new (instrument_id, source_id, first_ts, last_ts)
    join candle_coverage old using (instrument_id, source_id)
    where old.first_ts <= new.last_ts and old.last_ts >= new.first_ts limit 1`;
  return found.length > 0;
}

function spansOf(batches: readonly CandleBatch[]) {
  return batches.flatMap((b) =>
    daySpans(b.time, b.length).map((s) => ({ instrument: b.instrumentId, source: b.sourceId, ...s })),
  );
}

async function addCoverage(tx: Transaction, batches: readonly CandleBatch[]): Promise<void> {
  const spans = spansOf(batches);
  await tx`
    insert into candle_coverage as old (instrument_id, source_id, day, bars, first_ts, last_ts)
    select * from unnest(${spans.map((s) => s.instrument)}::int[], ${spans.map((s) => s.source)}::int[],
      ${spans.map((s) => s.day)}::text[]::date[], ${spans.map((s) => s.rows)}::int[],
      ${spans.map((s) => iso(s.first))}::text[]::timestamptz[], ${spans.map((s) => iso(s.last))}::text[]::timestamptz[])
    on conflict (instrument_id, day, source_id) do update set bars = old.bars + excluded.bars,
      first_ts = least(old.first_ts, excluded.first_ts), last_ts = greatest(old.last_ts, excluded.last_ts)`;
}

async function recount(tx: Transaction, batches: readonly CandleBatch[]): Promise<void> {
  const spans = spansOf(batches);
  await tx`
    insert into candle_coverage (instrument_id, source_id, day, bars, first_ts, last_ts)
    select d.instrument_id, d.source_id, d.day, c.bars, c.first_ts, c.last_ts
    from (select distinct * from unnest(${spans.map((s) => s.instrument)}::int[], ${spans.map((s) => s.source)}::int[],
      ${spans.map((s) => s.day)}::text[]::date[])) as d (instrument_id, source_id, day),
    lateral (select count(*)::int as bars, min(ts) as first_ts, max(ts) as last_ts from candles
      where instrument_id = d.instrument_id and source_id = d.source_id
        and ts >= d.day::timestamp at time zone 'Asia/Kolkata' and ts < (d.day + 1)::timestamp at time zone 'Asia/Kolkata') as c
    on conflict (instrument_id, day, source_id) do update set bars = excluded.bars, first_ts = excluded.first_ts, last_ts = excluded.last_ts`;
}
