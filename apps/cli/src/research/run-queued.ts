import { setTimeout as wait } from 'node:timers/promises';
import type { VariantOutcome } from '@sos/backtester';
import { AppError } from '@sos/domain';
import { maskUrl, openResearchQueue, type ResearchQueue, type ResearchShard, type Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { startProgress } from '../terminal/progress.js';
import { shardsOf } from './queue-order.js';
import type { ResearchJob } from './research-job.js';
import { jobHash, type JobOrder } from './run-job.js';

const POLL_MS = 250;
const LONELY_POLLS = 40;

/** What is stored of the days: a sweep over data that have changed since is another sweep. */
async function dataStamp(store: Store, { underlyings, from, to, filter }: ResearchJob): Promise<unknown> {
  const coverage = await Promise.all(underlyings.map((underlying) => store.coverage({ underlying, from, to, filter })));
  const [latest] = await store.importedFiles();
  return [coverage, latest?.sha256 ?? null, latest?.finishedAt ?? null];
}

function sizeOf(variants: number): number {
  return Math.max(4, Math.min(250, Math.ceil(variants / 8)));
}

async function waitForAll(
  context: CommandContext,
  queue: ResearchQueue,
  { sweep, shards, total, url }: { sweep: string; shards: readonly ResearchShard[]; total: number; url: string },
): Promise<void> {
  const progress = await startProgress(context.io, 'queue');
  let lonely = 0;
  try {
    for (;;) {
      const { finished, active, waiting, refusal } = await queue.progress(sweep, shards);
      if (finished >= total) return;
      if (refusal !== null)
        throw new AppError('SOS_CONFIG', `expected a worker that can do the job, found: ${refusal}`);
      progress.update(finished, total, `variants, ${active} shards in work, ${waiting} waiting`);
      lonely = active === 0 ? lonely + 1 : 0;
      if (lonely === LONELY_POLLS)
        context.note(`note: no worker is at it; start some: sos worker --queue "${maskUrl(url)}"`);
      await wait(POLL_MS);
    }
  } finally {
    progress.stop();
  }
}

/**
 * Runs a job by the workers of the queue and waits for all of its results. What was finished before, by whoever, is not done again.
 * @throws SOS_DB_UNAVAILABLE when the queue is down, SOS_CONFIG when the workers refuse the job
 */
export async function runQueued(context: CommandContext, store: Store, order: JobOrder): Promise<VariantOutcome[]> {
  const { command, prepared, variants, options } = order;
  const { job, gate, databaseUrl } = prepared;
  const url = typeof options.queue === 'string' ? options.queue : databaseUrl;
  const sweep = jobHash(order, await dataStamp(store, job));
  const shards = shardsOf(sweep, { command, job, gate: gate.profile.id, variants }, sizeOf(variants.length));
  const queue = await openResearchQueue(url, (error) => context.note(`note: queue: ${error.message}`));
  try {
    await queue.enqueue(shards);
    await waitForAll(context, queue, { sweep, shards, total: variants.length, url });
    return await queue.results(sweep);
  } finally {
    await queue.close();
  }
}
