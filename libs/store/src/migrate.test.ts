import { readdirSync } from 'node:fs';
import path from 'node:path';
import { connectClient, type Client } from './client.js';
import { freshDatabase, type FreshDatabase } from './fixtures/fresh-database.js';
import { runScript } from './fixtures/run-script.js';
import { migrate } from './migrate.js';
import { openStore } from './store.js';

jest.setTimeout(60_000);
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

/** Steps that this build knows. */
const steps = readdirSync(path.join(__dirname, '../migrations')).filter((name) => name.endsWith('.sql')).length;

test('four processes on an empty database: one migrates, the others find it done', async () => {
  const results = await Promise.all([1, 2, 3, 4].map(() => runScript('migrate-once.ts', [database.url]).done));
  expect(results.map((r) => r.output.trim()).sort()).toEqual([
    'applied 0',
    'applied 0',
    'applied 0',
    `applied ${steps}`,
  ]);
  const tables = await sql`
    select relname, relkind from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`;
  expect(tables.map((t) => `${t['relname']} ${t['relkind']}`)).toEqual([
    'answered_days r',
    'candle_coverage r',
    'candles p',
    'chain_coverage r',
    'chain_snapshots p',
    'decisions r',
    'fills r',
    'ingestion_files r',
    'instrument_aliases r',
    'instruments r',
    'market_sources r',
    'market_stats p',
    'option_chain_quotes p',
    'option_chains r',
    'orders r',
    'quarantine r',
    'runs r',
    'sweep_results r',
    'trades r',
    'trial_deletions r',
    'trials r',
  ]);
});

test('a schema of a newer SOS is refused, by migrate and by openStore', async () => {
  const { version } = await migrate(database.url);
  await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', ${version + 86_400_000})`;
  const refused = {
    code: 'SOS_DB_NEWER_SCHEMA',
    message: expect.stringMatching(
      /^expected a database schema of .* or earlier, found one of .*: a newer SOS wrote it$/,
    ),
  };
  await expect(migrate(database.url)).rejects.toMatchObject(refused);
  await expect(openStore({ url: database.url })).rejects.toMatchObject(refused);
});

test('the database itself refuses an unknown value without a reason', async () => {
  await migrate(database.url);
  const insert = sql`insert into instruments (contract_id, kind, underlying, strike) values ('NIFTY', 'index', 'NIFTY', 1)`;
  await expect(insert).rejects.toThrow('instruments_shape');
  await sql`create table candles_2026_01 partition of candles for values from ('2026-01-01') to ('2026-02-01')`;
  const bar = sql`insert into candles (instrument_id, source_id, ts, span_ms, lag_ms, quality) values (1, 1, '2026-01-12', 60000, 0, 1)`;
  await expect(bar).rejects.toThrow('candles_unknown_has_reason');
});
