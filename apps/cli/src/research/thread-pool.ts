import { Worker } from 'node:worker_threads';
import type { VariantOutcome } from '@sos/backtester';
import { AppError } from '@sos/domain';
import type { ResearchJob, VariantEdits } from './research-job.js';
import type { ShardMessage, ShardOrder } from './shard-thread.js';
import type { ShardPlace } from './run-shard.js';

// From sources a thread needs the loader first; what was built starts as it is.
const isSource = import.meta.url.endsWith('.ts');

function startThread(order: ShardOrder): Worker {
  const entry = new URL(isSource ? 'shard-thread.ts' : 'shard-thread.js', import.meta.url);
  if (!isSource) return new Worker(entry, { workerData: { order } });
  const boot = new URL('source-thread.mjs', import.meta.url);
  return new Worker(boot, { workerData: { order, entry: entry.href }, execArgv: ['--conditions=@sos/source'] });
}

function outcomeOf(worker: Worker, onDay: (done: number, total: number) => void): Promise<VariantOutcome> {
  return new Promise((resolve, reject) => {
    const died = (why: string): void =>
      reject(
        new AppError(
          'SOS_INVARIANT',
          `expected every worker thread to finish its variants, found one that died: ${why}`,
        ),
      );
    worker.on('message', (message: ShardMessage) => {
      if (message.kind === 'day') onDay(message.done, message.total);
      else if (message.kind === 'done') resolve(message.outcome);
      else reject(new AppError(message.code, message.message));
    });
    worker.once('error', (error) => died(error instanceof Error ? error.message : String(error)));
    worker.once('exit', (code) => died(`exit code ${code}`));
  });
}

/** Every n-th variant: neighbours on an axis cost about the same, so that the parts are equal. */
export function dealt<T>(items: readonly T[], parts: number): T[][] {
  return Array.from({ length: Math.min(parts, items.length) }, (_, part) => items.filter((_, i) => i % parts === part));
}

/** Runs the variants of a job in threads, each of which loads every day once. @throws SOS_INVARIANT when a thread dies, else what a thread met */
export async function runInThreads(
  job: ResearchJob,
  variants: readonly VariantEdits[],
  { workers, databaseUrl, dataDir, onDay }: ShardPlace & { readonly workers: number },
): Promise<VariantOutcome[]> {
  const parts = dealt(variants, workers);
  const days = parts.map(() => 0);
  const threads = parts.map((part) => startThread({ job, variants: part, databaseUrl, dataDir }));
  const told = (part: number) => (done: number, total: number) => {
    days[part] = done;
    onDay?.(Math.min(...days), total);
  };
  try {
    return await Promise.all(threads.map((thread, part) => outcomeOf(thread, told(part))));
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}
