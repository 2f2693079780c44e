import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { istInstant, parseIstDate } from '@sos/domain';
import { tempFolder } from '../fixtures/temp-folder.js';
import type { CliIo } from '../terminal/cli-io.js';
import { ensureDataFolder } from './data-folder.js';
import { findCheckout } from './find-checkout.js';
import { resolveSettings } from './settings.js';

const sink = { isTty: false, columns: 80, write: () => undefined };
const io = (env: Record<string, string> = {}, cwd = '/somewhere'): CliIo => ({
  env,
  cwd,
  out: sink,
  err: sink,
  input: Readable.from([]),
  now: () => istInstant(parseIstDate('2026-01-12'), '10:00'),
});

describe('settings', () => {
  it('take the data folder from the option, then the environment, then the checkout', () => {
    const env = { SOS_DATA_DIR: 'from-env' };
    expect(resolveSettings(io(env), { dataDir: 'given' }).dataDir).toBe('/somewhere/given');
    expect(resolveSettings(io(env), {}).dataDir).toBe('/somewhere/from-env');
    const checkout = findCheckout() ?? '';
    expect(existsSync(path.join(checkout, 'nx.json'))).toBe(true);
    expect(resolveSettings(io({ SOS_DATA_DIR: '' }), {}).dataDir).toBe(path.join(checkout, '.sos'));
    expect(resolveSettings(io(), {}).strategiesDir).toBe(path.join(checkout, 'strategies'));
  });

  it('take DATABASE_URL as it is, and an empty one as none', () => {
    expect(resolveSettings(io({ DATABASE_URL: 'postgresql://h/d' }), {}).databaseUrl).toBe('postgresql://h/d');
    expect(resolveSettings(io({ DATABASE_URL: '' }), {}).databaseUrl).toBeUndefined();
    expect(() => resolveSettings(io({ DATABASE_URL: 'http://h' }), {})).toThrow(
      'expected DATABASE_URL to start with postgres://',
    );
  });

  it('find no checkout outside of one', () => {
    expect(findCheckout('/')).toBeNull();
  });
});

describe('data folder', () => {
  const folder = tempFolder();

  it('is created and left clean', async () => {
    const wanted = path.join(folder(), 'a', 'b');
    await ensureDataFolder(wanted);
    expect(readdirSync(wanted)).toEqual([]);
  });

  it('must not be a file', async () => {
    const file = path.join(folder(), 'file');
    writeFileSync(file, '');
    await expect(ensureDataFolder(file)).rejects.toMatchObject({
      code: 'SOS_DATA_FOLDER',
      message: `expected a writable data folder at ${file}, found a file`,
    });
  });

  it('must not be below a file', async () => {
    writeFileSync(path.join(folder(), 'file'), '');
    await expect(ensureDataFolder(path.join(folder(), 'file', 'data'))).rejects.toMatchObject({
      code: 'SOS_DATA_FOLDER',
    });
  });
});
