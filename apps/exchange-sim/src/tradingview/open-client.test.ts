import path from 'node:path';
import { MS_PER_SECOND, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { createSimulatedMarket } from '@sos/market-data';
import type * as TradingView from '@mathieuc/tradingview';
import { StandingClock } from '../sim-clock.js';
import { createTradingViewServer, type TradingViewServer } from './tradingview-server.js';

// A client of TradingView that others wrote, @mathieuc/tradingview 3.5.2, unchanged except for the address that its socket connects to.

const VENDOR = 'wss://data.tradingview.com/socket.io/websocket';
const DAY = parseIstDate('2026-01-12');
const NOW = istInstant(DAY, '10:00:30');

interface SocketClass {
  new (url: string, options: object): object;
}

/** Loads the client with its own `ws`, whose connections go to the stand-in. */
function loadClient(address: () => string): typeof TradingView {
  const home = path.dirname(require.resolve('@mathieuc/tradingview'));
  const socketModule = require.resolve('ws', { paths: [home] });
  const Socket = jest.requireActual<SocketClass>(socketModule);
  class RedirectedSocket extends Socket {
    constructor(url: string, options: object) {
      super(url.replace(VENDOR, address()), options);
    }
  }
  jest.doMock(socketModule, () => RedirectedSocket);
  return jest.requireActual<typeof TradingView>('@mathieuc/tradingview');
}

async function until(isThere: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isThere(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(isThere()).toBe(true);
}

describe('@mathieuc/tradingview against the stand-in', () => {
  const clock = new StandingClock(NOW);
  const market = createSimulatedMarket({ seed: 'tradingview' });
  let server: TradingViewServer;
  let address = '';
  let client: TradingView.Client;
  const errors: unknown[][] = [];
  const { Client } = loadClient(() => address);

  beforeEach(async () => {
    clock.set(NOW);
    errors.length = 0;
    server = createTradingViewServer({ market, clock });
    address = await server.listen();
    client = new Client();
    client.onError((...words) => errors.push(words));
  });
  afterEach(async () => {
    await client.end();
    await server.close();
  });

  const chart = (): TradingView.ChartSession => {
    const session = new client.Session.Chart();
    session.onError((...words) => errors.push(words));
    return session;
  };

  test('candles of the index equal those of the market, newest last; older ones by paging', async () => {
    const session = chart();
    session.setMarket('NSE:NIFTY', { timeframe: '1', range: 400 });
    await until(() => session.periods.length === 400);
    const tape = await market.day('NIFTY', parseIstDate('2026-01-09'));
    const last = session.periods.find(({ time }) => time === istInstant(parseIstDate('2026-01-09'), '15:29') / 1000);
    expect(last).toMatchObject({
      close: tape?.index.close.at(-1),
      open: tape?.index.open.at(-1),
      max: tape?.index.high.at(-1),
    });
    expect(session.periods[0]?.time).toBe(istInstant(DAY, '10:00') / 1000);
    session.fetchMore(100);
    await until(() => session.periods.length === 500);
    expect(new Set(session.periods.map(({ time }) => time)).size).toBe(500);
    expect(errors).toEqual([]);
  });

  test('symbol data', async () => {
    const session = chart();
    session.setMarket('NSE:BANKNIFTY', { timeframe: '5', range: 10 });
    await until(() => session.periods.length === 10);
    expect(session.infos).toMatchObject({
      series_id: 'ser_1',
      pro_name: 'NSE:BANKNIFTY',
      timezone: 'Asia/Kolkata',
      session: '0915-1530',
      pricescale: 100,
      minmov: 5,
    });
    expect(session.periods.map(({ time }) => time % 300)).toEqual(new Array(10).fill(0));
  });

  test('another interval, and days up to a moment in the past', async () => {
    const session = chart();
    session.setMarket('NSE:NIFTY', {
      timeframe: '1D',
      range: 5,
      to: istInstant(parseIstDate('2026-01-09'), '16:00') / 1000,
    });
    await until(() => session.periods.length === 5);
    const day = await market.day('NIFTY', parseIstDate('2026-01-09'));
    expect(session.periods[0]).toMatchObject({
      time: istInstant(parseIstDate('2026-01-09'), '09:15') / 1000,
      open: day?.index.open[0],
      close: day?.index.close.at(-1),
    });
  });

  test('running bars grow and new ones begin as time goes on; heartbeats are answered', async () => {
    const beats: number[] = [];
    client.onPing((beat) => beats.push(beat));
    const session = chart();
    session.setMarket('NSE:NIFTY', { timeframe: '1', range: 3 });
    await until(() => session.periods.length === 3);
    const before = session.periods[0];
    for (let at = 10; at <= 120; at += 10) {
      clock.set((NOW + at * MS_PER_SECOND) as EpochMs);
      await server.turn();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await until(() => session.periods.length === 5);
    const tape = await market.day('NIFTY', DAY);
    const minutes = session.periods.slice(1, 3).map(({ time, close }) => [time, close]);
    // Bars of the market are dated at their close, those of the vendor at their start.
    expect(minutes).toEqual(
      [46, 45].map((row) => [(tape?.index.time[row] as number) / 1000 - 60, tape?.index.close[row]]),
    );
    expect(session.periods[2]?.time).toBe(before?.time);
    expect(beats.length).toBeGreaterThan(5);
    expect(server.report()).toMatchObject({ connections: 1, unanswered: 0 });
  });

  test('quotes: all fields at first, then what changed, of an index and an option', async () => {
    const tape = await market.day('NIFTY', DAY);
    const chain = tape?.chains[0];
    const strike = chain?.strikes[(chain?.strikes.length ?? 0) >> 1];
    const symbol = `NSE:NIFTY260113C${strike}`;
    const quotes = new client.Session.Quote({ fields: 'all' });
    const told: Record<string, Readonly<Record<string, unknown>>[]> = { 'NSE:NIFTY': [], [symbol]: [] };
    let loaded = 0;
    for (const name of Object.keys(told)) {
      const quote = new quotes.Market(name);
      quote.onLoaded(() => loaded++);
      quote.onData((data) => told[name]?.push(data));
      quote.onError((...words) => errors.push(words));
    }
    await until(() => loaded === 2);
    expect(told['NSE:NIFTY']?.[0]).toMatchObject({
      short_name: 'NIFTY',
      type: 'index',
      update_mode: 'streaming',
      current_session: 'market',
    });
    expect(told[symbol]?.[0]).toMatchObject({ type: 'option', exchange: 'NSE', lp: expect.any(Number) as number });
    clock.set((NOW + 20 * MS_PER_SECOND) as EpochMs);
    await server.turn();
    await until(() => (told['NSE:NIFTY']?.length ?? 0) === 2);
    expect(told['NSE:NIFTY']?.[1]?.['lp']).not.toBe(told['NSE:NIFTY']?.[0]?.['lp']);
    expect(errors).toEqual([]);
  });

  test('unknown symbols and intervals are refused in the vendor’s words', async () => {
    const session = chart();
    session.setMarket('NSE:NOTHING', { timeframe: '1', range: 3 });
    await until(() => errors.length === 2);
    expect(errors).toEqual([
      ['(ser_1) Symbol error:', 'invalid symbol'],
      ['Series error:', 'resolve error'],
    ]);
    const quotes = new client.Session.Quote({ fields: 'price' });
    new quotes.Market('NSE:NOTHING').onError((...words) => errors.push(words));
    await until(() => errors.length === 3);
    expect(errors[2]?.[0]).toBe('Market error');
  });
});
