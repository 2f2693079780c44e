import {
  MS_PER_MINUTE,
  istInstant,
  parseIstDate,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { createNseProvider, createSimulatedMarket, type NseProvider } from '@sos/market-data';
import type { FaultScriptInput } from '../fault-script.js';
import { createFigureHash } from '../fixtures/figure-hash.js';
import { logicalRuntime } from '../fixtures/logical-runtime.js';
import { StandingClock } from '../sim-clock.js';
import { createNseServer } from './nse-server.js';

const DAY = parseIstDate('2026-01-12');
const at = (clock: string): EpochMs => istInstant(DAY, clock);
const EXPIRY: Readonly<Record<'NIFTY' | 'BANKNIFTY', IstDate>> = {
  NIFTY: parseIstDate('2026-01-13'),
  BANKNIFTY: parseIstDate('2026-01-27'),
};
const SYMBOLS = ['NIFTY', 'BANKNIFTY'] as const;
const MARKET = createSimulatedMarket({ seed: 'nse-stand-in' });
const BREADTH = { advances: 1512, declines: 1604, unchanged: 98 };

async function world(faults: FaultScriptInput = {}, start = at('10:00')) {
  const clock = new StandingClock(start);
  const { runtime, elapsed } = logicalRuntime(clock);
  const breadth = (now: EpochMs) => (now < at('09:15') ? null : BREADTH);
  const server = createNseServer({ market: MARKET, clock, faults, elapsed, breadth });
  const base = await server.listen();
  return { clock, server, base, runtime, provider: createNseProvider({ config: { base }, runtime }) };
}

type World = Awaited<ReturnType<typeof world>>;

async function withWorld<T>(made: Promise<World>, work: (w: World) => Promise<T>): Promise<T> {
  const w = await made;
  try {
    return await work(w);
  } finally {
    await w.server.close();
  }
}

function addTape(hash: ReturnType<typeof createFigureHash>, tape: ChainTape): void {
  const columns = [tape.strikes, tape.eventTime, tape.availableAt, tape.spot];
  for (const side of [tape.call, tape.put])
    columns.push(side.ltp, side.bid, side.ask, side.bidQty, side.askQty, side.volume, side.openInterest);
  for (const column of columns) hash.add(column);
}

/** Chains of two symbols each minute, with indices and breadth, as a recorder asks for them. */
async function record({ clock, provider }: World, minutes: number): Promise<string> {
  const hash = createFigureHash();
  let rows = 0;
  for (let i = 0; i < minutes; i++) {
    clock.set((at('10:00') + i * MS_PER_MINUTE) as EpochMs);
    for (const underlying of SYMBOLS) {
      const tape = await provider.chain({ underlying, expiry: EXPIRY[underlying] });
      rows += tape.strikes.length;
      addTape(hash, tape);
    }
    const quotes = await provider.indexQuotes();
    const breadth = await provider.marketBreadth();
    expect(quotes.map((q) => q.underlying)).toEqual(['NIFTY', 'BANKNIFTY']);
    hash.add(Float64Array.from(quotes.flatMap((q) => [q.last, q.open, q.high, q.low, q.eventTime])));
    hash.add(Float64Array.of(breadth?.advances ?? 0, breadth?.declines ?? 0, breadth?.eventTime ?? 0));
  }
  return `${rows} ${hash.digest()}`;
}

async function published(underlying: Underlying, expiry: IstDate, now: EpochMs) {
  const tape = (await MARKET.day(underlying, DAY))?.chains.find((chain) => chain.expiry === expiry);
  if (tape === undefined) throw new Error('the market has no such chain');
  return { tape, row: tape.availableAt.findLastIndex((known) => known <= now) };
}

async function expectPublished(provider: NseProvider, underlying: 'NIFTY' | 'BANKNIFTY', now: EpochMs): Promise<void> {
  const expiry = EXPIRY[underlying];
  const got = await provider.chain({ underlying, expiry });
  const { tape, row } = await published(underlying, expiry, now);
  const cells = (column: Float64Array): Float64Array =>
    column.slice(row * tape.strikes.length, (row + 1) * tape.strikes.length);
  expect(got.strikes).toEqual(tape.strikes);
  for (const side of ['call', 'put'] as const)
    for (const name of ['ltp', 'bid', 'ask', 'volume', 'openInterest'] as const)
      expect([side, name, ...got[side][name]]).toEqual([side, name, ...cells(tape[side][name])]);
  expect(got.availableAt[0]).toBe(now);
  expect(got.eventTime[0]).toBe(Math.floor((tape.eventTime[row] ?? Number.NaN) / 1000) * 1000);
}

test('the chain that comes over the wire is the published one: lots become units again, unknown stays unknown', async () => {
  await withWorld(world(), async ({ provider, server }) => {
    for (const underlying of SYMBOLS) await expectPublished(provider, underlying, at('10:00'));
    expect(server.report()).toEqual({ rateLimitBreaches: 0, faultsStruck: 0, refusals: 0 });
  });
});

test('before the first page there is nothing yet; an expiry that is not listed is an error', async () => {
  await withWorld(world({}, at('09:10')), async ({ provider }) => {
    await expect(provider.chain({ underlying: 'NIFTY', expiry: EXPIRY.NIFTY })).resolves.toMatchObject({ length: 0 });
    await expect(provider.indexQuotes()).resolves.toEqual([]);
    await expect(provider.marketBreadth()).resolves.toBeNull();
    const expiry = parseIstDate('2026-01-14');
    await expect(provider.chain({ underlying: 'NIFTY', expiry })).rejects.toMatchObject({ code: 'SOS_UNKNOWN_SYMBOL' });
    const range = { underlying: 'NIFTY' as const, from: DAY, to: parseIstDate('2026-01-31') };
    expect(await provider.expiries(range)).toContain('2026-01-13');
    expect((await provider.holidays()).map(({ date }) => date)).toContain('2026-01-26');
  });
});

test('recorded through drops, cut-off bodies, 429 storms, 5xx and lost sessions equals the quiet recording row for row; never two requests in a second', async () => {
  const minutes = 8;
  const quiet = await withWorld(world(), async (w) => {
    const found = await record(w, minutes);
    // Thirty-two requests and pages of a session that is renewed after ten.
    expect(w.server.report()).toEqual({ rateLimitBreaches: 0, faultsStruck: 0, refusals: 0 });
    return found;
  });
  expect(Number(quiet.split(' ')[0])).toBeGreaterThan(minutes * 2 * 20);
  const faults: FaultScriptInput = {
    seed: 11,
    rest: [
      { fault: 'status', status: 429, retryAfterSeconds: 3, probability: 0.15, times: 8 },
      { fault: 'status', status: 503, probability: 0.1, times: 8 },
      { fault: 'drop', probability: 0.1, times: 8 },
      { fault: 'truncate', probability: 0.1, times: 8 },
      { fault: 'status', status: 401, probability: 0.1, times: 3, path: '/api/' },
      { fault: 'delay', ms: 5, probability: 0.1, times: 8 },
    ],
  };
  await withWorld(world(faults), async (w) => {
    expect(await record(w, minutes)).toBe(quiet);
    const { faultsStruck, rateLimitBreaches } = w.server.report();
    expect(faultsStruck).toBeGreaterThan(15);
    expect(rateLimitBreaches).toBe(0);
  });
}, 60_000);

test('programs that do not look like a browser, bare requests and worn-out cookies are refused; haste is counted', async () => {
  await withWorld(world(), async ({ base, server, runtime }) => {
    const browser = { 'User-Agent': 'Mozilla/5.0', 'Accept-Language': 'en' };
    const ask = async (path: string, headers: Record<string, string>): Promise<Response> => {
      await runtime.sleep(1_100);
      return runtime.fetch(`${base}${path}`, { headers });
    };
    expect((await ask('/', { 'User-Agent': 'curl/8' })).status).toBe(403);
    expect((await ask('/api/allIndices', browser)).status).toBe(401);
    const first = await ask('/', browser);
    const nsit = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    expect((await ask('/api/allIndices', { ...browser, Cookie: nsit })).status).toBe(401);
    const second = await ask('/option-chain', { ...browser, Cookie: nsit });
    const cookie = `${nsit}; ${second.headers.getSetCookie()[0]?.split(';')[0] ?? ''}`;
    const answer = await ask('/api/allIndices', { ...browser, Cookie: cookie, 'Accept-Encoding': 'gzip' });
    expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    for (let i = 0; i < 11; i++) await ask('/api/allIndices', { ...browser, Cookie: cookie });
    expect((await ask('/api/allIndices', { ...browser, Cookie: cookie })).status).toBe(401);
    expect(server.report()).toMatchObject({ rateLimitBreaches: 0, refusals: 4 });
    await runtime.fetch(`${base}/`, { headers: browser });
    expect((await runtime.fetch(`${base}/`, { headers: browser })).status).toBe(429);
    expect(server.report().rateLimitBreaches).toBeGreaterThan(0);
  });
});
