import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Sql } from 'postgres';
import { runInMemory } from '../fixtures/memory-io.js';
import { connect, sharedDatabase } from '../fixtures/shared-database.js';
import { DAYS, sweepGateFolder } from './fixtures/sweep-gate.js';

jest.setTimeout(180_000);

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
// 24 variants are six shards of four.
const GRID = ['--param', 'bars=3:10:1', '--param', 'reach=10:20:5'];

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 6000; i++) {
    if (await holds()) return;
    await wait(10);
  }
  throw new Error('expected the workers to come so far, found none of it within a minute');
}

async function countOf(sql: Sql, statement: string): Promise<number> {
  const [row] = await sql.unsafe(statement);
  return Number(row?.['n'] ?? 0);
}

const finished = (sql: Sql): Promise<number> => countOf(sql, 'select count(*)::int as n from sweep_results');

describe('kill -9 of a worker', () => {
  const { folder, env } = sharedDatabase();
  const workers: ChildProcess[] = [];
  let sql: Sql;
  beforeAll(() => {
    sql = connect(env()['DATABASE_URL'] ?? '');
  });
  afterAll(async () => {
    for (const worker of workers) worker.kill('SIGKILL');
    await sql.end();
  });

  const sweep = async (...argv: string[]) => {
    const place = ['--data-dir', folder(), '--strategies', sweepGateFolder(folder())];
    const { out, err } = await runInMemory(['sweep', ...DAYS, ...GRID, ...argv, ...place, '--json'], { env: env() });
    if (out === '') throw new Error(`expected a result, found: ${err}`);
    return { result: JSON.parse(out), err };
  };

  function startWorker(): { child: ChildProcess; told: () => string } {
    const args = ['--conditions=@sos/source', '--import', 'tsx', MAIN, 'worker', '--data-dir', folder()];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, ...env() },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    workers.push(child);
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    return { child, told: () => text };
  }

  // The worker has computed a shard and waits for the lock in front of its results: the worst moment to die.
  async function killWithResultsInHand(child: ChildProcess): Promise<number> {
    await until(async () => (await finished(sql)) > 0);
    let before = 0;
    await sql.begin(async (tx) => {
      await tx`lock table sweep_results in share mode`;
      await until(async () => {
        const waiting = await tx`select 1 from pg_locks where not granted and relation = 'sweep_results'::regclass`;
        return waiting.length > 0;
      });
      const [row] = await tx`select count(*)::int as n from sweep_results`;
      before = Number(row?.['n']);
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    });
    return before;
  }

  it('loses no result and repeats none; the result is that of one process', async () => {
    const alone = await sweep();
    const queued = sweep('--queue');
    const first = startWorker();
    const before = await killWithResultsInHand(first.child);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(24);
    const second = startWorker();
    const { result } = await queued;
    expect(result.resultHash).toBe(alone.result.resultHash);
    expect(result.variants).toEqual(alone.result.variants);
    const by = await sql<{ worker: string; n: number }[]>`
      select worker, count(*)::int as n from sweep_results group by worker order by min(finished_at)`;
    expect(by.map((row) => row.n)).toEqual([before, 24 - before]);
    const done = [...second.told().matchAll(/: (\d+) variants done/g)].map((match) => Number(match[1]));
    expect(done.reduce((sum, n) => sum + n, 0)).toBe(24 - before);
    second.child.kill('SIGKILL');
    const again = await sweep('--queue');
    expect(again.result.resultHash).toBe(alone.result.resultHash);
    expect(await finished(sql)).toBe(24);
    expect(again.result.trials.trials).toBe(alone.result.trials.trials);
  });
});
