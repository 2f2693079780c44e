import { inspect } from 'node:util';
import { AppError, istInstant, parseIstDate } from '@sos/domain';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import { Secret, printableUrl, redact } from '../secret.js';
import { VendorClient, type VendorCall } from './vendor-client.js';

const NOW = istInstant(parseIstDate('2026-01-12'), '10:00');
const TOKEN = new Secret('planted-secret-7f3a');
const RETRY = { attempts: 5, firstBackoffMs: 400, maxBackoffMs: 8_000, totalMs: 120_000, timeoutMs: 10_000 };
const CALL: VendorCall = { api: 'candles', url: 'https://vendor.test/v3/x?code=planted-secret-7f3a' };

type Answer = () => Response | Promise<Response>;

function world(answers: readonly Answer[], call: Partial<VendorCall> = {}) {
  const runtime = new VirtualRuntime(NOW);
  const times: number[] = [];
  runtime.fetch = async () => {
    times.push(runtime.monotonic());
    const answer = answers[Math.min(times.length, answers.length) - 1];
    return await (answer as Answer)();
  };
  const client = new VendorClient({
    vendor: 'vendor',
    runtime,
    rateLimits: [{ calls: 100, ms: 1000 }],
    retry: RETRY,
    secrets: () => [TOKEN],
    refusal: (status, body, where) => new AppError('SOS_AUTH', `refused ${status} ${body} ${where}`),
  });
  const work = client.call({ ...CALL, ...call }, (response) => response.json() as Promise<unknown>);
  return { answer: runtime.run(work), times };
}

const ok: Answer = () => Response.json({ fine: true });
const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response('', { status: code, headers });

test('passing faults are asked again with growing jittered waits: 503, a lost connection, a cut-off body', async () => {
  const lost: Answer = () => Promise.reject(new TypeError('fetch failed'));
  const cut: Answer = () => new Response('{"fine": tr');
  const { answer, times } = world([status(503), lost, cut, ok]);
  await expect(answer).resolves.toEqual({ fine: true });
  expect(times).toEqual([0, 200, 600, 1400]);
});

test.each([
  ['7', 7_000],
  [new Date(NOW + 9_000).toUTCString(), 9_000],
])('Retry-After %s is honoured, and holds back other callers too', async (header, wait) => {
  const { answer, times } = world([status(429, { 'retry-after': header }), ok]);
  await answer;
  expect(times).toEqual([0, wait]);
});

test('a silent server is given up after the timeout and asked again', async () => {
  const { answer, times } = world([() => new Promise<Response>(() => undefined), ok]);
  await answer;
  expect(times).toEqual([0, 10_200]);
});

test('the budget ends: attempts, then SOS_NETWORK that tells what was found', async () => {
  const { answer, times } = world([status(500)]);
  await expect(answer).rejects.toMatchObject({
    code: 'SOS_NETWORK',
    retryable: true,
    message: 'expected an answer of vendor at https://vendor.test/v3/x, found after 5 attempts: HTTP 500',
  });
  expect(times).toHaveLength(5);
});

test('the budget ends: no attempt later than the total', async () => {
  const { answer, times } = world([status(429, { 'retry-after': '50' })]);
  await expect(answer).rejects.toMatchObject({ code: 'SOS_NETWORK' });
  expect(times).toEqual([0, 50_000, 100_000]);
});

test('a refusal is not repeated, nor is a call that must not be made twice', async () => {
  const refused = world([status(401)]);
  await expect(refused.answer).rejects.toMatchObject({ code: 'SOS_AUTH' });
  expect(refused.times).toHaveLength(1);
  const once = world([status(502)], { repeatable: false });
  await expect(once.answer).rejects.toMatchObject({ code: 'SOS_NETWORK' });
  expect(once.times).toHaveLength(1);
});

test('a planted secret is in no error, neither by its cause nor by inspection', async () => {
  const leak: Answer = () =>
    Promise.reject(new TypeError(`fetch ${CALL.url} failed`, { cause: new Error('Bearer planted-secret-7f3a') }));
  const { answer } = world([leak]);
  const error: unknown = await answer.catch((e: unknown) => e);
  expect(error).toBeInstanceOf(AppError);
  expect(inspect(error, { depth: 9 }) + JSON.stringify(error)).not.toContain('planted');
  expect(`${TOKEN} ${JSON.stringify({ TOKEN })} ${inspect(TOKEN)}`).not.toContain('planted');
});

test.each([
  ['Authorization: Bearer abc.def-1', 'Authorization: Bearer ***'],
  ['{"access_token":"abc","user":"me"}', '{"access_token":"***","user":"me"}'],
  ['wss://x/feeds?requestId=1&code=2', 'wss://x/feeds?requestId=***&code=***'],
  ['token eyJhbGciOi.eyJzdWIi.c2ln!', 'token ***!'],
])('%s is printed as %s', (text, safe) => {
  expect(redact(text)).toBe(safe);
});

test('an address is printed without query, user and password', () => {
  expect(printableUrl('https://me:pw@x.test/a%7Cb?code=1')).toBe('https://x.test/a|b');
  expect(printableUrl('not an address')).toBe('an address that cannot be read');
});
