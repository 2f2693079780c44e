import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { istInstant, parseIstDate } from '@sos/domain';
import { failureLines, runInMemory } from '../fixtures/memory-io.js';
import { tempFolder } from '../fixtures/temp-folder.js';
import { startStandIn, type VendorStandIn } from '../fixtures/vendor-stand-in.js';

jest.setTimeout(120_000);

const RUN_AT = fileURLToPath(new URL('../fixtures/run-at.ts', import.meta.url));
const NOW = istInstant(parseIstDate('2026-01-12'), '10:00');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Where the vendor's login page sends the browser. */
async function sentTo(address: string): Promise<string> {
  return (await fetch(address, { redirect: 'manual' })).headers.get('location') ?? '';
}

describe('sos auth upstox', () => {
  const folder = tempFolder();
  let standIn: VendorStandIn;
  beforeAll(async () => {
    standIn = await startStandIn({ date: '2026-01-12', time: '10:00', token: 'unused' });
  });
  afterAll(() => standIn.close());
  const envOf = (redirect: string) => ({
    SOS_UPSTOX_API: standIn.address,
    SOS_UPSTOX_API_KEY: 'sim-key',
    SOS_UPSTOX_API_SECRET: 'sim-secret',
    SOS_UPSTOX_REDIRECT_URI: redirect,
  });
  const auth = (redirect: string, ...argv: string[]) =>
    runInMemory(['auth', 'upstox', ...argv, '--data-dir', folder()], { env: envOf(redirect), now: NOW });
  const tokenFile = (): string => path.join(folder(), 'secrets', 'upstox-token');

  it('by pasting: the address of this login only, spent once; the token in a file of mode 600 and nowhere else', async () => {
    const redirect = 'https://user.example.invalid/back';
    const begun = await auth(redirect);
    expect(begun).toMatchObject({ code: 0, err: '' });
    const address = /^http\S+$/m.exec(begun.out)?.[0] ?? '';
    const pasted = await sentTo(address);
    const foreign = await auth(redirect, '--code', pasted.replace(/state=\w+/, 'state=another'));
    expect(failureLines(foreign).error).toContain('found another state');
    const done = await auth(redirect, '--code', pasted);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain('Logged in to Upstox until 2026-01-13 03:30');
    const token = readFileSync(tokenFile(), 'utf8').trim();
    expect(token.split('.')).toHaveLength(3);
    expect(statSync(tokenFile()).mode & 0o777).toBe(0o600);
    expect(statSync(path.dirname(tokenFile())).mode & 0o777).toBe(0o700);
    const code = new URL(pasted).searchParams.get('code') ?? '';
    for (const text of [begun.out, done.out, foreign.err])
      for (const secret of [token, 'sim-secret', code]) expect(text).not.toContain(secret);
    const again = await auth(redirect, '--code', code);
    expect(again.code).toBe(1);
    expect(again.err).toMatch(/UDAPI100069/);
    expect(again.err).not.toContain(code);
    const providers = await runInMemory(['providers', '--data-dir', folder()], { env: envOf(redirect), now: NOW });
    expect(providers.out).toMatch(/│ upstox +│ 1 +│ logged in until 2026-01-13 03:30/);
  });

  it('by the browser: waits at the redirect address on this machine, refuses another state, takes the right one', async () => {
    const redirect = `http://127.0.0.1:${await freePort()}/cb`;
    const argv = ['auth', 'upstox', '--data-dir', folder()];
    const child = spawn(
      process.execPath,
      ['--conditions=@sos/source', '--import', 'tsx', RUN_AT, String(NOW), ...argv],
      {
        env: { ...process.env, ...envOf(redirect) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let out = '';
    const address = new Promise<string>((resolve) => {
      child.stdout.on('data', (piece: Buffer) => {
        out += piece.toString();
        const found = /^http\S+$/m.exec(out)?.[0];
        if (found !== undefined && out.endsWith('\n')) resolve(found);
      });
    });
    const back = await sentTo(await address);
    expect((await fetch(back.replace(/state=\w+/, 'state=forged'))).status).toBe(400);
    expect((await fetch(back)).status).toBe(200);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(out).toContain('Logged in to Upstox until 2026-01-13 03:30');
  });

  it('waits no longer than it was told, and says what else can be done', async () => {
    const outcome = await auth(`http://127.0.0.1:${await freePort()}/cb`, '--timeout', '0.2');
    expect(outcome.code).toBe(1);
    expect(outcome.err).toMatch(/within 0\.2 s, found nothing\nwhat to do: .*--code/);
  });

  it('names what is missing before it begins', async () => {
    const none = await runInMemory(['auth', 'upstox', '--data-dir', folder()], { now: NOW });
    expect(failureLines(none).remedy).toContain('SOS_UPSTOX_API_KEY');
    const half = await runInMemory(['auth', 'upstox', '--data-dir', folder()], {
      env: { SOS_UPSTOX_API_KEY: 'sim-key' },
      now: NOW,
    });
    expect(failureLines(half).remedy).toContain('SOS_UPSTOX_API_SECRET');
  });
});
