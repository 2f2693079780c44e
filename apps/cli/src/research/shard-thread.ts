import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../failure/to-app-error.js';
import type { ResearchJob, VariantEdits } from './research-job.js';
import { runShard } from './run-shard.js';

/** What a thread is given. */
export interface ShardOrder {
  readonly job: ResearchJob;
  readonly variants: readonly VariantEdits[];
  readonly databaseUrl: string;
  readonly dataDir: string;
}

/** What a thread says. */
export type ShardMessage =
  | { readonly kind: 'day'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly outcome: Awaited<ReturnType<typeof runShard>> }
  | { readonly kind: 'failed'; readonly code: ReturnType<typeof toAppError>['code']; readonly message: string };

async function work(order: ShardOrder, say: (message: ShardMessage) => void): Promise<void> {
  const { job, variants, databaseUrl, dataDir } = order;
  const onDay = (done: number, total: number): void => say({ kind: 'day', done, total });
  try {
    say({ kind: 'done', outcome: await runShard(job, variants, { databaseUrl, dataDir, onDay }) });
  } catch (error) {
    const { code, message } = toAppError(error);
    say({ kind: 'failed', code, message });
  }
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  await work((workerData as { order: ShardOrder }).order, (message) => port.postMessage(message));
}
