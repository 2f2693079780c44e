import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { isAppError } from '@sos/domain';
import { maskUrl, migrate, openResearchQueue, type ResearchQueue, type TakenShard } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { databaseUrlOf } from './prepare-research.js';
import { orderOf, trialsOfOrder } from './queue-order.js';
import { runShard } from './run-shard.js';

/** Options of `sos worker` as given. */
export interface WorkerOptions {
  readonly queue?: string;
  readonly untilIdle?: boolean;
}

const IDLE_MS = 300;
const NOW_AND_THEN = 2;

async function workOn(
  context: CommandContext,
  queue: ResearchQueue,
  { shard, databaseUrl, name }: { shard: TakenShard; databaseUrl: string; name: string },
): Promise<void> {
  const order = orderOf(shard);
  const missing = new Set(shard.missing);
  const variants = order.variants.filter((v) => missing.has(v.index));
  const { dataDir } = context.settings;
  const outcome =
    variants.length === 0
      ? { sessions: [], source: 'recorded' as const, results: [] }
      : await runShard(order.job, variants, { databaseUrl, dataDir });
  await queue.finish({ outcome, trials: trialsOfOrder(order, outcome), worker: name });
  context.note(`${order.command} ${order.gate} ${shard.sweep.slice(0, 12)}: ${variants.length} variants done`);
}

/** Another machine may do what this one cannot only when the fault is this one's connection. */
async function refuseOrFail(context: CommandContext, queue: ResearchQueue, error: unknown): Promise<void> {
  if (isAppError(error) && error.code === 'SOS_DB_UNAVAILABLE') throw error;
  const message = error instanceof Error ? error.message : String(error);
  await queue.refuse(message);
  context.note(`error: refused a shard: ${message}`);
}

/** `sos worker`: takes shards of queued research and does them, until it is stopped. */
export async function runWorker(context: CommandContext, options: WorkerOptions): Promise<void> {
  const url = options.queue ?? (await databaseUrlOf(context));
  await migrate(url);
  const name = `${hostname()} ${process.pid}`;
  const queue = await openResearchQueue(url, (error) => context.note(`note: queue: ${error.message}`));
  context.note(`worker ${name} at ${maskUrl(url)}: waiting for research`);
  const place = { databaseUrl: url, name };
  try {
    for (let idle = 0; options.untilIdle !== true || idle <= NOW_AND_THEN;) {
      const shard = await queue.take();
      idle = shard === null ? idle + 1 : 0;
      if (shard === null) await wait(IDLE_MS);
      else await workOn(context, queue, { shard, ...place }).catch((error) => refuseOrFail(context, queue, error));
    }
  } finally {
    await queue.close();
  }
}
