import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Sql } from 'postgres';
import { runInMemory } from './fixtures/memory-io.js';
import { writeMonthTexts } from './fixtures/month-text.js';
import { connect, emptyDatabase, sharedDatabase } from './fixtures/shared-database.js';

jest.setTimeout(60_000);

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const FILES = 8;

/** Everything that an import leaves behind, by names instead of the numbers that a database hands out. */
const LEFT_BEHIND: Readonly<Record<string, string>> = {
  candles: `select i.contract_id, s.source, s.dataset, c.ts, c.open, c.high, c.low, c.close, c.volume, c.open_interest, c.span_ms, c.lag_ms, c.quality
    from candles c join instruments i on i.id = c.instrument_id join market_sources s on s.id = c.source_id`,
  coverage: `select i.contract_id, s.dataset, v.day, v.bars, v.first_ts, v.last_ts
    from candle_coverage v join instruments i on i.id = v.instrument_id join market_sources s on s.id = v.source_id`,
  ledger: `select kind, name, size, sha256, revision, state, rows_read, rows_written, rows_unchanged, rows_repaired, rows_quarantined, gaps, failure
    from ingestion_files`,
  quarantine: `select f.name, q.line, q.reason, q.row from quarantine q join ingestion_files f on f.id = q.file_id`,
};

async function leftBehind(sql: Sql): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [name, select] of Object.entries(LEFT_BEHIND)) {
    const rows = await sql.unsafe(
      `select count(*)::int as rows, md5(string_agg(t::text, e'\\n' order by t::text)) from (${select}) t`,
    );
    found[name] = { ...rows[0] };
  }
  return found;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 1500; i++) {
    if (await holds()) return;
    await wait(10);
  }
  throw new Error('expected the import to come so far, found none of it within 15 s');
}

const complete = (sql: Sql, files: number) => async (): Promise<boolean> => {
  // No table yet while the schema is being made.
  const ready = await sql`select to_regclass('ingestion_files') is not null as ready`;
  if (ready[0]?.['ready'] !== true) return false;
  const found = await sql`select count(*)::int as n from ingestion_files where state = 'complete'`;
  return Number(found[0]?.['n']) >= files;
};

/** Lets the import run into a lock behind all rows of a unit and before its commit, kills it there, and gives the lock back. */
async function killInsideUnit(importer: ChildProcess, sql: Sql, storedBefore: number): Promise<void> {
  await until(complete(sql, storedBefore));
  await sql.begin(async (tx) => {
    await tx`lock table quarantine in share mode`;
    await until(async () => {
      const waiting = await tx`select 1 from pg_locks where not granted and relation = 'quarantine'::regclass`;
      return waiting.length > 0;
    });
    await kill(importer);
  });
}

async function kill(importer: ChildProcess): Promise<void> {
  const ended = once(importer, 'exit');
  importer.kill('SIGKILL');
  expect(await ended).toEqual([null, 'SIGKILL']);
}

describe('kill -9 in the middle of an import', () => {
  const { folder, env } = sharedDatabase();

  it('and the same command again: the same rows, ledger and quarantine as an uninterrupted import', async () => {
    const data = writeMonthTexts(path.join(folder(), 'year-2022'), FILES);
    const [whole, interrupted] = [env()['DATABASE_URL'] ?? '', await emptyDatabase()];
    const argv = ['import', 'index-bars', data, '--data-dir', folder(), '--json'];
    const start = (): ChildProcess =>
      spawn(process.execPath, ['--conditions=@sos/source', '--import', 'tsx', MAIN, ...argv], {
        env: { ...process.env, DATABASE_URL: interrupted },
        stdio: 'ignore',
      });

    const straight = await runInMemory(argv, { env: { DATABASE_URL: whole } });
    expect(straight).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(straight.out).units).toMatchObject({ total: FILES, imported: FILES });

    const sql = connect(interrupted);
    await killInsideUnit(start(), sql, 1);
    expect(await complete(sql, FILES)()).toBe(false);
    await killInsideUnit(start(), sql, 3);
    const somewhere = start();
    await until(complete(sql, 5));
    await kill(somewhere);

    const last = await runInMemory(argv, { env: { DATABASE_URL: interrupted } });
    expect(last).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(last.out).units.skipped).toBeGreaterThanOrEqual(5);
    const reference = connect(whole);
    expect(await leftBehind(sql)).toEqual(await leftBehind(reference));
    expect((await leftBehind(sql))['candles']).toMatchObject({ rows: expect.any(Number) });
    expect((await leftBehind(sql))['quarantine']).toMatchObject({ rows: 2 * FILES });
    await Promise.all([sql.end(), reference.end()]);
  });
});
