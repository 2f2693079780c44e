import { gzipSync } from 'node:zlib';
import { mkdtemp, rm, stat, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { indexContract, optionContract } from '@sos/symbol-master';
import { describeProvider } from '../fixtures/provider-contract.js';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import type { ProvidedCandles } from '../provider.js';
import { Secret } from '../secret.js';
import { readTokenFile, saveTokenFile, sessionOfToken, tokenExpiry } from './access-token.js';
import {
  CANDLES,
  CHAIN,
  EXPIRED_CONTRACTS,
  HOLIDAYS,
  INVALID_TOKEN,
  LEG,
  LTP,
  MASTER,
  tokenEnding,
} from './fixtures/upstox-answers.js';
import { awaitUpstoxLogin, exchangeUpstoxCode, loginCodeOf, upstoxLoginUrl } from './login.js';
import { createUpstoxProvider } from './upstox-provider.js';

const day = parseIstDate;
const CALL = optionContract({ underlying: 'BANKNIFTY', expiry: day('2025-12-30'), strike: 59900, right: 'CE' });
const PUT_OF_APRIL = optionContract({ underlying: 'NIFTY', expiry: day('2025-04-24'), strike: 21200, right: 'PE' });
const MARK = 'planted-signature';
const TOKEN = tokenEnding(Date.UTC(2025, 11, 16, 22, 0) / 1000, MARK);

type Route = (url: URL, init: RequestInit) => Response | undefined;

const json =
  (start: string, body: unknown): Route =>
  (url) =>
    url.pathname.startsWith(start) ? Response.json(body) : undefined;

function world(routes: readonly Route[], { at = '2025-12-16T10:00', token = TOKEN as string | null } = {}) {
  const [date = '', clock = ''] = at.split('T');
  const runtime = new VirtualRuntime(istInstant(day(date), clock));
  const asked: { path: string; init: RequestInit }[] = [];
  runtime.fetch = (address, init) => {
    const url = new URL(address);
    asked.push({ path: url.pathname + url.search, init });
    for (const route of routes) {
      const answer = route(url, init);
      if (answer !== undefined) return Promise.resolve(answer);
    }
    return Promise.resolve(new Response('', { status: 404 }));
  };
  const provider = createUpstoxProvider({ runtime, token: () => (token === null ? null : new Secret(token)) });
  return { provider, runtime, asked, paths: () => asked.map((a) => a.path) };
}

const master: Route = (url) =>
  url.pathname.endsWith('/NSE.json.gz') ? new Response(gzipSync(JSON.stringify(MASTER))) : undefined;

async function all(pieces: AsyncIterable<ProvidedCandles>): Promise<ProvidedCandles[]> {
  const found: ProvidedCandles[] = [];
  for await (const piece of pieces) found.push(piece);
  return found;
}

const candlesOf = (...rows: unknown[][]): object => ({ status: 'success', data: { candles: rows } });

describeProvider('upstox', () => {
  const routes = [master, json('/v3/historical-candle/NSE_FO', CANDLES), json('/v2/option/chain', CHAIN)];
  const { provider, runtime } = world(routes);
  const refused = world([() => Response.json(INVALID_TOKEN, { status: 401 })]);
  return Promise.resolve({
    provider,
    run: (work) => Promise.race([runtime.run(work), refused.runtime.run(work)]),
    candles: { contract: CALL, from: day('2025-12-15'), to: day('2025-12-15') },
    chain: { underlying: 'BANKNIFTY', expiry: day('2025-12-30') },
    refused: refused.provider,
    secret: MARK,
  });
});

describe('candles', () => {
  test('bars are dated at their close, oldest first; the request carries the key percent-encoded, to before from', async () => {
    const w = world([master, json('/v3/historical-candle/', CANDLES)]);
    const request = { contract: CALL, from: day('2025-12-15'), to: day('2025-12-15') };
    const [piece] = await w.runtime.run(all(w.provider.candles(request)));
    const { bars } = piece?.candles ?? { bars: null };
    expect([...(bars?.time ?? [])]).toEqual([
      istInstant(day('2025-12-15'), '15:29'),
      istInstant(day('2025-12-15'), '15:30'),
    ]);
    expect([...(bars?.close ?? []), ...(bars?.volume ?? []), ...(bars?.openInterest ?? [])]).toEqual([
      301, 301.95, 2100, 3255, 310100, 310275,
    ]);
    expect(w.paths().at(-1)).toBe('/v3/historical-candle/NSE_FO%7C51507/minutes/1/2025-12-15/2025-12-15');
    expect(w.asked.at(-1)?.init.headers).toMatchObject({ 'User-Agent': 'sos-market-data/1' });
  });

  test('a long range is asked for in pieces of 28 days, without a day twice and without a gap', async () => {
    const w = world([json('/v3/historical-candle/', candlesOf())]);
    const request = { contract: indexContract('NIFTY'), from: day('2025-10-01'), to: day('2025-12-15') };
    await w.runtime.run(all(w.provider.candles(request)));
    expect(w.paths().map((p) => p.split('/').slice(-2).reverse().join('..'))).toEqual([
      '2025-10-01..2025-10-28',
      '2025-10-29..2025-11-25',
      '2025-11-26..2025-12-15',
    ]);
  });

  test('today comes from the intraday interface: other days and the running minute are left out; an index has no volume', async () => {
    const intraday = candlesOf(
      ['2025-12-16T10:00:00+05:30', 5, 5, 5, 5, 0, 0],
      ['2025-12-16T09:59:00+05:30', 4, 4, 4, 4, 0, 0],
      ['2025-12-15T15:29:00+05:30', 3, 3, 3, 3, 0, 0],
    );
    const w = world(
      [
        json('/v3/historical-candle/intraday/', intraday),
        json('/v3/historical-candle/', candlesOf(['2025-12-15T15:29:00+05:30', 2, 2, 2, 2, 0, 0])),
      ],
      { at: '2025-12-16T10:00' },
    );
    const request = { contract: indexContract('BANKNIFTY'), from: day('2025-12-15'), to: day('2025-12-31') };
    const pieces = await w.runtime.run(all(w.provider.candles(request)));
    expect(pieces.map((p) => [...p.candles.bars.close])).toEqual([[2], [4]]);
    expect(pieces[1]?.candles.bars.volume[0]).toBeNaN();
  });

  test('rows that cannot be used are quarantined with their reason', async () => {
    const rows = candlesOf(
      ['2025-12-15T15:30:00+05:30', 1, 1, 1, 1, 0, 0],
      ['2025-12-15T10:02:00+05:30', 1, 0.5, 1, 1, 0, 0],
      ['2025-12-15T10:01:00+05:30', 0, 0, 0, 0, 0, 0],
      ['2025-12-15T10:00:00+05:30', 1, 1, 1, 1, 0, 0],
      ['2025-12-15T10:00:00+05:30', 1, 1, 1, 1, 0, 0],
      ['2025-12-15T09:07:00+05:30', 1, 1, 1, 1, 0, 0],
      ['2025-12-14T10:00:00+05:30', 1, 1, 1, 1, 0, 0],
      ['2025-12-15T10:00:00', 1, 1, 1, 1, 0, 0],
    );
    const w = world([master, json('/v3/historical-candle/', rows)]);
    const request = { contract: CALL, from: day('2025-12-14'), to: day('2025-12-15') };
    const [piece] = await w.runtime.run(all(w.provider.candles(request)));
    expect(piece?.candles.bars.length).toBe(1);
    expect(piece?.quarantined.map((q) => q.reason).sort()).toEqual(
      ['after-close', 'bad-number', 'bad-price', 'before-session', 'duplicate-time', 'no-session', 'ohlc-order'].sort(),
    );
    expect(piece?.quarantined[0]?.file).toBe('upstox BANKNIFTY30DEC2559900CE 2025-12-14..2025-12-15');
  });

  test('an expired contract is asked for by its expired key, up to its last day', async () => {
    const w = world([
      json('/v2/expired-instruments/option/contract', EXPIRED_CONTRACTS),
      json('/v2/expired-instruments/historical-candle/', candlesOf(['2025-04-24T09:15:00+05:30', 1, 1, 1, 1, 75, 150])),
    ]);
    const request = { contract: PUT_OF_APRIL, from: day('2025-04-23'), to: day('2025-05-30') };
    const pieces = await w.runtime.run(all(w.provider.candles(request)));
    expect(w.paths()).toEqual([
      '/v2/expired-instruments/option/contract?instrument_key=NSE_INDEX%7CNifty+50&expiry_date=2025-04-24',
      '/v2/expired-instruments/historical-candle/NSE_FO%7C54452%7C24-04-2025/1minute/2025-04-24/2025-04-23',
    ]);
    expect(pieces).toHaveLength(1);
  });

  test('a contract that the vendor does not list', async () => {
    const w = world([master, json('/v2/expired', EXPIRED_CONTRACTS)]);
    const strange = optionContract({ underlying: 'BANKNIFTY', expiry: day('2025-12-30'), strike: 100, right: 'CE' });
    const gone = optionContract({ underlying: 'NIFTY', expiry: day('2025-04-24'), strike: 100, right: 'CE' });
    for (const contract of [strange, gone]) {
      const work = all(w.provider.candles({ contract, from: day('2025-04-24'), to: day('2025-12-15') }));
      await expect(w.runtime.run(work)).rejects.toMatchObject({ code: 'SOS_UNKNOWN_SYMBOL' });
    }
  });
});

describe('chain, quotes, calendar', () => {
  test('a chain is stamped on receipt; what is not there is unknown, never 0', async () => {
    const w = world([json('/v2/option/chain', CHAIN)]);
    const tape = await w.runtime.run(w.provider.chain({ underlying: 'BANKNIFTY', expiry: day('2025-12-30') }));
    expect([...tape.strikes]).toEqual([59900, 60000]);
    expect(tape.spot[0]).toBe(59461.8);
    expect(tape.availableAt[0]).toBe(w.runtime.now());
    expect([tape.call.ltp[0], tape.call.bid[0], tape.call.askQty[0], tape.call.openInterest[0]]).toEqual([
      301.95, 301.95, 140, 310275,
    ]);
    expect([tape.put.ltp[0], tape.put.bid[0], tape.put.bidQty[0]]).toEqual([NaN, NaN, NaN]);
    expect([tape.put.openInterest[0], tape.put.openInterest[1]]).toEqual([0, NaN]);
  });

  test('a chain of another layout is refused, a field more is not', async () => {
    const more = { ...CHAIN, data: [{ ...CHAIN.data[0], call_options: { ...LEG, news: 1 }, more: {} }] };
    const less = { ...CHAIN, data: [{ ...CHAIN.data[0], strike_price: 'x' }] };
    const ask = (body: object) => {
      const w = world([json('/v2/option/chain', body)]);
      return w.runtime.run(w.provider.chain({ underlying: 'BANKNIFTY', expiry: day('2025-12-30') }));
    };
    await expect(ask(more)).resolves.toMatchObject({ length: 1 });
    await expect(ask(less)).rejects.toMatchObject({ code: 'SOS_DATA_CORRUPT' });
  });

  test('last prices are found by the key inside the row, not by the name of the row', async () => {
    const w = world([master, json('/v3/market-quote/ltp', LTP)]);
    const quotes = await w.runtime.run(w.provider.quotes([CALL, indexContract('BANKNIFTY')]));
    expect(quotes.get(CALL.id)).toMatchObject({ lastPrice: 301.95, previousClose: 377.8, volumeToday: 119770 });
    expect(quotes.get(indexContract('BANKNIFTY').id)).toMatchObject({ lastPrice: 59461.8, volumeToday: NaN });
  });

  test('holidays, expiries', async () => {
    const dates = { status: 'success', data: ['2025-04-24', '2024-10-03'] };
    const w = world([master, json('/v2/market/holidays', HOLIDAYS), json('/v2/expired-instruments/expiries', dates)]);
    const [holiday] = await w.runtime.run(w.provider.holidays());
    expect(holiday).toMatchObject({
      date: '2026-01-26',
      kind: 'trading',
      open: [{ exchange: 'MCX', from: 1769427000000 }],
    });
    const range = { underlying: 'BANKNIFTY' as const, from: day('2025-01-01'), to: day('2026-12-31') };
    expect(await w.runtime.run(w.provider.expiries(range))).toEqual(['2025-04-24', '2025-12-30']);
  });
});

describe('login', () => {
  const app = { apiKey: 'KEY', apiSecret: new Secret('planted-api'), redirectUri: 'http://127.0.0.1:48641/upstox' };

  test('the end of a token is read from the token', () => {
    const token = new Secret(tokenEnding(1789250400));
    expect(tokenExpiry(token)).toBe(istInstant(day('2026-09-13'), '03:30'));
    const at = (ms: number): string => sessionOfToken(token, ms as EpochMs).state;
    expect([at(1789250399999), at(1789250400000)]).toEqual(['valid', 'expired']);
    expect(tokenExpiry(new Secret('opaque'))).toBeNull();
  });

  test.each([null, tokenEnding(Date.UTC(2025, 11, 15) / 1000)])(
    'without a valid token nothing is sent',
    async (token) => {
      const w = world([json('/', CHAIN)], { token });
      const work = w.provider.chain({ underlying: 'BANKNIFTY', expiry: day('2025-12-30') });
      await expect(w.runtime.run(work)).rejects.toMatchObject({ code: 'SOS_AUTH', message: /sos auth upstox/ });
      expect(w.asked).toHaveLength(0);
    },
  );

  test('the login page, the pasted answer, the state', () => {
    expect(upstoxLoginUrl(app, 'st')).toBe(
      'https://api.upstox.com/v2/login/authorization/dialog?response_type=code&client_id=KEY&redirect_uri=http%3A%2F%2F127.0.0.1%3A48641%2Fupstox&state=st',
    );
    expect(loginCodeOf(' mk404x ', 'st').reveal()).toBe('mk404x');
    expect(loginCodeOf('http://127.0.0.1:48641/upstox?code=abc&state=st', 'st').reveal()).toBe('abc');
    for (const bad of ['http://x/?code=abc&state=other', 'http://x/?state=st', 'no code here'])
      expect(() => loginCodeOf(bad, 'st')).toThrow(/expected the answer to this login/);
  });

  test('the code is spent once, in the body, and never again after a fault', async () => {
    const runtime = new VirtualRuntime(istInstant(day('2025-12-16'), '08:40'));
    const bodies: string[] = [];
    runtime.fetch = (_url, init) => {
      bodies.push(String(init.body));
      return Promise.resolve(
        bodies.length === 1 ? Response.json({ access_token: 'T' }) : new Response('', { status: 502 }),
      );
    };
    const code = new Secret('planted-code');
    expect((await runtime.run(exchangeUpstoxCode(app, code, { runtime }))).reveal()).toBe('T');
    expect(new URLSearchParams(bodies[0]).get('grant_type')).toBe('authorization_code');
    const failed: unknown = await runtime.run(exchangeUpstoxCode(app, code, { runtime })).catch((e: unknown) => e);
    expect(bodies).toHaveLength(2);
    expect(String((failed as Error).stack) + JSON.stringify(failed)).not.toContain('planted');
  });

  test('the callback takes the code with the right state only', async () => {
    const callback = await awaitUpstoxLogin(app, 'right');
    try {
      const visit = (query: string) => fetch(`${app.redirectUri}${query}`).then((r) => r.status);
      expect(await visit('?code=evil&state=wrong')).toBe(400);
      expect(await visit('/other?code=evil&state=right')).toBe(400);
      expect(await visit('?code=good&state=right')).toBe(200);
      expect((await callback.code).reveal()).toBe('good');
    } finally {
      callback.close();
    }
    await expect(awaitUpstoxLogin({ ...app, redirectUri: 'https://example.com/cb' }, 's')).rejects.toMatchObject({
      code: 'SOS_CONFIG',
    });
  });

  test('a token file is readable by its owner only', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'sos-token-'));
    try {
      const file = path.join(folder, 'tokens', 'upstox');
      expect(await readTokenFile(file)).toBeNull();
      await saveTokenFile(file, new Secret('T1'));
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await readTokenFile(file))?.reveal()).toBe('T1');
      await chmod(file, 0o644);
      await expect(readTokenFile(file)).rejects.toMatchObject({ code: 'SOS_CONFIG' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
