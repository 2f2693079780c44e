import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gateObject, writeGates } from './fixtures/gate-files.js';
import { runInMemory } from './fixtures/memory-io.js';
import { sharedDatabase } from './fixtures/shared-database.js';

jest.setTimeout(120_000);

const PLANTED = {
  SOS_UPSTOX_TOKEN: 'planted-token-16180339887',
  SOS_UPSTOX_API_SECRET: 'planted-api-secret-14142135',
  SOS_TRADINGVIEW_TOKEN: 'planted-session-17320508',
} as const;

/** Texts of all files below a folder, by their paths. */
function textsBelow(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.map((name) => path.join(folder, name)).filter((file) => statSync(file).isFile());
  return new Map(files.map((file) => [file, readFileSync(file, 'latin1')]));
}

describe('planted secrets', () => {
  const { folder, env } = sharedDatabase();
  // A vendor that says back whatever it is told, as some do in their refusals.
  let echo: Server;
  beforeAll(async () => {
    echo = createServer((request, response) => {
      response.writeHead(401, { 'Content-Type': 'application/json' });
      const message = `no: ${request.headers.authorization ?? ''} ${PLANTED.SOS_UPSTOX_API_SECRET} ${request.url ?? ''}`;
      response.end(JSON.stringify({ status: 'error', errors: [{ errorCode: 'UDAPI100050', message }] }));
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
  });
  afterAll(() => void echo.close());

  const sos = async (...argv: string[]): Promise<string> => {
    const api = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const vendor = { SOS_UPSTOX_API: api, SOS_UPSTOX_ASSETS: api, SOS_PROVIDERS: 'upstox', SOS_UPSTOX_API_KEY: 'key' };
    const { out, err } = await runInMemory([...argv, '--data-dir', folder(), '--verbose'], {
      cwd: folder(),
      env: { ...env(), ...PLANTED, ...vendor },
    });
    return `${out}\n${err}`;
  };

  it('occur in no output, error, stack or run folder', async () => {
    const days = ['--symbol', 'NIFTY', '--from-date', '2026-01-12', '--to-date', '2026-01-12'];
    const strategies = writeGates(path.join(folder(), 'gates'), { rising: gateObject() });
    const told = new Map<string, string>();
    for (const argv of [
      ['config', 'show'],
      ['config', 'show', '--json'],
      ['providers'],
      ['ingest', ...days],
      ['ingest', ...days, '--json'],
      ['auth', 'upstox', '--code', PLANTED.SOS_UPSTOX_API_SECRET],
      ['coverage', '--symbol', 'NIFTY', '--month', '2026-01'],
      ['backtest', ...days, '--source', 'simulated', '--strategies', strategies],
    ])
      told.set(argv.join(' '), await sos(...argv));
    expect(told.get(`ingest ${days.join(' ')}`)).toMatch(/SOS_AUTH/);
    const runs = textsBelow(path.join(folder(), 'runs'));
    expect(runs.size).toBeGreaterThan(3);
    const password = new URL(env()['DATABASE_URL'] ?? '').password;
    for (const [where, text] of [...told, ...runs])
      for (const secret of [...Object.values(PLANTED), password])
        if (secret !== '' && text.includes(secret)) throw new Error(`expected no secret in ${where}, found one`);
  });
});
