import { gzipSync } from 'node:zlib';
import { isAppError, istInstant, parseIstDate } from '@sos/domain';
import fc from 'fast-check';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import { BrowserSession } from './browser-session.js';

const INTERVAL_MS = 1_000;
const BODY = { records: [1, 2, 3], note: 'as published' };
const TEXT = JSON.stringify(BODY);

/** What may befall a request; the fine ones twice as often. */
const ANSWERS = {
  fine: () => Response.json(BODY),
  packed: () => new Response(gzipSync(TEXT)),
  'cut off': () => new Response(TEXT.slice(0, 9)),
  'packed and cut off': () => new Response(gzipSync(TEXT).subarray(0, 12)),
  lost: () => {
    throw new TypeError('fetch failed');
  },
  'too many': () => new Response('', { status: 429, headers: { 'retry-after': '3' } }),
  broken: () => new Response('<html>', { status: 503 }),
  unauthorized: () => new Response('', { status: 401 }),
  forbidden: () => new Response('<html>', { status: 403 }),
  page: () => new Response('<html>come back later</html>'),
} as const;

type Answer = keyof typeof ANSWERS;
const answer = fc.constantFrom<Answer>(...(Object.keys(ANSWERS) as Answer[]), 'fine', 'fine', 'fine', 'packed');

async function play(script: readonly Answer[], asks: number) {
  const runtime = new VirtualRuntime(istInstant(parseIstDate('2026-01-12'), '10:00'));
  const starts: number[] = [];
  const refusedInARow: number[] = [];
  let at = 0;
  let refused = 0;
  runtime.fetch = async (address) => {
    starts.push(runtime.monotonic());
    if (new URL(address).pathname === '/') {
      refused = 0;
      return new Response('<html></html>', { headers: { 'set-cookie': `id=${starts.length}; path=/` } });
    }
    const kind = script[at++] ?? 'fine';
    refused = kind === 'unauthorized' || kind === 'forbidden' || kind === 'page' ? refused + 1 : 0;
    refusedInARow.push(refused);
    return ANSWERS[kind]();
  };
  const session = new BrowserSession({
    vendor: 'vendor',
    runtime,
    base: 'https://vendor.test',
    warmUp: ['/'],
    headers: {},
    minIntervalMs: INTERVAL_MS,
    retry: { attempts: 4, firstBackoffMs: 500, maxBackoffMs: 4_000, totalMs: 60_000, timeoutMs: 9_000 },
    renewAfter: { ms: 20_000, calls: 5 },
    nextStep: 'use another',
  });
  const found: unknown[] = [];
  for (let i = 0; i < asks; i++)
    found.push(await runtime.run(session.json('/api/x', { q: '1' })).catch((error: unknown) => error));
  return { found, starts, refusedInARow };
}

test('whatever befalls the requests: an answer is the published one or an error that says what happened, the spacing holds, refused cookies are tried once more at most', async () => {
  const seen = { answers: 0, codes: new Set<string>() };
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { maxLength: 24 }), async (script) => {
      const { found, starts, refusedInARow } = await play(script, 6);
      for (const one of found) {
        if (isAppError(one)) seen.codes.add(one.code);
        else {
          expect(one).toEqual(BODY);
          seen.answers++;
        }
      }
      starts.forEach(
        (start, i) => i > 0 && expect(start - (starts[i - 1] as number)).toBeGreaterThanOrEqual(INTERVAL_MS),
      );
      expect(Math.max(0, ...refusedInARow)).toBeLessThanOrEqual(2);
    }),
    { numRuns: 120 },
  );
  expect(seen.answers).toBeGreaterThan(300);
  expect([...seen.codes].every((code) => code === 'SOS_AUTH' || code === 'SOS_NETWORK')).toBe(true);
}, 30_000);
