import { createHash } from 'node:crypto';

import { AppError } from '@sos/domain';
import type { Trial, VariantOutcome } from '@sos/backtester';
import type PgBoss from 'pg-boss';

import { connectClient, type Client } from '../client.js';
import { databaseError } from '../database-error.js';
import { recordTrials } from '../trials/trial-rows.js';

/** Part of a sweep, as one worker does it. */
export interface ResearchShard {
  /** Hash of everything that decides the sweep. */
  readonly sweep: string;
  /** Indices of its variants. */
  readonly variants: readonly number[];
  /** What the worker needs to know; plain data. */
  readonly order: unknown;
}

/** A shard in the hands of a worker. */
export interface TakenShard extends ResearchShard {
  /** Its variants that nobody has finished: what is left to do. */
  readonly missing: readonly number[];
}

/** Where a sweep stands. */
export interface SweepProgress {
  readonly finished: number;
  /** Shards in the hands of a worker, and waiting for one. */
  readonly active: number;
  readonly waiting: number;
  /** Why workers refused a shard; null while none did. */
  readonly refusal: string | null;
}

/** What a worker hands in. */
export interface ShardResult {
  readonly outcome: VariantOutcome;
  readonly trials: readonly Trial[];
  /** Who did it, for people. */
  readonly worker: string;
}

const QUEUE = 'sos-research';
// Dead workers are found by their lock at once; the limit is for machines that vanished without closing their connections.
const EXPIRE_SECONDS = 3600;
const RETRIES = 50;
// The first number of the advisory locks by which a worker shows that it lives.
const LOCK_SPACE = 7_305_222;

/** A shard's name: the same shard is the same job, however often it is put into the queue. */
function jobIdOf({ sweep, variants }: Pick<ResearchShard, 'sweep' | 'variants'>): string {
  const hex = createHash('sha256')
    .update(`${sweep} ${variants.join(',')}`)
    .digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

interface JobRow {
  readonly id: string;
  readonly state: string;
  readonly output: { readonly message?: string } | null;
}

/**
 * The queue of research on PostgreSQL, through pg-boss: shards of sweeps for any number of workers on any number of machines. A worker holds an advisory lock of its
 * connection while it works on a shard: when it is killed, the lock is gone with the connection, and whoever looks next puts the shard back.
 * Results are kept per variant, once: a shard that is done again does only what is missing.
 */
export class ResearchQueue {
  readonly #url: string;
  readonly #boss: PgBoss;
  readonly #sql: Client;
  /** One connection of its own: advisory locks belong to it. */
  readonly #locks: Client;
  #held: { readonly id: string; readonly shard: ResearchShard } | null = null;

  constructor(url: string, boss: PgBoss) {
    this.#url = url;
    this.#boss = boss;
    this.#sql = connectClient(url, 2);
    this.#locks = connectClient(url, 1);
  }

  /** Puts shards into the queue; those that are in it already, or done, stay as they are. Refused ones are tried again. */
  enqueue(shards: readonly ResearchShard[]): Promise<void> {
    return this.#guard(async () => {
      const jobs = shards.map((shard) => ({
        id: jobIdOf(shard),
        name: QUEUE,
        data: shard,
        retryLimit: RETRIES,
        expireInSeconds: EXPIRE_SECONDS,
      }));
      await this.#boss.insert(jobs);
      const ids = jobs.map((job) => job.id);
      const rows = await this.#jobs(ids);
      for (const { id, state } of rows) {
        if (state === 'cancelled') await this.#boss.resume(QUEUE, id);
        if (state === 'failed') await this.#boss.retry(QUEUE, id);
      }
      await this.#repairLost(shards, rows);
    });
  }

  // A shard whose job is marked done although results are missing (they were deleted) is put in anew.
  async #repairLost(shards: readonly ResearchShard[], rows: readonly JobRow[]): Promise<void> {
    const done = new Set(rows.filter((r) => r.state === 'completed').map((r) => r.id));
    for (const shard of shards) {
      const id = jobIdOf(shard);
      if (!done.has(id) || (await this.#missing(shard)).length === 0) continue;
      await this.#boss.deleteJob(QUEUE, id);
      await this.#boss.insert([{ id, name: QUEUE, data: shard, retryLimit: RETRIES, expireInSeconds: EXPIRE_SECONDS }]);
    }
  }

  async #jobs(ids: readonly string[]): Promise<JobRow[]> {
    return this.#sql<JobRow[]>`
      select id::text, state::text, output from pgboss.job where name = ${QUEUE} and id = any(${[...ids]}::uuid[])`;
  }

  async #missing({ sweep, variants }: ResearchShard): Promise<number[]> {
    const rows = await this.#sql<{ variant: number }[]>`select variant from sweep_results where sweep = ${sweep}`;
    const known = new Set(rows.map((r) => r.variant));
    return variants.filter((variant) => !known.has(variant));
  }

  /** The next shard for this worker, or null when there is none now. A worker has one shard at a time. */
  take(): Promise<TakenShard | null> {
    return this.#guard(async () => {
      await this.#putBackOrphans();
      const [job] = await this.#boss.fetch<ResearchShard>(QUEUE, { batchSize: 1 });
      if (job === undefined || !(await this.#lock(job.id))) return null;
      // Between the two statements somebody may have taken this worker for dead.
      const [now] = await this.#jobs([job.id]);
      if (now?.state !== 'active') {
        await this.#unlock(job.id);
        return null;
      }
      this.#held = { id: job.id, shard: job.data };
      return { ...job.data, missing: await this.#missing(job.data) };
    });
  }

  async #lock(id: string): Promise<boolean> {
    const [row] = await this.#locks<{ got: boolean }[]>`
      select pg_try_advisory_lock(${LOCK_SPACE}::int, hashtext(${id})) as got`;
    return row?.got === true;
  }

  async #unlock(id: string): Promise<void> {
    await this.#locks`select pg_advisory_unlock(${LOCK_SPACE}::int, hashtext(${id}))`;
  }

  /** Shards whose worker is gone go back to the others. @returns how many */
  async #putBackOrphans(): Promise<number> {
    const active = await this.#sql<{ id: string }[]>`
      select id::text from pgboss.job where name = ${QUEUE} and state = 'active'
        and started_on < now() - interval '1 second' order by started_on`;
    let found = 0;
    for (const { id } of active) {
      // A lock that this connection holds already would be given to it again.
      if (id === this.#held?.id || !(await this.#lock(id))) continue;
      const [now] = await this.#jobs([id]);
      if (now?.state === 'active') {
        await this.#boss.fail(QUEUE, id, { message: 'its worker died' });
        found++;
      }
      await this.#unlock(id);
    }
    return found;
  }

  /** Hands the results of the held shard in: results, trials and the end of the job. A result that is there already stays. */
  finish({ outcome, trials, worker }: ShardResult): Promise<void> {
    return this.#guard(async () => {
      const { id, shard } = this.#holding();
      const { sessions, source, results } = outcome;
      await this.#sql.begin(async (tx) => {
        for (const result of results) {
          const text = JSON.stringify({ sessions, source, results: [result] });
          await tx`insert into sweep_results (sweep, variant, outcome, worker)
            values (${shard.sweep}, ${result.variant}, ${text}::text::jsonb, ${worker}) on conflict (sweep, variant) do nothing`;
        }
        await recordTrials(tx, trials);
      });
      await this.#boss.complete(QUEUE, id, { worker });
      await this.#release(id);
    });
  }

  /** This worker cannot do the held shard, nor could it later: nobody tries it again until it is put in anew. */
  refuse(message: string): Promise<void> {
    return this.#guard(async () => {
      const { id } = this.#holding();
      await this.#boss.fail(QUEUE, id, { message });
      await this.#boss.cancel(QUEUE, id);
      await this.#release(id);
    });
  }

  #holding(): { readonly id: string; readonly shard: ResearchShard } {
    if (this.#held === null) throw new AppError('SOS_INVARIANT', 'expected a shard in hand, found none');
    return this.#held;
  }

  async #release(id: string): Promise<void> {
    this.#held = null;
    await this.#unlock(id);
  }

  /** Where a sweep stands. */
  progress(sweep: string, shards: readonly ResearchShard[]): Promise<SweepProgress> {
    return this.#guard(async () => {
      await this.#putBackOrphans();
      const jobs = await this.#jobs(shards.map(jobIdOf));
      const [row] = await this.#sql<
        { n: number }[]
      >`select count(*)::int as n from sweep_results where sweep = ${sweep}`;
      const inState = (...states: string[]): JobRow[] => jobs.filter((job) => states.includes(job.state));
      return {
        finished: row?.n ?? 0,
        active: inState('active').length,
        waiting: inState('created', 'retry').length,
        refusal: inState('cancelled', 'failed')[0]?.output?.message ?? null,
      };
    });
  }

  /** The results of a sweep that are there, in parts as they were handed in. */
  results(sweep: string): Promise<VariantOutcome[]> {
    return this.#guard(async () => {
      const rows = await this.#sql<{ outcome: VariantOutcome }[]>`
        select outcome from sweep_results where sweep = ${sweep} order by variant`;
      return rows.map((r) => r.outcome);
    });
  }

  /** Closes all connections. A shard in hand goes back to the others. */
  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
    await Promise.all([this.#sql.end({ timeout: 5 }), this.#locks.end({ timeout: 5 })]);
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw databaseError(error, this.#url);
    }
  }
}

/**
 * Opens the queue of a database whose schema is current, and creates what pg-boss needs (schema `pgboss`).
 * @param onError told of faults of the connection while nothing waits for an answer
 * @throws SOS_DB_UNAVAILABLE when the database does not answer
 */
export async function openResearchQueue(url: string, onError: (error: Error) => void): Promise<ResearchQueue> {
  // Loaded only here: most commands need no queue.
  const { default: Boss } = await import('pg-boss');
  const boss = new Boss({ connectionString: url, application_name: 'sos-queue', max: 2, schedule: false });
  boss.on('error', onError);
  try {
    await boss.start();
    await boss.createQueue(QUEUE);
    return new ResearchQueue(url, boss);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw databaseError(error, url);
  }
}
