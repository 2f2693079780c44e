import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';

import { connectClient, type Client } from './client.js';
import { freshDatabase, type FreshDatabase } from './fixtures/fresh-database.js';
import { migrate } from './migrate.js';

jest.setTimeout(60_000);

const LIBRARY = fileURLToPath(new URL('..', import.meta.url));
const SCHEMA = path.join(LIBRARY, 'src/schema');

async function schemaTables(): Promise<PgTable[]> {
  const modules = readdirSync(SCHEMA).map((file) => import(`./schema/${file.replace(/ts$/, 'js')}`));
  const exported: unknown[] = (await Promise.all(modules)).flatMap((module: object) => Object.values(module));
  return exported.filter((value): value is PgTable => is(value, PgTable));
}

describe('schema and migrations', () => {
  let folder = '';
  beforeEach(() => {
    // Below the library, so that the copy finds the same packages.
    mkdirSync(path.join(LIBRARY, 'test-output'), { recursive: true });
    folder = mkdtempSync(path.join(LIBRARY, 'test-output/schema-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a migration is there for every change of the schema', () => {
    cpSync(path.join(LIBRARY, 'migrations'), path.join(folder, 'migrations'), { recursive: true });
    const config = {
      dialect: 'postgresql',
      schema: `${SCHEMA}/*.ts`,
      out: `./${path.relative(LIBRARY, folder)}/migrations`,
    };
    writeFileSync(path.join(folder, 'drizzle.config.json'), JSON.stringify(config));
    const bin = path.join(LIBRARY, '../../node_modules/drizzle-kit/bin.cjs');
    const done = spawnSync(
      process.execPath,
      ['--import', 'tsx', bin, 'generate', '--config', path.join(folder, 'drizzle.config.json')],
      { cwd: LIBRARY, encoding: 'utf8' },
    );
    expect(done.stdout).toContain('No schema changes, nothing to migrate');
    expect(readdirSync(path.join(folder, 'migrations'))).toEqual(readdirSync(path.join(LIBRARY, 'migrations')));
  });
});

describe('the migrated database', () => {
  let database: FreshDatabase;
  let sql: Client;
  beforeEach(async () => {
    database = await freshDatabase({ empty: true });
    sql = connectClient(database.url, 1);
  });
  afterEach(async () => {
    await sql.end();
    await database.drop();
  });

  test('has the columns, keys and checks of the schema, those added by hand included', async () => {
    await migrate(database.url);
    const columns = await sql<{ t: string; columns: string[] }[]>`
      select table_name as t, array_agg(column_name || case is_nullable when 'NO' then ' not null' else '' end order by column_name) as columns
      from information_schema.columns where table_schema = 'public' group by 1`;
    const named = await sql<{ t: string; names: string[] }[]>`
      select conrelid::regclass::text as t, array_agg(conname::text order by conname) as names from pg_constraint
      where connamespace = 'public'::regnamespace and contype in ('p', 'c') group by 1`;
    const found = new Map(
      columns.map(({ t, columns: list }) => [t, { columns: list.sort(), constraints: [] as string[] }]),
    );
    for (const { t, names } of named) found.get(t)?.constraints.push(...names.sort());
    const expected = (await schemaTables()).map((table) => {
      const { name, columns: list, primaryKeys, checks } = getTableConfig(table);
      const single = list.filter((c) => c.primary).map(() => `${name}_pkey`);
      return [
        name,
        {
          columns: list.map((c) => `${c.name}${c.notNull ? ' not null' : ''}`).sort(),
          constraints: [...single, ...primaryKeys.map((k) => k.getName()), ...checks.map((c) => c.name)].sort(),
        },
      ] as const;
    });
    expect(expected.length).toBeGreaterThanOrEqual(16);
    expect(new Map(expected)).toEqual(found);
  });

  test('keeps the rows of tables that became partitioned', async () => {
    const first = readFileSync(path.join(LIBRARY, 'migrations/0000_market_and_runs.sql'), 'utf8');
    for (const statement of first.split('--> statement-breakpoint')) await sql.unsafe(statement);
    await sql`insert into market_stats (underlying, source_id, available_at, band, event_time, pcr, quality, advances, declines, pcr_velocity,
      call_open_interest, put_open_interest, wall_above, wall_below, max_pain)
      select 'NIFTY', 1, at, 'all', at, 0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1
      from unnest(array['2025-12-31 18:29:59+00', '2026-01-01 00:00:00+00']::timestamptz[]) as at`;
    await sql`insert into chain_snapshots values (1, 1, '2026-01-12 09:20:00+05:30', '2026-01-12 09:19:00+05:30', 25700.5, 1)`;
    const second = readFileSync(path.join(LIBRARY, 'migrations/0001_stats_and_snapshots_by_month.sql'), 'utf8');
    for (const statement of second.split('--> statement-breakpoint')) await sql.unsafe(statement);
    const stats =
      await sql`select tableoid::regclass::text as partition, pcr, spot, quality from market_stats order by available_at`;
    expect([...stats]).toEqual([
      { partition: 'market_stats_2025_12', pcr: 0.9, spot: null, quality: 33 },
      { partition: 'market_stats_2026_01', pcr: 0.9, spot: null, quality: 33 },
    ]);
    const pages = await sql`select tableoid::regclass::text as partition, spot, quality from chain_snapshots`;
    expect([...pages]).toEqual([{ partition: 'chain_snapshots_2026_01', spot: 25700.5, quality: 1 }]);
  });
});
