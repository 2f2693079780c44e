import { gzipSync } from 'node:zlib';
import { istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { futureContract, optionContract } from '@sos/symbol-master';
import { describeProvider } from '../fixtures/provider-contract.js';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import { buildupOfWord, mapBuildups, newestSession } from './buildup-mapper.js';
import {
  BUILDUPS,
  EXPIRIES,
  EXPIRY_OBJECTS,
  NOTHING_YET,
  REFUSED_HEAD,
  SEARCH,
  liveOi,
} from './fixtures/trendlyne-answers.js';
import { Buildups } from './trendlyne-schema.js';
import { createTrendlyneProvider } from './trendlyne-provider.js';

const day = parseIstDate;
const SESSION = day('2026-01-12');
const at = (clock: string): EpochMs => istInstant(SESSION, clock);
const COOKIE = 'planted-cookie-1';

type Route = (url: URL, init: RequestInit) => Response | undefined;

const json =
  (part: string, body: unknown): Route =>
  (url) =>
    url.pathname.includes(part) ? Response.json(body) : undefined;

const home: Route = (url) =>
  url.pathname === '/'
    ? new Response('<html></html>', { headers: { 'set-cookie': `csrftoken=${COOKIE}; Path=/; Max-Age=3600` } })
    : undefined;

/** Live open interest as a server gives it that looks at the window. */
const windowed: Route = (url) => {
  if (!url.pathname.endsWith('/live-oi-data/')) return undefined;
  const [from, to, date] = ['minTime', 'maxTime', 'tradingDate'].map((name) => url.searchParams.get(name) ?? undefined);
  return Response.json(liveOi({ from, to: to ?? '', date }, Number((to ?? '').replace(':', '')) * 65));
};

const site = [home, json('/search-contract-stock/', SEARCH), json('/fno/get-expiry-dates/', EXPIRIES)];

function world(routes: readonly Route[], { clock = '10:07', enabled = true } = {}) {
  const runtime = new VirtualRuntime(at(clock));
  const asked: { path: string; headers: Record<string, string>; at: number }[] = [];
  runtime.fetch = (address, init) => {
    const url = new URL(address);
    asked.push({
      path: url.pathname + url.search,
      headers: init.headers as Record<string, string>,
      at: runtime.monotonic(),
    });
    const answer = routes.map((route) => route(url, init)).find((found) => found !== undefined);
    return Promise.resolve(answer ?? new Response('', { status: 404 }));
  };
  return { provider: createTrendlyneProvider({ config: { enabled }, runtime }), runtime, asked };
}

const NEWEST = { underlying: 'NIFTY' as const, expiry: day('2026-01-13') };

describeProvider('trendlyne', () => {
  const { provider, runtime } = world([...site, json('/live-oi-data/', liveOi({ to: '10:07' }))]);
  const refused = world([home, () => new Response('no', { status: 403 })]);
  return Promise.resolve({
    provider,
    run: (work) => Promise.race([runtime.run(work), refused.runtime.run(work)]),
    chain: NEWEST,
    refused: refused.provider,
    nextStep: /use another provider/,
    secret: COOKIE,
  });
});

describe('settings', () => {
  test('it is off until it is switched on, and says so', async () => {
    const { provider, asked } = world(site, { enabled: false });
    expect(provider.session().nextStep).toMatch(/enabled/);
    await expect(provider.openInterest(NEWEST)).rejects.toMatchObject({ code: 'SOS_CONFIG' });
    expect(createTrendlyneProvider().session().nextStep).toMatch(/enabled/);
    expect(asked).toEqual([]);
  });

  test.each([
    [{ enable: true }, /unknown key "enable".*enabled/],
    [{ minIntervalMs: 50 }, /minIntervalMs/],
  ])('%j is refused', (config, message) => {
    expect(() => createTrendlyneProvider({ config: config as object })).toThrow(message);
  });
});

describe('open interest', () => {
  test('units per strike, unknown where the site has none; changes of each strike; time of the server, known on receipt', async () => {
    const { provider, runtime, asked } = world([
      ...site,
      json('/live-oi-data/', liveOi({ to: '15:30', updated: '2026-01-12T10:06:00+05:30' })),
    ]);
    const { tape, callChange, putChange } = await runtime.run(provider.openInterest(NEWEST));
    expect([...tape.strikes]).toEqual([25600, 25650, 25700]);
    expect([...tape.call.openInterest]).toEqual([Number.NaN, 1300, 1300]);
    expect([...tape.put.openInterest]).toEqual([0, 1300, 650]);
    expect([...callChange]).toEqual([Number.NaN, 650, 0]);
    expect([...putChange]).toEqual([0, 0, -130]);
    expect([tape.spot[0], tape.call.ltp[1], tape.call.volume[1]]).toEqual([25655.4, Number.NaN, Number.NaN]);
    // The window ends at 15:30, which has not been yet: the server's update is the event.
    expect([tape.eventTime[0], tape.availableAt[0]]).toEqual([at('10:06'), runtime.now()]);
    expect(asked.map(({ path }) => path)).toEqual([
      '/',
      '/phoenix/api/search-contract-stock/?query=nifty',
      '/phoenix/api/live-oi-data/?stockId=41&expDateList=2026-01-13&minTime=09%3A15&maxTime=10%3A07',
    ]);
    expect(asked[2]?.headers).toMatchObject({ Cookie: `csrftoken=${COOKIE}`, 'X-CSRFToken': COOKIE });
    expect(asked.map((a) => a.at)).toEqual([0, 500, 1000]);
  });

  test('nothing published yet is a tape without snapshots, no error', async () => {
    const { provider, runtime } = world([...site, json('/live-oi-data/', NOTHING_YET)], { clock: '09:05' });
    const { tape, callChange } = await runtime.run(provider.openInterest(NEWEST));
    expect([tape.length, tape.strikes.length, callChange.length]).toEqual([0, 0, 0]);
    await expect(runtime.run(provider.chain(NEWEST))).resolves.toMatchObject({ length: 0, expiry: '2026-01-13' });
  });

  test('a past minute: dated there, known at its end; the window is proved once by a far minute of the session', async () => {
    const { provider, runtime, asked } = world([...site, windowed], { clock: '16:00' });
    const ask = (clock: string) => runtime.run(provider.openInterest({ ...NEWEST, at: at(clock) }));
    const { tape } = await ask('10:00');
    expect([tape.eventTime[0], tape.availableAt[0]]).toEqual([at('10:00'), at('10:01')]);
    expect(tape.call.openInterest[1]).toBe(1300 + 1000 * 65);
    await ask('10:05:42');
    await expect(ask('16:01')).rejects.toMatchObject({ code: 'SOS_INPUT' });
    const windows = asked.map(({ path }) =>
      /maxTime=(\d+)%3A(\d+)&tradingDate=2026-01-12$/.exec(path)?.slice(1).join(':'),
    );
    expect(windows.filter((w) => w !== undefined)).toEqual(['10:00', '15:30', '10:05']);
  });

  test.each([
    [
      'says that it served another window',
      json('/live-oi-data/', liveOi({ to: '15:30' }, 65)),
      /2026-01-12 09:15 to 15:30/,
    ],
    [
      'says that it served another day',
      json('/live-oi-data/', liveOi({ to: '10:00', date: '2026-01-09' })),
      /2026-01-09/,
    ],
    [
      'tells the window that was asked for but has the same rows for any',
      ((url) =>
        url.pathname.endsWith('/live-oi-data/')
          ? Response.json(liveOi({ to: url.searchParams.get('maxTime') ?? '' }))
          : undefined) as Route,
      /very same rows as for 2026-01-12 15:30/,
    ],
  ])('an answer that %s is refused', async (_, route, message) => {
    const { provider, runtime } = world([...site, route], { clock: '16:00' });
    await expect(runtime.run(provider.openInterest({ ...NEWEST, at: at('10:00') }))).rejects.toMatchObject({
      code: 'SOS_DATA_MISMATCH',
      message,
    });
  });

  test('an answer for another expiry is refused, also for the newest session', async () => {
    const { provider, runtime } = world([...site, json('/live-oi-data/', liveOi({ to: '10:07' }))]);
    const work = provider.openInterest({ underlying: 'NIFTY', expiry: day('2026-01-20') });
    await expect(runtime.run(work)).rejects.toMatchObject({ code: 'SOS_DATA_MISMATCH' });
  });

  test.each([
    ['an index that the search does not find', 'FINNIFTY' as const, site, 'SOS_UNKNOWN_SYMBOL'],
    [
      'an answer of another layout',
      'NIFTY' as const,
      [...site, json('/live-oi-data/', { body: {} })],
      'SOS_DATA_CORRUPT',
    ],
    ['a status that is not 0', 'NIFTY' as const, [...site, json('/live-oi-data/', REFUSED_HEAD)], 'SOS_INPUT'],
  ])('%s is an error of its kind', async (_, underlying, routes, code) => {
    const { provider, runtime } = world(routes);
    await expect(runtime.run(provider.openInterest({ ...NEWEST, underlying }))).rejects.toMatchObject({ code });
  });
});

describe('expiries', () => {
  test('options and futures, as texts or objects, asked once a day', async () => {
    const dates: Route = (url) =>
      url.pathname.includes('get-expiry-dates')
        ? Response.json(url.searchParams.get('mtype') === 'futures' ? EXPIRY_OBJECTS : EXPIRIES)
        : undefined;
    const { provider, runtime, asked } = world([dates, ...site]);
    const ask = () =>
      runtime.run(provider.expiries({ underlying: 'NIFTY', from: day('2026-01-14'), to: day('2026-01-31') }));
    expect(await ask()).toEqual(['2026-01-20', '2026-01-27']);
    expect(await ask()).toEqual(['2026-01-20', '2026-01-27']);
    expect(asked.filter(({ path }) => path.includes('get-expiry-dates'))).toHaveLength(2);
  });
});

describe('buildups', () => {
  const CALL = optionContract({ underlying: 'NIFTY', expiry: day('2026-01-20'), strike: 25650, right: 'CE' });

  test('words in ours, oldest first, units, unknown where there is none', async () => {
    const { provider, runtime, asked } = world([...site, json('/fno/buildup-5/', BUILDUPS)], { clock: '09:31' });
    const found = await runtime.run(provider.buildups({ contract: CALL, minutes: 5 }));
    const receivedAt = runtime.now();
    expect(asked.at(-1)?.path).toBe(
      '/phoenix/api/fno/buildup-5/20-jan-2026-next/NIFTY/?fno_mtype=options&strikePrice=25650&option_type=call',
    );
    const unknown = Number.NaN;
    expect(found).toEqual([
      {
        from: at('09:15'),
        to: at('09:20'),
        low: unknown,
        high: unknown,
        buildup: null,
        close: unknown,
        openInterest: unknown,
        openInterestChange: unknown,
        volumeToday: unknown,
        receivedAt,
      },
      {
        from: at('09:20'),
        to: at('09:25'),
        low: 380,
        high: 402.55,
        buildup: 'long-buildup',
        close: 401.1,
        openInterest: 1897285,
        openInterestChange: 39000,
        volumeToday: 378560,
        receivedAt,
      },
      {
        from: at('09:25'),
        to: at('09:30'),
        low: 398.1,
        high: 415,
        buildup: 'short-covering',
        close: 412.35,
        openInterest: 1832350,
        openInterestChange: -64935,
        volumeToday: 915265,
        receivedAt,
      },
    ]);
  });

  test('of a future by its own list of expiries; fifteen minutes are another address', async () => {
    const { provider, runtime, asked } = world([
      ...site,
      json('/fno/buildup-15/', { ...BUILDUPS, body: { data_v2: [] } }),
    ]);
    const contract = futureContract('BANKNIFTY', day('2026-01-27'));
    expect(await runtime.run(provider.buildups({ contract, minutes: 15 }))).toEqual([]);
    expect(asked.map(({ path }) => path).slice(-2)).toEqual([
      '/phoenix/api/fno/get-expiry-dates/?mtype=futures&stock_id=42',
      '/phoenix/api/fno/buildup-15/27-jan-2026-far/BANKNIFTY/?fno_mtype=futures',
    ]);
    const unlisted = futureContract('BANKNIFTY', day('2026-03-30'));
    await expect(runtime.run(provider.buildups({ contract: unlisted, minutes: 5 }))).rejects.toMatchObject({
      code: 'SOS_UNKNOWN_SYMBOL',
    });
  });

  const rows = Buildups.parse(BUILDUPS).body.data_v2;
  const clocks = (now: EpochMs) => mapBuildups(rows, { contract: CALL, minutes: 5 }, now).map(({ to }) => to);

  test('the running stretch is left out; rows of the session before are none of this one', () => {
    expect(clocks(at('09:27'))).toEqual([at('09:20'), at('09:25')]);
    // Rows up to 09:30 at 09:16: nobody cleared the table of Friday yet.
    expect(clocks(at('09:16'))).toEqual([]);
    // Before the open, on a weekend and in the evening they are of the session that was last.
    expect(newestSession(at('09:00'))).toBe('2026-01-09');
    expect(newestSession(istInstant(day('2026-01-10'), '12:00'))).toBe('2026-01-09');
    expect(clocks(at('20:00'))).toHaveLength(3);
  });

  test('stretches of another length than asked for, and the same one twice, are refused', () => {
    const ask = (asked: typeof rows) => () => mapBuildups(asked, { contract: CALL, minutes: 15 }, at('16:00'));
    expect(ask(rows)).toThrow(/15 minutes/);
    const [first] = rows;
    expect(() => mapBuildups(first ? [first, first] : [], { contract: CALL, minutes: 5 }, at('16:00'))).toThrow(
      /twice/,
    );
  });

  test.each([
    ['Long Build Up', 'long-buildup'],
    ['Short Buildup', 'short-buildup'],
    ['SHORT  COVERING', 'short-covering'],
    ['Long Unwinding', 'long-unwinding'],
    ['Long Covering', 'long-unwinding'],
    ['', null],
    ['Sideways', null],
  ])('"%s" is %s', (word, buildup) => {
    expect(buildupOfWord(word)).toBe(buildup);
  });
});

describe('the session with the site', () => {
  test('cookies that are refused are fetched anew once; a packed answer without a header is unpacked', async () => {
    let refusals = 0;
    const packed: Route = (url) => {
      if (!url.pathname.endsWith('/live-oi-data/')) return undefined;
      if (++refusals === 1) return new Response('', { status: 403 });
      return new Response(gzipSync(JSON.stringify(liveOi({ to: '10:07' }))));
    };
    const { provider, runtime, asked } = world([...site, packed]);
    await expect(runtime.run(provider.chain(NEWEST))).resolves.toMatchObject({ length: 1 });
    expect(asked.map(({ path }) => path.split('?')[0])).toEqual([
      '/',
      '/phoenix/api/search-contract-stock/',
      '/phoenix/api/live-oi-data/',
      '/',
      '/phoenix/api/live-oi-data/',
    ]);
  });
});
