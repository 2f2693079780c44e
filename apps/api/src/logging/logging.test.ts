import { testServer } from '../fixtures/test-server.js';
import { fixtureData } from '../fixtures/research-fixture.js';
import { makeLogger } from './make-logger.js';

const LOCAL = { host: '127.0.0.1:8640' };
const parsed = (lines: readonly string[]) => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

test('one line per answer with the id of the request, and nothing that was typed into the address', async () => {
  const lines: string[] = [];
  const app = await testServer({ logger: makeLogger('info', { write: (line) => void lines.push(line) }) });
  const given = await app.inject({
    url: '/api/runs/my-run?token=s3cret',
    headers: { ...LOCAL, 'x-request-id': 'abcd-1234', authorization: 'Bearer s3cret' },
  });
  const made = await app.inject({ url: '/api/health', headers: { ...LOCAL, 'x-request-id': 'not an id' } });
  await app.close();
  expect(given.headers['x-request-id']).toBe('abcd-1234');
  expect(made.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  expect(parsed(lines).filter((line) => line['msg'] === 'answered')).toMatchObject([
    { level: 'info', reqId: 'abcd-1234', method: 'GET', route: '/api/runs/:runId', status: 404, who: 'local' },
    { level: 'info', reqId: made.headers['x-request-id'], route: '/api/health', status: 200 },
  ]);
  expect(lines.join('')).not.toMatch(/s3cret|my-run/);
});

test('an internal error is logged with its place and answered without', async () => {
  const lines: string[] = [];
  const data = { ...fixtureData(), listRuns: () => Promise.reject(new Error('lost postgres://sos:p4ss@db/sos')) };
  const app = await testServer({ data, logger: makeLogger('error', { write: (line) => void lines.push(line) }) });
  const answer = await app.inject({ url: '/api/runs', headers: { ...LOCAL, 'x-request-id': 'abcd-1234' } });
  await app.close();
  expect([answer.statusCode, answer.json()]).toEqual([
    500,
    {
      code: 'SOS_INVARIANT',
      message: 'expected an answer, found an internal error: see the server log, request abcd-1234',
    },
  ]);
  const [failed] = parsed(lines);
  expect(failed).toMatchObject({
    level: 'error',
    reqId: 'abcd-1234',
    err: { message: 'lost postgres://sos:***@db/sos' },
  });
  expect(lines.join('')).not.toContain('p4ss');
});

test('secrets by name are left out at three depths', () => {
  const lines: string[] = [];
  const logger = makeLogger('info', { write: (line) => void lines.push(line) });
  const deep = {
    cookie: 'a',
    headers: { authorization: 'b', 'sec-websocket-protocol': 'c' },
    config: { db: { password: 'd' } },
  };
  logger.info(deep, 'x');
  expect(parsed(lines)[0]).toMatchObject({
    cookie: '[left out]',
    headers: { authorization: '[left out]', 'sec-websocket-protocol': '[left out]' },
    config: { db: { password: '[left out]' } },
  });
});
