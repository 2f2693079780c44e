import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { describeRecorded } from '../../importers/fixtures/shared-data.js';
import { describeProvider } from '../fixtures/provider-contract.js';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import {
  ADVANCES,
  ADVANCES_NOT_YET,
  CHAIN,
  CHAIN_NOT_YET,
  CLEARING_HOLIDAYS,
  CONTRACT_INFO,
  INDICES,
  OLD_CHAIN,
  TRADING_HOLIDAYS,
} from './fixtures/nse-answers.js';
import { createNseProvider } from './nse-provider.js';
import { Advances, AllIndices, ContractInfo, HolidayMaster, OptionChain } from './nse-schema.js';
import { nseDay, nseStamp } from './nse-stamp.js';

const day = parseIstDate;
const at = (clock: string): EpochMs => istInstant(day('2025-12-15'), clock);
const COOKIE = 'planted-cookie-2';
const MONTH_END = { underlying: 'NIFTY' as const, expiry: day('2025-12-30') };

type Route = (url: URL, init: RequestInit) => Response | undefined;

const json =
  (part: string, body: unknown): Route =>
  (url) =>
    url.pathname + url.search === part || url.pathname.endsWith(part) ? Response.json(body) : undefined;

function pages(): Route {
  let visits = 0;
  return (url) => {
    if (url.pathname.startsWith('/api/')) return undefined;
    const headers = new Headers({ 'content-type': 'text/html' });
    headers.append('set-cookie', `${url.pathname === '/' ? 'nsit' : 'nseappid'}=${COOKIE}-${++visits}; path=/; secure`);
    return new Response('<html></html>', { headers });
  };
}

function world(routes: readonly Route[], clock = '10:02') {
  const runtime = new VirtualRuntime(at(clock));
  const asked: { path: string; cookie: string; at: number }[] = [];
  const all = [...routes, pages()];
  runtime.fetch = (address, init) => {
    const url = new URL(address);
    const { Cookie = '' } = init.headers as Record<string, string>;
    asked.push({ path: url.pathname + url.search, cookie: Cookie, at: runtime.monotonic() });
    for (const route of all) {
      const answer = route(url, init);
      if (answer !== undefined) return Promise.resolve(answer);
    }
    return Promise.resolve(new Response('', { status: 404 }));
  };
  const provider = createNseProvider({ runtime });
  return { provider, runtime, asked, paths: () => asked.map(({ path }) => path.split('?')[0]) };
}

const chainRoute = json('/api/option-chain-v3', CHAIN);

/** Answers that come one after the other; the last one stays. */
function inTurn(part: string, ...answers: (() => Response)[]): Route {
  let asked = 0;
  return (url) => (url.pathname.endsWith(part) ? answers[Math.min(asked++, answers.length - 1)]?.() : undefined);
}

const status = (code: number) => (): Response => new Response('<html>Access Denied</html>', { status: code });
const good = (): Response => Response.json(CHAIN);

describeProvider('nse', () => {
  const { provider, runtime } = world([chainRoute]);
  const refused = world([inTurn('/api/option-chain-v3', status(403))]);
  return Promise.resolve({
    provider,
    run: (work) => Promise.race([runtime.run(work), refused.runtime.run(work)]),
    chain: MONTH_END,
    refused: refused.provider,
    nextStep: /use another provider/,
    secret: COOKIE,
  });
});

describe('the chain', () => {
  test('lots of the page in units of that day, 0 as price means none, page time and time of receipt', async () => {
    const { provider, runtime, asked } = world([chainRoute]);
    const tape = await runtime.run(provider.chain(MONTH_END));
    expect([...tape.strikes]).toEqual([26000, 26050]);
    // The lot of NIFTY contracts of December 2025 is 75 (facts/lot-sizes.json).
    expect([tape.call.openInterest[0], tape.call.volume[0], tape.put.openInterest[0]]).toEqual([
      84210 * 75,
      1203344 * 75,
      75_000,
    ]);
    expect([tape.call.ltp[0], tape.call.bid[0], tape.call.bidQty[0], tape.call.ask[0], tape.call.askQty[0]]).toEqual([
      201.5, 201.4, 300, 201.6, 225,
    ]);
    expect([tape.put.ltp[0], tape.spot[0]]).toEqual([1234.55, 26027.3]);
    // A missing call is unknown; a put that was never traded has no price, no bid, and an open interest of 0.
    expect([
      tape.call.openInterest[1],
      tape.put.ltp[1],
      tape.put.bid[1],
      tape.put.ask[1],
      tape.put.openInterest[1],
    ]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0.05, 0]);
    expect([tape.eventTime[0], tape.availableAt[0]]).toEqual([at('10:01:20'), runtime.now()]);
    expect(asked.at(-1)?.path).toBe('/api/option-chain-v3?type=Indices&symbol=NIFTY&expiry=30-Dec-2025');
  });

  test('the names of the older page are understood', async () => {
    const { provider, runtime } = world([json('/api/option-chain-v3', OLD_CHAIN)]);
    const { call, spot } = await runtime.run(provider.chain(MONTH_END));
    expect([call.bid[0], call.bidQty[0], call.ask[0], call.askQty[0], call.openInterest[0], spot[0]]).toEqual([
      10.05,
      75,
      10.1,
      150,
      150,
      Number.NaN,
    ]);
  });

  test.each([
    ['a page without rows and time', [json('/api/option-chain-v3', CHAIN_NOT_YET)]],
    ['an empty answer for a listed expiry', [json('/api/option-chain-v3', {}), json('contract-info', CONTRACT_INFO)]],
  ])('%s is "not yet": a tape without snapshots', async (_, routes) => {
    const { provider, runtime } = world(routes);
    await expect(runtime.run(provider.chain(MONTH_END))).resolves.toMatchObject({ ...MONTH_END, length: 0 });
  });

  test.each([
    [
      'an expiry that is not listed',
      [json('/api/option-chain-v3', {}), json('contract-info', { expiryDates: ['16-Dec-2025'] })],
      'SOS_UNKNOWN_SYMBOL',
    ],
    ['nothing but empty answers', [json('/api/option-chain-v3', {}), json('contract-info', {})], 'SOS_AUTH'],
    [
      'rows of another expiry',
      [json('/api/option-chain-v3', { records: { ...CHAIN.records, data: [CHAIN.records.data[2]] } })],
      'SOS_DATA_MISMATCH',
    ],
    [
      'a strike twice',
      [
        json('/api/option-chain-v3', {
          records: { ...CHAIN.records, data: [CHAIN.records.data[1], CHAIN.records.data[1]] },
        }),
      ],
      'SOS_DATA_CORRUPT',
    ],
    ['another layout', [json('/api/option-chain-v3', { records: { data: 'x' } })], 'SOS_DATA_CORRUPT'],
  ])('%s is an error of its own kind', async (_, routes, code) => {
    const { provider, runtime } = world(routes);
    await expect(runtime.run(provider.chain(MONTH_END))).rejects.toMatchObject({ code });
  });

  test('an index of BSE is not asked for', async () => {
    const { provider, asked } = world([]);
    const work = provider.chain({ underlying: 'SENSEX', expiry: day('2025-12-30') });
    await expect(work).rejects.toMatchObject({ code: 'SOS_UNKNOWN_SYMBOL' });
    expect(asked).toEqual([]);
  });
});

describe('the session with the site', () => {
  test('pages are visited first, one request a second, the cookies of all of them are sent', async () => {
    const { provider, runtime, asked } = world([chainRoute]);
    await runtime.run(Promise.all([provider.chain(MONTH_END), provider.chain(MONTH_END)]));
    expect(asked.map(({ at: when }) => when)).toEqual([0, 1000, 2000, 3000]);
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual([
      '/',
      '/option-chain',
      '/api/option-chain-v3',
      '/api/option-chain-v3',
    ]);
    expect(asked[2]?.cookie).toBe(`nsit=${COOKIE}-1; nseappid=${COOKIE}-2`);
  });

  test('cookies are renewed after ten requests and after a minute', async () => {
    const { provider, runtime, paths } = world([chainRoute]);
    for (let i = 0; i < 11; i++) await runtime.run(provider.chain(MONTH_END));
    expect(paths().filter((path) => path === '/')).toHaveLength(2);
    await runtime.advance(60_000);
    await runtime.run(provider.chain(MONTH_END));
    expect(paths().filter((path) => path === '/')).toHaveLength(3);
  });

  test.each([
    ['401', [status(401), good]],
    ['403', [status(403), good]],
    ['an empty answer', [() => Response.json({}), good]],
    ['a page instead of JSON', [() => new Response(' <!doctype html><title>Resource not found</title>'), good]],
  ])('%s: cookies are fetched anew and it is asked once more', async (_, answers) => {
    const { provider, runtime, paths } = world([inTurn('/api/option-chain-v3', ...answers)]);
    await expect(runtime.run(provider.chain(MONTH_END))).resolves.toMatchObject({ length: 1 });
    expect(paths()).toEqual([
      '/',
      '/option-chain',
      '/api/option-chain-v3',
      '/',
      '/option-chain',
      '/api/option-chain-v3',
    ]);
  });

  test('a refusal of fresh cookies ends it: no storm', async () => {
    const { provider, runtime, paths } = world([inTurn('/api/option-chain-v3', status(403))]);
    await expect(runtime.run(provider.chain(MONTH_END))).rejects.toMatchObject({
      code: 'SOS_AUTH',
      message: /HTTP 403/,
    });
    expect(paths()).toHaveLength(6);
    const atTheDoor = world([(url) => (url.pathname === '/' ? status(403)() : undefined)]);
    await expect(atTheDoor.runtime.run(atTheDoor.provider.chain(MONTH_END))).rejects.toMatchObject({
      code: 'SOS_AUTH',
    });
    expect(atTheDoor.paths()).toEqual(['/']);
  });

  test('callers that are refused at the same time share one renewal', async () => {
    const refusedFirst = inTurn('/api/option-chain-v3', status(401), status(401), good);
    const { provider, runtime, paths } = world([refusedFirst]);
    await runtime.run(Promise.all([provider.chain(MONTH_END), provider.chain(MONTH_END)]));
    expect(paths().filter((path) => path === '/')).toHaveLength(2);
  });

  test.each([
    ['gzip', () => new Response(gzipSync(JSON.stringify(CHAIN)))],
    ['brotli', () => new Response(brotliCompressSync(JSON.stringify(CHAIN)))],
  ])('an answer packed with %s without saying so is unpacked', async (_, packed) => {
    const { provider, runtime } = world([inTurn('/api/option-chain-v3', packed)]);
    await expect(runtime.run(provider.chain(MONTH_END))).resolves.toMatchObject({ length: 1 });
  });

  test('cut-off bodies, plain and packed, 429 and 5xx are asked again, never faster than one a second', async () => {
    const text = JSON.stringify(CHAIN);
    const answers = [
      () => new Response(text.slice(0, 100)),
      () => new Response(gzipSync(text).subarray(0, 50)),
      () => new Response('', { status: 429, headers: { 'retry-after': '5' } }),
      status(503),
      good,
    ];
    const { provider, runtime, asked } = world([inTurn('/api/option-chain-v3', ...answers)]);
    const tape = await runtime.run(provider.chain(MONTH_END));
    const quiet = world([chainRoute]);
    const expected = await quiet.runtime.run(quiet.provider.chain(MONTH_END));
    expect([tape.strikes, tape.call, tape.put]).toEqual([expected.strikes, expected.call, expected.put]);
    const times = asked.map(({ at: when }) => when);
    expect(times).toHaveLength(7);
    for (let i = 1; i < times.length; i++) expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeGreaterThanOrEqual(1000);
    expect((times[5] ?? 0) - (times[4] ?? 0)).toBeGreaterThanOrEqual(5000);
  });
});

describe('the whole market', () => {
  test('all indices: the underlying of each that has one, figures that come as text, unknown for 0 and -', async () => {
    const { provider, runtime } = world([json('/api/allIndices', INDICES)], '15:31');
    const [nifty, fin, vix] = await runtime.run(provider.indexQuotes());
    expect(nifty).toEqual({
      name: 'NIFTY 50',
      underlying: 'NIFTY',
      last: 26027.3,
      open: 25930.05,
      high: 26047.15,
      low: 25904.75,
      previousClose: 26046.95,
      advances: 26,
      declines: 24,
      unchanged: 0,
      eventTime: at('15:30'),
      availableAt: runtime.now(),
    });
    expect(fin).toMatchObject({
      underlying: 'FINNIFTY',
      last: 27500.1,
      open: Number.NaN,
      high: Number.NaN,
      advances: Number.NaN,
    });
    expect(vix).toMatchObject({ name: 'INDIA VIX', underlying: null, last: 10.2 });
  });

  test('breadth, and none before the first trade', async () => {
    const open = world([json('/api/live-analysis-advance', ADVANCES)], '15:31');
    expect(await open.runtime.run(open.provider.marketBreadth())).toEqual({
      advances: 1512,
      declines: 1604,
      unchanged: 98,
      eventTime: at('15:30'),
      availableAt: open.runtime.now(),
    });
    const early = world(
      [json('/api/live-analysis-advance', ADVANCES_NOT_YET), json('/api/allIndices', { data: [], timestamp: '' })],
      '09:01',
    );
    expect(await early.runtime.run(early.provider.marketBreadth())).toBeNull();
    expect(await early.runtime.run(early.provider.indexQuotes())).toEqual([]);
  });

  test('expiries within the days asked for', async () => {
    const { provider, runtime } = world([json('contract-info', CONTRACT_INFO)]);
    const range = { underlying: 'BANKNIFTY' as const, from: day('2025-12-17'), to: day('2025-12-30') };
    expect(await runtime.run(provider.expiries(range))).toEqual(['2025-12-23', '2025-12-30']);
  });

  test('holidays: trading days off by segment, settlement days off beside them', async () => {
    const { provider, runtime } = world([
      json('/api/holiday-master?type=trading', TRADING_HOLIDAYS),
      json('/api/holiday-master?type=clearing', CLEARING_HOLIDAYS),
    ]);
    expect(await runtime.run(provider.holidays())).toEqual([
      { date: '2026-01-26', description: 'Republic Day', kind: 'trading', closed: ['NSE', 'NFO'], open: [] },
      {
        date: '2026-02-19',
        description: 'Chhatrapati Shivaji Maharaj Jayanti',
        kind: 'settlement',
        closed: ['NSE'],
        open: [],
      },
      // Commodities open in the evening.
      { date: '2026-03-03', description: 'Holi', kind: 'trading', closed: ['NSE', 'NFO'], open: [] },
    ]);
  });
});

test.each([
  ['15-Dec-2025 15:30:00', at('15:30')],
  ['15-Dec-2025 15:30', at('15:30')],
  ['15-12-2025 09:15:07', at('09:15:07')],
  ['', null],
  ['15-Dec-2025', null],
  ['31-02-2025 10:00', null],
])('the stamp "%s"', (text, instant) => {
  expect(nseStamp(text)).toBe(instant);
  expect(nseDay('31-02-2025')).toBeNull();
});

test('settings: one request a second is the fastest; an unknown key is named with what is near it', () => {
  expect(() => createNseProvider({ config: { minIntervalMs: 500 } })).toThrow(/minIntervalMs/);
  expect(() => createNseProvider({ config: { bse: 'x' } as object })).toThrow(/unknown key "bse".*base/);
  expect(createNseProvider({ config: { minIntervalMs: 2000 } }).capabilities.rateLimits).toEqual([
    { calls: 1, ms: 2000 },
  ]);
});

describeRecorded('../spec/payloads', (folder) => {
  // The shapes as collected from clients that others wrote, read when the tests run.
  const bodyOf = (name: string): Record<string, unknown> =>
    (JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as { body: Record<string, unknown> }).body;

  test('the collected shapes are understood, the chain of them mapped', async () => {
    const { response, contract_info } = bodyOf('nse_option_chain_v3_shape.json');
    const misc = bodyOf('nse_misc_shapes.json');
    const { records } = OptionChain.parse(response);
    expect([records.timestamp, records.data?.[0]?.CE?.openInterest]).toEqual(['15-Dec-2025 15:30:00', 84210]);
    expect(ContractInfo.parse((contract_info as { response: unknown }).response).expiryDates[1]).toBe('30-Dec-2025');
    expect(AllIndices.parse(misc['allIndices']).data?.[0]).toMatchObject({ index: 'NIFTY 50', advances: 26 });
    expect(Advances.parse(misc['live_analysis_advance']).advance.count).toMatchObject({ Unchange: 0 });
    const { FO } = misc['holiday_master_trading'] as { FO: unknown };
    expect(HolidayMaster.parse({ FO }).FO?.[0]?.description).toBe('Republic Day');
    const { provider, runtime } = world([json('/api/option-chain-v3', response)], '15:31');
    const tape = await runtime.run(provider.chain(MONTH_END));
    expect([tape.eventTime[0], tape.call.openInterest[0], tape.spot[0]]).toEqual([at('15:30'), 84210 * 75, 26027.3]);
  });
});
