import { Alive, Ready } from '@sos/contracts';
import { AppError } from '@sos/domain';
import { testServer } from '../fixtures/test-server.js';

const LOCAL = { host: '127.0.0.1:8640' };

test('the process is up, whoever asks by whatever name, and says no more than that', async () => {
  const app = await testServer();
  const answer = await app.inject({ url: '/healthz', headers: { host: '10.0.0.7' } });
  expect([answer.statusCode, Alive.parse(answer.json())]).toEqual([200, { status: 'up' }]);
  await app.close();
});

test('ready names every check with what was found', async () => {
  const app = await testServer({ probes: { database: async () => 'answers' } });
  const answer = await app.inject({ url: '/readyz', headers: LOCAL });
  expect([answer.statusCode, Ready.parse(answer.json())]).toEqual([
    200,
    {
      ready: true,
      checks: [
        { name: 'database', ok: true, reason: 'answers' },
        { name: 'rulebook', ok: true, reason: expect.stringMatching(/^version .+, last reviewed 20\d\d-\d\d-\d\d$/) },
        { name: 'accepting', ok: true, reason: 'new requests are taken' },
      ],
    },
  ]);
  await app.close();
});

test('not ready without its database, with the reason; a minute later it is asked again', async () => {
  let [now, asked] = [0, 0];
  const database = async (): Promise<string> => {
    asked += 1;
    if (now === 0) throw new AppError('SOS_DB_UNAVAILABLE', 'expected PostgreSQL to answer, found nothing');
    return 'answers';
  };
  const app = await testServer({ probes: { database }, now: () => now });
  const ask = () => app.inject({ url: '/readyz', headers: LOCAL });
  const [first, second] = [await ask(), await ask()];
  expect([first.statusCode, second.statusCode, asked]).toEqual([503, 503, 1]);
  expect(Ready.parse(first.json()).checks[0]).toEqual({
    name: 'database',
    ok: false,
    reason: 'SOS_DB_UNAVAILABLE: expected PostgreSQL to answer, found nothing',
  });
  now = 60_000;
  expect([(await ask()).statusCode, asked]).toEqual([200, 2]);
  await app.close();
});

test('figures count answers by declared route, whatever was typed into the address', async () => {
  const app = await testServer();
  for (const url of ['/api/runs/a', '/api/runs/b', '/api/runs/c"x', '/nowhere/1', '/nowhere/2'])
    await app.inject({ url, headers: LOCAL });
  const answer = await app.inject({ url: '/metrics', headers: LOCAL });
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = answer.body.split('\n');
  expect(lines.filter((line) => line.startsWith('sos_http_requests_total'))).toEqual([
    'sos_http_requests_total{method="GET",route="/api/runs/:runId",status="404"} 3',
    'sos_http_requests_total{method="GET",route="unmatched",status="404"} 2',
  ]);
  expect(lines).toEqual(
    expect.arrayContaining([
      'sos_http_request_duration_seconds_count{route="/api/runs/:runId"} 3',
      'sos_sockets 0',
      'sos_replay_sessions 0',
      'sos_socket_messages_trimmed_total 0',
      'sos_jobs{state="running"} 0',
    ]),
  );
  // Every line is one of the text format of Prometheus 0.0.4.
  const form = /^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? (NaN|[+-]?(Inf|[\d.e+-]+)))$/;
  expect(lines.filter((line) => line !== '' && !form.test(line))).toEqual([]);
  await app.close();
});
