import { once } from 'node:events';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { testServer } from '../fixtures/test-server.js';
import type { AccessRules } from './access-rules.js';
import { AddressBudget } from './address-budget.js';
import { readApiTokens, tokenOf } from './api-tokens.js';
import { AuditLog, withoutSecrets } from './audit-log.js';
import { DEFAULT_RATES } from './gate-keeper.js';

const LOCAL = { host: '127.0.0.1:8640' };
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const TOKEN = randomBytes(32).toString('base64url');
const RULES: AccessRules = {
  hosts: ['sos.example:8640'],
  tokens: [{ id: sha256(TOKEN).toString('hex').slice(0, 8), sha256: sha256(TOKEN) }],
};
const HOST = { host: 'sos.example:8640' };
const form = {
  symbols: ['NIFTY'],
  from: '2026-01-12',
  to: '2026-01-12',
  gates: [],
  source: 'simulated',
  capitalRupees: 500_000,
  seed: 1,
};

let folder = '';
let app: FastifyInstance | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sos-api-'));
});
afterEach(async () => {
  await app?.close();
  app = null;
  rmSync(folder, { recursive: true, force: true });
});

describe('a server that other machines reach', () => {
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    app ??= await testServer({ access: RULES });
    return (await app.inject({ url, headers: { ...HOST, ...headers } })).statusCode;
  };

  test.each(['/api/runs', '/metrics', '/readyz', '/docs', '/docs/openapi.json', '/%61pi/runs', '/api/nothing/../runs'])(
    '%s gives nothing without a token',
    async (url) => {
      expect([401, 404]).toContain(await ask(url));
      expect(
        await ask(url.startsWith('/api/nothing') ? '/api/runs' : url, { authorization: `Bearer ${TOKEN}` }),
      ).not.toBe(401);
    },
  );

  test.each([
    [{ authorization: `Bearer ${TOKEN}` }, 200],
    [{ authorization: `Bearer ${TOKEN}`, origin: 'https://sos.example:8640' }, 200],
    [{ authorization: `Bearer ${TOKEN}`, origin: 'http://evil.example' }, 401],
    [{ authorization: `Bearer ${TOKEN}`, 'sec-fetch-site': 'cross-site' }, 401],
    [{ authorization: `Bearer ${TOKEN}`, host: 'evil.example' }, 401],
    [{ authorization: `Bearer ${TOKEN.slice(0, -1)}` }, 401],
    [{ authorization: `Basic ${TOKEN}` }, 401],
    [{ host: '127.0.0.1:8640' }, 401],
  ])('%j is answered with %i', async (headers, status) => {
    expect(await ask('/api/runs', headers)).toBe(status);
  });

  test('a token in the address is none', async () => {
    expect(await ask(`/api/runs?token=${TOKEN}&access_token=${TOKEN}`)).toBe(401);
  });

  test('guessing is over after ten tries', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push(await ask('/api/runs', { authorization: `Bearer ${'x'.repeat(30)}${i}` }));
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429, 429]);
    // And the right token is not let in from there either, until time has passed.
    expect(await ask('/api/runs', { authorization: `Bearer ${TOKEN}` })).toBe(429);
  });

  test('the stream takes the token as a subprotocol and never repeats it', async () => {
    app = await testServer({ access: { ...RULES, hosts: [] } });
    await app.listen({ host: '127.0.0.1', port: 0 });
    const url = `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}/api/stream`;
    const socket = new WebSocket(url, ['sos.stream', `sos.token.${TOKEN}`]);
    await once(socket, 'open');
    expect(socket.protocol).toBe('sos.stream');
    const refused = async (protocols: string[], address = url): Promise<string> => {
      const [error] = (await once(new WebSocket(address, protocols), 'error')) as [Error];
      return error.message;
    };
    expect(await refused([])).toBe('Unexpected server response: 403');
    expect(await refused(['sos.stream', 'sos.token.wrong'])).toBe('Unexpected server response: 401');
    expect(await refused([], `${url}?token=${TOKEN}`)).toBe('Unexpected server response: 403');
    socket.close();
    await once(socket, 'close');
  });
});

describe('changes', () => {
  const post = async (headers: Record<string, string>, payload: string) => {
    app ??= await testServer();
    return (await app.inject({ method: 'POST', url: '/api/backtests', headers: { ...LOCAL, ...headers }, payload }))
      .statusCode;
  };
  const json = JSON.stringify(form);

  test.each([
    [{ 'content-type': 'application/json' }, 200],
    [{ 'content-type': 'application/json; charset=utf-8' }, 200],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'content-type': 'application/x-www-form-urlencoded' }, 415],
    [{ 'content-type': 'application/json', origin: 'http://evil.example' }, 401],
    [{ 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }, 401],
  ])('%j is answered with %i', async (headers, status) => {
    expect(await post(headers as Record<string, string>, json)).toBe(status);
  });

  test('a body above 128 KiB is refused', async () => {
    expect(await post({ 'content-type': 'application/json' }, JSON.stringify({ x: 'x'.repeat(140_000) }))).toBe(413);
  });

  test('an address that asks too often is told when to come back', async () => {
    app = await testServer({ rates: { ...DEFAULT_RATES, reads: { perSecond: 0.5, burst: 2 } } });
    const ask = () => app?.inject({ url: '/api/health', headers: LOCAL });
    const answers = [await ask(), await ask(), await ask()];
    expect(answers.map((a) => a?.statusCode)).toEqual([200, 200, 429]);
    expect([answers[2]?.headers['retry-after'], answers[2]?.json<{ code: string }>().code]).toEqual([
      '2',
      'SOS_RATE_LIMIT',
    ]);
  });

  test('are kept line by line: who, what, how it ended; refused ones too', async () => {
    const file = path.join(folder, 'audit', 'commands.ndjson');
    const audit = await AuditLog.open(file);
    app = await testServer({ audit, access: RULES, now: () => Date.UTC(2026, 0, 20) });
    const send = (headers: Record<string, string>) =>
      app?.inject({
        method: 'POST',
        url: '/api/backtests',
        headers: { ...HOST, ...headers },
        payload: { ...form, password: 'p4ss' },
      });
    await send({ authorization: `Bearer ${TOKEN}`, 'x-request-id': 'request-0001' });
    await send({ 'x-request-id': 'request-0002' });
    await app.inject({ url: '/api/runs', headers: { ...HOST, authorization: `Bearer ${TOKEN}` } });
    await app.close();
    await audit.close();
    const text = readFileSync(file, 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    const who = `token ${RULES.tokens?.[0]?.id ?? ''}`;
    const same = { at: '2026-01-20T00:00:00.000Z', address: '127.0.0.1', method: 'POST', route: '/api/backtests' };
    expect(lines).toEqual([
      {
        ...same,
        stage: 'asked',
        requestId: 'request-0001',
        who,
        status: null,
        body: expect.objectContaining({ from: '2026-01-12' }),
      },
      { ...same, stage: 'answered', requestId: 'request-0001', who, status: 200, body: null },
      { ...same, stage: 'answered', requestId: 'request-0002', who: 'nobody', status: 401, body: null },
    ]);
    expect(text).not.toContain(TOKEN);
    expect(text).not.toContain('p4ss');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('nothing that is a secret by its name is kept, and nothing without end', () => {
    expect(withoutSecrets({ apiKey: 'a', deep: [{ accessToken: 'b', n: 1 }], text: 'x'.repeat(600) })).toEqual({
      apiKey: '[left out]',
      deep: [{ accessToken: '[left out]', n: 1 }],
      text: `${'x'.repeat(500)}… (600)`,
    });
  });
});

describe('tokens', () => {
  const file = (): string => path.join(folder, 'api-tokens');

  test('are known by their hashes; a short one is not, even when its hash is in the file', async () => {
    writeFileSync(file(), `${sha256(TOKEN).toString('hex')} 2026-11-20\n${sha256('short').toString('hex')}\n`, {
      mode: 0o600,
    });
    const tokens = await readApiTokens(file());
    expect(tokens.map((t) => t.id)).toEqual([TOKEN, 'short'].map((text) => sha256(text).toString('hex').slice(0, 8)));
    expect([tokenOf(tokens, TOKEN)?.id, tokenOf(tokens, 'short'), tokenOf(tokens, null), tokenOf([], TOKEN)]).toEqual([
      tokens[0]?.id,
      null,
      null,
      null,
    ]);
  });

  test('a file that others can read, or that holds something else, is refused', async () => {
    writeFileSync(file(), 'a token in clear\n', { mode: 0o600 });
    await expect(readApiTokens(file())).rejects.toThrow('expected a SHA-256 in hexadecimal at line 1');
    chmodSync(file(), 0o644);
    await expect(readApiTokens(file())).rejects.toThrow('readable by its owner only');
    expect(await readApiTokens(path.join(folder, 'none'))).toEqual([]);
  });
});

test('a budget fills again with time, for each address by itself, and forgets the quietest of too many', () => {
  let now = 0;
  const budget = new AddressBudget({ perSecond: 2, burst: 2 }, () => now);
  expect([budget.take('a'), budget.take('a'), budget.take('a'), budget.take('b')]).toEqual([0, 0, 0.5, 0]);
  now = 500;
  expect([budget.take('a'), budget.take('a')]).toEqual([0, 0.5]);
  for (let i = 0; i < 10_000; i++) budget.take(String(i));
  expect(budget.take('a')).toBe(0);
});
