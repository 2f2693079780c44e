import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { connectClient } from '../client.js';
import { runScript } from '../fixtures/run-script.js';
import { prepareHome } from './cluster-home.js';
import { clusterPaths } from './cluster-paths.js';
import { databaseStatus } from './database-status.js';
import { ensureDatabase } from './ensure-database.js';
import { readPostmaster } from './postmaster.js';
import { isProcessAlive } from './process-state.js';
import { serverUser } from './server-user.js';
import { stopDatabase } from './stop-database.js';

jest.setTimeout(60_000);
const isRoot = process.getuid?.() === 0;
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sos-ensure-'));
  chmodSync(folder, 0o755);
});
afterAll(async () => {
  await stopDatabase({ dataDir: join(folder, 'data') });
  rmSync(folder, { recursive: true, force: true });
});

async function ask(url: string, text: string): Promise<unknown> {
  const sql = connectClient(url, 1);
  try {
    return Object.values((await sql.unsafe(text))[0] ?? {})[0];
  } finally {
    await sql.end();
  }
}

test('two starters at once get one server, which survives a kill -9 and keeps what it acknowledged', async () => {
  const dataDir = join(folder, 'data');
  const paths = clusterPaths(dataDir);
  const both = await Promise.all([1, 2].map(() => runScript('ensure-once.ts', [dataDir]).done));
  const said = both.map((r) => JSON.parse(r.output) as { started: boolean; port: string });
  expect(said.map((s) => s.started).sort()).toEqual([false, true]);
  expect(said[0]?.port).toBe(said[1]?.port);

  // The starters are gone; their server is not.
  const first = await ensureDatabase({ dataDir });
  expect(first.started).toBe(false);
  expect(await ask(first.url, 'show fsync')).toBe('on');
  expect(await ask(first.url, 'show server_encoding')).toBe('UTF8');
  await ask(first.url, 'create table kept as select 42 as answer');

  const server = readPostmaster(paths.postmasterPid);
  process.kill(server?.pid ?? 0, 'SIGKILL');
  while (isProcessAlive(server?.pid ?? 0)) await sleep(10);
  expect(readPostmaster(paths.postmasterPid)).toBeNull();
  const again = await ensureDatabase({ dataDir });
  expect(again.started).toBe(true);
  expect(await ask(again.url, 'select answer from kept')).toBe(42);

  const status = await databaseStatus({ dataDir });
  expect(status).toMatchObject({ kind: 'embedded', running: true, dataFolder: paths.pgdata, logFile: paths.log });
  expect(status.url).toBe(`postgres://sos:***@127.0.0.1:${status.port}/sos`);
  expect(status.version).toMatch(/^\d+\.\d+$/);

  // Only the password opens it, only its owner can read the password, and the server does not log it.
  const password = readFileSync(paths.password, 'utf8').trim();
  expect(statSync(paths.password).mode & 0o777).toBe(0o600);
  expect(password).toMatch(/^[0-9a-f]{48}$/);
  expect(readFileSync(paths.log, 'utf8')).not.toContain(password);
  await expect(ask(again.url.replace(password, 'wrong'), 'select 1')).rejects.toThrow('password authentication failed');

  expect(await stopDatabase({ dataDir })).toBe(true);
  expect(await stopDatabase({ dataDir })).toBe(false);
  expect(await databaseStatus({ dataDir })).toMatchObject({ running: false, url: null, pid: null });
});

test('the address of a server wins over the data folder and touches nothing', async () => {
  const dataDir = join(folder, 'untouched');
  const url = 'postgres://me:pw@db.example/sos';
  expect(await ensureDatabase({ dataDir, databaseUrl: url })).toMatchObject({ url, kind: 'server', started: false });
  expect(existsSync(dataDir)).toBe(false);
});

test('a data folder that is a file is refused in one line', async () => {
  const dataDir = join(folder, 'a-file');
  writeFileSync(dataDir, '');
  await expect(ensureDatabase({ dataDir })).rejects.toMatchObject({
    code: 'SOS_DATA_FOLDER',
    message: expect.stringMatching(/^expected a writable data folder at .*a-file.*, but /),
  });
});

(isRoot ? test.skip : test)('a data folder without permission is refused [not as root]', async () => {
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o500 });
  await expect(ensureDatabase({ dataDir: join(closed, 'data') })).rejects.toMatchObject({
    code: 'SOS_DATA_FOLDER',
    message: expect.stringContaining('permission denied'),
  });
});

(isRoot ? test : test.skip)(
  'under a folder that the server user cannot enter the database lives elsewhere, and says so',
  async () => {
    const closed = join(folder, 'private');
    mkdirSync(closed, { mode: 0o700 });
    const dataDir = join(closed, 'data');
    const running = await ensureDatabase({ dataDir });
    const home = readFileSync(join(dataDir, 'postgres', 'moved-to'), 'utf8').trim();
    try {
      expect(running.notes).toEqual([
        `the database lives in ${home}, because the server's user cannot enter ${join(dataDir, 'postgres')}`,
      ]);
      expect(await ask(running.url, 'select 7 as x')).toBe(7);
      expect((await ensureDatabase({ dataDir })).started).toBe(false);
    } finally {
      await stopDatabase({ dataDir });
      rmSync(home, { recursive: true, force: true });
    }
  },
);

(isRoot ? test : test.skip)(
  'a data folder that only its owner can enter is opened for passing through, not for looking',
  async () => {
    const dataDir = join(folder, 'closed-itself');
    mkdirSync(dataDir, { mode: 0o700 });
    const paths = prepareHome(dataDir, serverUser('/nonexistent'), []);
    expect(paths).toEqual(clusterPaths(dataDir));
    expect(statSync(dataDir).mode & 0o777).toBe(0o711);
  },
);

test('a server that cannot start names its log', async () => {
  const dataDir = join(folder, 'broken');
  const { started } = await ensureDatabase({ dataDir });
  expect(started).toBe(true);
  await stopDatabase({ dataDir });
  const { pgdata, log } = clusterPaths(dataDir);
  rmSync(join(pgdata, 'global', 'pg_control'));
  await expect(ensureDatabase({ dataDir })).rejects.toMatchObject({
    code: 'SOS_DB_UNAVAILABLE',
    message: expect.stringContaining(`(log: ${log})`),
  });
});
