import { trialsOfVariants, type Trial, type VariantOutcome } from '@sos/backtester';
import { AppError } from '@sos/domain';
import type { ResearchShard } from '@sos/store';
import type { ResearchJob, VariantEdits } from './research-job.js';

/** What a worker finds in the queue. */
export interface QueueOrder {
  readonly command: string;
  readonly job: ResearchJob;
  readonly gate: string;
  readonly variants: readonly VariantEdits[];
}

/** Cuts a job into shards. The order travels as text: a database that keeps JSON sorts its keys, and the order of keys is part of a configuration hash. Where the cuts lie depends on the job alone, so that the same job put in again is the same shards. */
export function shardsOf(sweep: string, order: QueueOrder, size: number): ResearchShard[] {
  const { variants } = order;
  const shards: ResearchShard[] = [];
  for (let at = 0; at < variants.length; at += size) {
    const part = variants.slice(at, at + size);
    shards.push({ sweep, variants: part.map((v) => v.index), order: JSON.stringify({ ...order, variants: part }) });
  }
  return shards;
}

/** The order of a shard. @throws SOS_INVARIANT when something else lies in the queue */
export function orderOf({ order }: ResearchShard): QueueOrder {
  const found: unknown = typeof order === 'string' ? JSON.parse(order) : null;
  if (typeof found === 'object' && found !== null && 'job' in found && 'variants' in found) return found as QueueOrder;
  throw new AppError('SOS_INVARIANT', 'expected a shard with a job and variants in the queue, found something else');
}

/** The trials of an outcome of an order. */
export function trialsOfOrder({ command, gate, job }: QueueOrder, outcome: VariantOutcome): Trial[] {
  const { underlyings, from, to, capital } = job;
  return trialsOfVariants(outcome, { command, gate, underlyings, from, to, startingCapital: capital });
}
