import { createHash } from 'node:crypto';
import { sweepHash, trialsOfVariants, type VariantOutcome } from '@sos/backtester';
import { AppError, weakestSource } from '@sos/domain';
import type { Store, TrialCount } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { startProgress } from '../terminal/progress.js';
import { parseWorkers, type Prepared, type ResearchOptions } from './prepare-research.js';
import type { VariantEdits } from './research-job.js';
import { runShard } from './run-shard.js';
import { runInThreads } from './thread-pool.js';

/** What came of a job, and how often these data were searched. */
export interface JobOutcome extends VariantOutcome {
  /** The same whatever the number of workers. */
  readonly resultHash: string;
  /** Trials on overlapping data, those of this job among them. */
  readonly trials: TrialCount;
}

/** Who runs what. */
export interface JobOrder {
  readonly command: string;
  readonly prepared: Prepared;
  readonly variants: readonly VariantEdits[];
  readonly options: Pick<ResearchOptions, 'workers' | 'queue'>;
}

function merged(parts: readonly VariantOutcome[], wanted: number): VariantOutcome {
  const [first] = parts;
  const results = parts.flatMap((p) => p.results).sort((a, b) => a.variant - b.variant);
  if (first === undefined || results.length !== wanted)
    throw new AppError('SOS_INVARIANT', `expected the results of ${wanted} variants, found ${results.length}`);
  return { sessions: first.sessions, source: weakestSource(new Set(parts.map((p) => p.source))), results };
}

async function outcomesOf(context: CommandContext, store: Store, order: JobOrder): Promise<VariantOutcome[]> {
  const { command, prepared, variants, options } = order;
  const { job, databaseUrl } = prepared;
  const { dataDir } = context.settings;
  const workers = parseWorkers(options.workers);
  if (options.queue !== undefined && options.queue !== false) {
    const { runQueued } = await import('./run-queued.js');
    return runQueued(context, store, order);
  }
  const progress = await startProgress(context.io, command);
  const onDay = (done: number, total: number): void =>
    progress.update(done, total, `sessions, ${variants.length} variants`);
  const place = { databaseUrl, dataDir, onDay };
  try {
    if (workers === 1 || variants.length === 1) return [await runShard(job, variants, place)];
    return await runInThreads(job, variants, { ...place, workers });
  } finally {
    progress.stop();
  }
}

/** Runs all variants, in this process, in threads or by the workers of the queue, and enters them into the trial ledger. */
export async function runJob(context: CommandContext, store: Store, order: JobOrder): Promise<JobOutcome> {
  const { command, prepared, variants } = order;
  const { gate, job } = prepared;
  const outcome = merged(await outcomesOf(context, store, order), variants.length);
  const { underlyings, from, to } = job;
  const of = { command, gate: gate.profile.id, underlyings, from, to, startingCapital: job.capital };
  await store.recordTrials(trialsOfVariants(outcome, of));
  const trials = await store.countTrials({ underlyings, from, to, simulated: outcome.source === 'simulated' });
  return { ...outcome, resultHash: sweepHash(outcome.results), trials };
}

/** SHA-256 (hex) of everything that decides a job's results but the data themselves. */
export function jobHash({ prepared, variants }: Pick<JobOrder, 'prepared' | 'variants'>, data: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([prepared.job, variants, data]))
    .digest('hex');
}
