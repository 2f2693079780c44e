import { MS_PER_MINUTE, addDays, istInstant, parseIstDate, type EpochMs, type IstDate } from '@sos/domain';
import { tradingDays } from '@sos/rulebook';
import { futureContract, indexContract, optionContract } from '@sos/symbol-master';
import { describeProvider } from '../fixtures/provider-contract.js';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import type { ProvidedCandles } from '../provider.js';
import { Secret } from '../secret.js';
import { ScriptedVendor, type VendorScript, type WireRow } from './fixtures/scripted-vendor.js';
import { createTradingViewProvider } from './tradingview-provider.js';

const day = parseIstDate;
const TODAY = day('2026-01-20');
const NIFTY = indexContract('NIFTY');
const CALL = optionContract({ underlying: 'NIFTY', expiry: day('2026-01-27'), strike: 25450, right: 'CE' });
// Recorded on 2026-01-20 from 13:50, volume of the index included.
const RECORDED: WireRow[] = [
  [25365, 25368.05, 25360.25, 25362.95, 1156039],
  [25365.2, 25370.8, 25362.75, 25366.75, 1204377],
].map((row, i) => [istInstant(TODAY, '13:50') / 1000 + i * 60, ...row]);

/** Every minute of the sessions between two days, close = its number. */
function minutesOf(from: IstDate, to: IstDate): WireRow[] {
  const starts = tradingDays(from, to).flatMap((date) =>
    Array.from({ length: 375 }, (_, i) => istInstant(date, '09:15') / 1000 + i * 60),
  );
  return starts.map((start, i) => [start, i + 1, i + 1, i + 1, i + 1, 100]);
}

function world(script: VendorScript, { at = '15:40', token = null as string | null } = {}) {
  const runtime = new VirtualRuntime(istInstant(TODAY, at));
  const vendor = new ScriptedVendor(script);
  runtime.connect = vendor.connect;
  const provider = createTradingViewProvider({ runtime, token: () => (token === null ? null : new Secret(token)) });
  const bars = async (from: IstDate, to: IstDate, contract: typeof NIFTY | typeof CALL = NIFTY) => {
    const pieces: ProvidedCandles[] = [];
    for await (const piece of provider.candles({ contract, from, to })) pieces.push(piece);
    return pieces;
  };
  return { runtime, vendor, provider, bars: (...args: Parameters<typeof bars>) => runtime.run(bars(...args)) };
}

describeProvider('tradingview', () => {
  const { provider, runtime } = world({ bars: { 'NSE:NIFTY': RECORDED } });
  const refused = world({ bars: {}, token: 'another' }, { token: 'planted-token' });
  return Promise.resolve({
    provider,
    run: (work) => Promise.race([runtime.run(work), refused.runtime.run(work)]),
    candles: { contract: NIFTY, from: TODAY, to: TODAY },
    refused: refused.provider,
    secret: 'planted-token',
  });
});

describe('candles', () => {
  test('bars are dated at their close, an index has the volume of its shares, open interest is unknown', async () => {
    const w = world({ bars: { 'NSE:NIFTY': RECORDED } });
    const [piece] = await w.bars(TODAY, TODAY);
    const { bars } = piece?.candles ?? { bars: null };
    expect([...(bars?.time ?? [])]).toEqual([istInstant(TODAY, '13:51'), istInstant(TODAY, '13:52')]);
    expect([...(bars?.volume ?? [])]).toEqual([1156039, 1204377]);
    expect([...(bars?.openInterest ?? [])]).toEqual([NaN, NaN]);
    expect(w.vendor.last.options).toEqual({ headers: { Origin: 'https://www.tradingview.com' }, text: true });
    expect(w.vendor.last.isEnded).toBe(true);
  });

  test('a session is opened in the order of the vendor’s page', async () => {
    const w = world({ bars: { 'NSE:NIFTY': RECORDED } });
    await w.bars(TODAY, TODAY);
    const [auth, chart, zone, symbol, series] = w.vendor.last.calls;
    expect(auth).toEqual(['set_auth_token', 'unauthorized_user_token']);
    expect(chart?.[0]).toBe('chart_create_session');
    expect(chart?.[1]).toMatch(/^cs_[a-z]{12}$/);
    expect(zone?.slice(2)).toEqual(['exchange']);
    expect(symbol?.slice(2)).toEqual(['symbol_1', '={"symbol":"NSE:NIFTY","adjustment":"splits","session":"regular"}']);
    expect(series?.slice(2)).toEqual(['s1', 's1', 'symbol_1', '1', ['bar_count', w.runtime.now() / 1000, 405]]);
  });

  test('20 sessions are paged back to in 5,000 bars, nothing twice, nothing left out, in pieces by month', async () => {
    const from = day('2025-12-19');
    const all = minutesOf(day('2025-11-03'), TODAY);
    const w = world({ bars: { 'NSE:NIFTY': all } });
    const pieces = await w.bars(from, TODAY);
    const wanted = all.filter(([time]) => (time ?? 0) * 1000 >= istInstant(from, '00:00'));
    expect(wanted.length).toBeGreaterThan(7_500);
    expect(pieces.map(({ candles }) => candles.bars.length)).toHaveLength(2);
    const times = pieces.flatMap(({ candles }) => [...candles.bars.time]);
    expect(times).toEqual(wanted.map(([time]) => (time ?? 0) * 1000 + MS_PER_MINUTE));
    const calls = w.vendor.last.calls.map(([method, , , count]) => `${method} ${String(count)}`);
    expect(calls.filter((text) => text.startsWith('request_more'))).toEqual(['request_more_data 5000']);
  });

  test('a plan that ends before the first day gives what it has, without asking forever', async () => {
    const all = minutesOf(day('2025-12-01'), TODAY);
    const w = world({ bars: { 'NSE:NIFTY': all }, depth: 5_000 });
    const pieces = await w.bars(day('2025-12-01'), TODAY);
    expect(pieces.reduce((sum, { candles }) => sum + candles.bars.length, 0)).toBe(5_000);
    expect(w.vendor.last.calls.filter(([method]) => method === 'request_more_data')).toHaveLength(1);
  });

  test('the running minute and what a delay may still change are left out', async () => {
    const rows = minutesOf(TODAY, TODAY);
    const at = (mode: string) => world({ bars: { 'NSE:NIFTY': rows }, mode }, { at: '10:00' }).bars(TODAY, TODAY);
    const closes = (pieces: ProvidedCandles[]) => pieces.flatMap(({ candles }) => [...candles.bars.time]).at(-1);
    // At 10:00:00 the bar of 09:59 may still lack its last trades.
    expect(closes(await at('streaming'))).toBe(istInstant(TODAY, '09:59'));
    expect(closes(await at('delayed_streaming_900'))).toBe(istInstant(TODAY, '09:44'));
  });

  test('rows that cannot be used are quarantined with their reason', async () => {
    const start = istInstant(TODAY, '10:00') / 1000;
    const rows: WireRow[] = [
      [istInstant(addDays(TODAY, -2), '10:00') / 1000, 1, 1, 1, 1, 1],
      [istInstant(TODAY, '09:07') / 1000, 1, 1, 1, 1, 1],
      [start, 1, 1, 1, 1],
      [start + 60, 1, 0.5, 1, 1, 1],
      [start + 120, 0, 0, 0, 0, 0],
      [start + 180, 1, null, 1, 1, 1],
      [start + 210, 1, 1, 1, 1, 1],
      [istInstant(TODAY, '15:30') / 1000, 1, 1, 1, 1, 1],
    ];
    const [piece] = await world({ bars: { 'NSE:NIFTY': rows } }).bars(addDays(TODAY, -3), TODAY);
    expect([...(piece?.candles.bars.volume ?? [])]).toEqual([NaN]);
    expect(piece?.quarantined.map(({ reason }) => reason)).toEqual([
      'no-session',
      'before-session',
      'ohlc-order',
      'bad-price',
      'bad-number',
      'bad-number',
      'after-close',
    ]);
  });

  test('symbols: an option by the vendor’s grammar, an unknown one, a future of which only the series is known', async () => {
    const w = world({ bars: { 'NSE:NIFTY260127C25450': RECORDED } });
    expect((await w.bars(TODAY, TODAY, CALL))[0]?.candles.contract).toBe(CALL);
    await expect(w.bars(TODAY, TODAY)).rejects.toMatchObject({
      code: 'SOS_UNKNOWN_SYMBOL',
      message: /symbol_error \(symbol_1: invalid symbol\)/,
    });
    const future = { contract: futureContract('NIFTY', day('2026-01-27')), from: TODAY, to: TODAY };
    await expect(w.provider.candles(future)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'SOS_UNKNOWN_SYMBOL',
    });
  });
});

describe('errors and faults', () => {
  const refuse =
    (...call: readonly [string, unknown[]]): VendorScript['onCall'] =>
    (method, params, connection) => {
      if (method !== 'create_series') return false;
      connection.send([call[0], [params[0], ...call[1]]]);
      return true;
    };

  test.each([
    ['series_error', ['s1', 's1', 'custom_resolution'], 'SOS_INPUT', /ask for fewer days/],
    ['symbol_error', ['symbol_1', 'permission denied'], 'SOS_AUTH', /log in at tradingview\.com/],
    ['critical_error', ['invalid_parameters', 'bad method'], 'SOS_NETWORK', /after 6 attempts.*ask again later/],
  ])('%s is an error with what to do next', async (method, params, code, message) => {
    const w = world({ bars: { 'NSE:NIFTY': RECORDED }, onCall: refuse(method, params) });
    await expect(w.bars(TODAY, TODAY)).rejects.toMatchObject({ code, message });
    expect(w.vendor.connections).toHaveLength(code === 'SOS_NETWORK' ? 6 : 1);
  });

  test('a protocol error is not asked again', async () => {
    const w = world({
      bars: {},
      onCall: (_method, _params, connection) => {
        connection.send(['protocol_error', ['unknown method']]);
        return true;
      },
    });
    await expect(w.bars(TODAY, TODAY)).rejects.toMatchObject({ code: 'SOS_DATA_CORRUPT', message: /update SOS/ });
    expect(w.vendor.connections).toHaveLength(1);
  });

  test('another layout is told, with the path of the field', async () => {
    const onCall: VendorScript['onCall'] = (method, params, connection) => {
      if (method !== 'create_series') return false;
      connection.send(['timescale_update', [params[0], { s1: { s: [{ i: 0, v: ['x', 1, 1, 1, 1] }] } }]]);
      return true;
    };
    const work = world({ bars: { 'NSE:NIFTY': RECORDED }, onCall }).bars(TODAY, TODAY);
    await expect(work).rejects.toMatchObject({
      code: 'SOS_DATA_CORRUPT',
      message: /bars of NIFTY in TradingView's layout/,
    });
  });

  test('lost, mute and cut-off connections are asked again; the bars are the same', async () => {
    let asked = 0;
    const onCall: VendorScript['onCall'] = (method, _params, connection) => {
      if (method !== 'create_series') return false;
      asked++;
      if (asked === 1) connection.close('closed with code 1006');
      if (asked === 2) return true; // mute
      if (asked === 3) connection.raw('~m~20~m~{"m":"timescale_up~m~4~m~~h~1');
      return asked <= 3;
    };
    const w = world({ bars: { 'NSE:NIFTY': RECORDED }, onCall });
    const [piece] = await w.bars(TODAY, TODAY);
    expect(piece?.candles.bars.length).toBe(2);
    expect(w.vendor.connections).toHaveLength(4);
    expect(w.vendor.connections.every(({ isEnded }) => isEnded)).toBe(true);
  });

  test('a handshake refused with 403 needs a login; heartbeats are given back while waiting', async () => {
    const w = world({ bars: {} });
    const refused = w.bars(TODAY, TODAY);
    w.vendor.connections[0]?.close('handshake answered with HTTP 403', 403);
    await new Promise((resolve) => setImmediate(resolve));
    w.vendor.connections[0]?.close('handshake answered with HTTP 403', 403);
    await expect(refused).rejects.toMatchObject({ code: 'SOS_AUTH', message: /HTTP 403.*log in/ });
    const onCall: VendorScript['onCall'] = (method, _params, connection) => {
      if (method === 'create_series') connection.raw('~m~4~m~~h~1~m~4~m~~h~2');
      return false;
    };
    const beating = world({ bars: { 'NSE:NIFTY': RECORDED }, onCall });
    await beating.bars(TODAY, TODAY);
    expect(beating.vendor.last.heartbeats).toEqual(['~h~1', '~h~2']);
  });
});

describe('quotes and session', () => {
  test('last prices; the close of the day before is told or follows from the change; unknown symbols are absent', async () => {
    const quotes = {
      'NSE:NIFTY': { lp: 25126.1, volume: 220528132, ch: -106.4, chp: -0.42 },
      'NSE:BANKNIFTY': { lp: 58695.95, volume: 199495734, prev_close_price: 59404.2, ch: -708.25 },
    };
    const w = world({ bars: {}, quotes });
    const found = await w.runtime.run(w.provider.quotes([NIFTY, indexContract('BANKNIFTY'), CALL]));
    expect([...found.values()]).toEqual([
      {
        contract: NIFTY,
        lastPrice: 25126.1,
        previousClose: 25232.5,
        volumeToday: 220528132,
        receivedAt: w.runtime.now(),
      },
      {
        contract: indexContract('BANKNIFTY'),
        lastPrice: 58695.95,
        previousClose: 59404.2,
        volumeToday: 199495734,
        receivedAt: w.runtime.now(),
      },
    ]);
  });

  test('without a token no login is needed; a token tells its own end', () => {
    const jwt = (exp: number) => `e30.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.x`;
    const now = istInstant(TODAY, '15:40') / 1000;
    expect(world({ bars: {} }).provider.session().state).toBe('not-needed');
    expect(world({ bars: {} }, { token: jwt(now + 1) }).provider.session()).toEqual({
      state: 'valid',
      expiresAt: ((now + 1) * 1000) as EpochMs,
      nextStep: null,
    });
    expect(world({ bars: {} }, { token: jwt(now) }).provider.session()).toMatchObject({
      state: 'expired',
      nextStep: /log in/,
    });
  });
});
