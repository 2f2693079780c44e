import {
  ApiClient,
  ExpiredInstrumentApi,
  HistoryV3Api,
  LoginApi,
  MarketDataStreamerV3,
  MarketHolidaysAndTimingsApi,
  MarketQuoteV3Api,
  OptionsApi,
} from 'upstox-js-sdk';
import { MarketDataFeederV3 } from 'upstox-js-sdk/dist/feeder/MarketDataFeederV3.js';
import { MS_PER_SECOND, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { createSimulatedMarket } from '@sos/market-data';
import { createExchangeServer, type ExchangeServer } from '../exchange-server.js';
import { StandingClock } from '../sim-clock.js';

// The vendor's own client, version 2.31.0, unchanged except for the address: what it reads and understands is the vendor's wire format.

const DAY = parseIstDate('2026-01-12');
const NOW = istInstant(DAY, '10:00:30');
const INDEX = 'NSE_INDEX|Nifty 50';

interface Answer {
  readonly status: string;
  readonly data: never;
}

const ask = <T = Answer>(call: (done: (error: unknown, data: unknown) => void) => void): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, data) => (error ? reject(error as Error) : resolve(data as T)));
  });

interface Streamed {
  readonly type: string;
  readonly feeds?: Record<
    string,
    { fullFeed?: { marketFF?: { ltpc: object; vtt: string }; indexFF?: { ltpc: object } } }
  >;
  readonly marketInfo?: { readonly segmentStatus: Record<string, string> };
}

describe('the official upstox-js-sdk against the stand-in', () => {
  let server: ExchangeServer;
  let address: string;
  const clock = new StandingClock(NOW);

  beforeAll(async () => {
    server = createExchangeServer({ market: createSimulatedMarket({ seed: 'sdk' }), clock, tokens: ['TEST_TOKEN'] });
    address = await server.listen();
    new ApiClient();
    ApiClient.instance.basePath = address;
    ApiClient.instance.authentications.OAUTH2.accessToken = 'TEST_TOKEN';
  });
  afterAll(() => server.close());

  const chainOf = (expiry: string) =>
    ask<{
      data: { strikePrice: number; callOptions: { instrumentKey: string; marketData: { ltp: number; oi: number } } }[];
    }>((done) => new OptionsApi().getPutCallOptionChain(INDEX, expiry, done));

  test('historical and intraday candles: newest first, stamped at their start with the Indian offset', async () => {
    const history = await ask<{ data: { candles: [string, ...number[]][] } }>((done) =>
      new HistoryV3Api().getHistoricalCandleData1(INDEX, 'minutes', 1, '2026-01-09', '2026-01-08', done),
    );
    expect(history.data.candles).toHaveLength(750);
    expect(history.data.candles[0]?.[0]).toBe('2026-01-09T15:29:00+05:30');
    expect(history.data.candles.at(-1)?.[0]).toBe('2026-01-08T09:15:00+05:30');
    const intraday = await ask<{ data: { candles: [string, ...number[]][] } }>((done) =>
      new HistoryV3Api().getIntraDayCandleData(INDEX, 'minutes', 5, done),
    );
    expect(intraday.data.candles.map((row) => row[0]).slice(0, 2)).toEqual([
      '2026-01-12T10:00:00+05:30',
      '2026-01-12T09:55:00+05:30',
    ]);
  });

  test('option contracts, chain and last prices', async () => {
    const contracts = await ask<{ data: { tradingSymbol: string; lotSize: number; instrumentKey: string }[] }>((done) =>
      new OptionsApi().getOptionContracts(INDEX, { expiryDate: '2026-01-13' }, done),
    );
    expect(contracts.data[0]?.tradingSymbol).toMatch(/^NIFTY \d+ CE 13 JAN 26$/);
    expect(contracts.data[0]?.lotSize).toBe(65);
    const chain = await chainOf('2026-01-13');
    expect(chain.data.length).toBeGreaterThanOrEqual(41);
    const leg = chain.data[20]?.callOptions;
    expect(leg?.marketData.ltp).toBeGreaterThan(0);
    const quotes = await ask<{ data: Record<string, { lastPrice: number; instrumentToken: string }> }>((done) =>
      new MarketQuoteV3Api().getLtp({ instrumentKey: `${INDEX},${leg?.instrumentKey}` }, done),
    );
    expect(quotes.data['NSE_INDEX:Nifty 50']?.instrumentToken).toBe(INDEX);
    expect(Object.values(quotes.data).map((q) => q.instrumentToken)).toContain(leg?.instrumentKey);
  });

  test('holidays, timings, status', async () => {
    const api = new MarketHolidaysAndTimingsApi();
    const holidays = await ask<{ data: { _date?: string; date?: string; description: string }[] }>((done) =>
      api.getHolidays(done),
    );
    expect(JSON.stringify(holidays.data)).toContain('Republic Day');
    const timings = await ask<{ data: { startTime: number; endTime: number }[] }>((done) =>
      api.getExchangeTimings('2026-01-12', done),
    );
    expect(Number(timings.data[0]?.startTime)).toBe(istInstant(DAY, '09:15'));
    const status = await ask<{ data: { status: string } }>((done) => api.getMarketStatus('NSE', done));
    expect(status.data.status).toBe('NORMAL_OPEN');
  });

  test('expired instruments', async () => {
    const api = new ExpiredInstrumentApi();
    const expiries = await ask<{ data: (string | Date)[] }>((done) => api.getExpiries(INDEX, done));
    expect(JSON.stringify(expiries.data)).toContain('2026-01-06');
    const contracts = await ask<{ data: { instrumentKey: string }[] }>((done) =>
      api.getExpiredOptionContracts(INDEX, '2026-01-06', done),
    );
    const key = contracts.data[40]?.instrumentKey ?? '';
    expect(key).toMatch(/^NSE_FO\|\d+\|06-01-2026$/);
    const candles = await ask<{ data: { candles: [string, ...number[]][] } }>((done) =>
      api.getExpiredHistoricalCandleData(key, '1minute', '2026-01-06', '2026-01-06', done),
    );
    // A minute without a trade has no candle.
    expect(candles.data.candles.length).toBeGreaterThan(10);
    expect(candles.data.candles.every(([stamp]) => /^2026-01-06T\d\d:\d\d:00\+05:30$/.test(stamp))).toBe(true);
  });

  test('a wrong token and a code of another login are refused in the vendor’s envelope', async () => {
    ApiClient.instance.authentications.OAUTH2.accessToken = 'WRONG';
    try {
      const refused: unknown = await chainOf('2026-01-13').catch((error: unknown) => error);
      expect(refused).toMatchObject({ status: 401 });
      expect((refused as { response: { text: string } }).response.text).toContain('UDAPI100050');
    } finally {
      ApiClient.instance.authentications.OAUTH2.accessToken = 'TEST_TOKEN';
    }
    const login = {
      code: 'x',
      clientId: 'sim-key',
      clientSecret: 'sim-secret',
      redirectUri: 'http://127.0.0.1/',
      grantType: 'authorization_code',
    };
    const spent: unknown = await ask((done) => new LoginApi().token('2.0', login, done)).catch(
      (error: unknown) => error,
    );
    expect((spent as { response: { text: string } }).response.text).toContain('UDAPI100069');
  });

  test('the market feed: redirect, market info, snapshot, live changes', async () => {
    const chain = await chainOf('2026-01-13');
    const option = chain.data[20]?.callOptions.instrumentKey ?? '';
    // The address is the only change; and the SDK loses frames that come before its definition file is read, so it is waited for.
    const original = MarketDataFeederV3.prototype.connectWebSocket;
    MarketDataFeederV3.prototype.connectWebSocket = async function (
      this: MarketDataFeederV3,
      url: string,
      token: string,
    ) {
      while (this.protobufRoot === null) await new Promise((resolve) => setTimeout(resolve, 5));
      return original.call(this, url.replace('wss://api.upstox.com', address.replace('http', 'ws')), token);
    };
    const streamer = new MarketDataStreamerV3([INDEX, option], 'full');
    streamer.autoReconnect(false);
    const messages: Streamed[] = [];
    const until = async (isThere: () => boolean): Promise<void> => {
      for (let i = 0; i < 400 && !isThere(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    try {
      streamer.on('message', (data) => messages.push(JSON.parse(data.toString('utf8')) as Streamed));
      await streamer.connect();
      await until(() => messages.length >= 2);
      clock.set((NOW + 5 * MS_PER_SECOND) as EpochMs);
      await server.turn();
      await until(() => messages.length >= 3);
    } finally {
      streamer.disconnect();
      MarketDataFeederV3.prototype.connectWebSocket = original;
      clock.set(NOW);
    }
    expect(messages[0]).toMatchObject({
      type: 'market_info',
      marketInfo: { segmentStatus: { NSE_FO: 'NORMAL_OPEN' } },
    });
    const snapshot = messages[1];
    // protobufjs leaves out the type of a snapshot, which is the first of its list.
    expect(snapshot?.type ?? 'initial_feed').toBe('initial_feed');
    expect(Object.keys(snapshot?.feeds ?? {}).sort()).toEqual([option, INDEX].sort());
    expect(snapshot?.feeds?.[INDEX]?.fullFeed?.indexFF?.ltpc).toHaveProperty('ltp');
    expect(Number(snapshot?.feeds?.[option]?.fullFeed?.marketFF?.vtt)).toBeGreaterThan(0);
    expect(messages[2]?.type).toBe('live_feed');
  });
});
