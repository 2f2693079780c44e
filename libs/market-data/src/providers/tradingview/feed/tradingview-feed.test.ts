import { MS_PER_MINUTE, MS_PER_SECOND, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { futureContract, indexContract, optionContract } from '@sos/symbol-master';
import { VirtualRuntime } from '../../fixtures/virtual-runtime.js';
import { Secret } from '../../secret.js';
import { frameOf } from '../framing.js';
import { ScriptedVendor, type WireRow } from '../fixtures/scripted-vendor.js';
import { createTradingViewProvider } from '../tradingview-provider.js';

const DAY = parseIstDate('2026-01-21');
const OPEN = istInstant(DAY, '10:00');
const NIFTY = indexContract('NIFTY');
const CALL = optionContract({ underlying: 'NIFTY', expiry: parseIstDate('2026-01-27'), strike: 25450, right: 'CE' });
const SYMBOLS = ['NSE:NIFTY', 'NSE:NIFTY260127C25450'] as const;

interface Bar {
  readonly minute: string;
  readonly close: number;
  readonly volume: number;
}

/** Bars whose close is the minute after 10:00, whose volume is 100 a second. */
const barAt = (minute: number, seconds = 60): WireRow => [
  OPEN / 1000 + minute * 60,
  minute + 1,
  minute + 1 + seconds / 100,
  minute + 1,
  minute + 1 + seconds / 100,
  seconds * 100,
];

/** A feed on a scripted vendor whose market prints once a second. */
async function world({
  mode = 'streaming',
  token = null as string | null,
  accepts = undefined as string | undefined,
  loses = 0,
} = {}) {
  const runtime = new VirtualRuntime(OPEN);
  let draws = 0;
  // Sessions need names of their own.
  runtime.random = () => (draws++ * 0.618) % 1;
  const bars: Record<string, WireRow[]> = Object.fromEntries(SYMBOLS.map((symbol) => [symbol, [barAt(-2), barAt(-1)]]));
  const quotes = {
    'NSE:NIFTY': { lp: 25126.1, volume: 5, update_mode: mode },
    'NSE:NIFTY260127C25450': {
      lp: 53.4,
      bid: 53.35,
      bid_size: 65,
      ask: 53.4,
      ask_size: 130,
      volume: 49800465,
      ch: -30.3,
    },
  };
  let lost = 0;
  const vendor = new ScriptedVendor({
    onCall: (method) => method === 'create_series' && lost++ < loses,
    bars,
    quotes,
    mode,
    ...(accepts === undefined ? {} : { token: accepts }),
  });
  runtime.connect = vendor.connect;
  const told: Record<string, Bar[]> = { [NIFTY.id]: [], [CALL.id]: [] };
  const rows: string[] = [];
  const states: string[] = [];
  const corrupt: string[] = [];
  const provider = createTradingViewProvider({ runtime, token: () => (token === null ? null : new Secret(token)) });
  const feed = provider.feed({
    onState: ({ state }) => states.push(state),
    onCorrupt: (reason) => corrupt.push(reason),
    onTicks: ({ kind, length, ticks, contractOf }) => {
      for (let row = 0; row < length; row++) {
        const id = contractOf(ticks.slot[row] as number)?.id ?? '';
        const start = ticks.minuteTime[row] as number;
        if (Number.isNaN(start))
          rows.push(`${kind} ${id} ${ticks.lastPrice[row]} ${ticks.bid[row]} ${ticks.volumeToday[row]}`);
        else
          told[id]?.push({
            minute: String((start - OPEN) / MS_PER_MINUTE),
            close: ticks.minuteClose[row] as number,
            volume: ticks.minuteVolume[row] as number,
          });
      }
    },
  });
  const session = (prefix: string, symbol: string): string => {
    const call = vendor.last.calls.findLast(
      ([method, id, , text]) =>
        (prefix === 'qs' && method === 'quote_create_session') ||
        (method === 'resolve_symbol' && String(id).startsWith(prefix) && String(text).includes(`"${symbol}"`)),
    );
    return String(call?.[1] ?? '');
  };
  let at = 0;
  /** One second of the market: quotes of all, running bars of all; both bars when a minute begins. */
  const second = async (isHeard = true): Promise<void> => {
    at++;
    await runtime.advance(MS_PER_SECOND);
    const [minute, seconds] = [Math.floor(at / 60), at % 60];
    for (const symbol of SYMBOLS) {
      const series = bars[symbol] as WireRow[];
      const ended = seconds === 0 ? [barAt(minute - 1)] : [];
      const now = [...ended, barAt(minute, seconds)];
      for (const row of now) {
        const place = series.findIndex(([time]) => time === row[0]);
        if (place < 0) series.push(row);
        else series[place] = row;
      }
      if (!isHeard || vendor.last.isEnded) continue;
      vendor.last.send(
        ['qsd', [session('qs', ''), { n: 'NSE:NIFTY', s: 'ok', v: { lp: 25000 + at, lp_time: OPEN / 1000 + at } }]],
        ['du', [session('cs', symbol), { s1: { s: now.map((v, i) => ({ i, v })) } }]],
      );
    }
    await runtime.advance(0);
  };
  const seconds = async (count: number, isHeard = true): Promise<void> => {
    for (let i = 0; i < count; i++) await second(isHeard);
  };
  return { runtime, vendor, feed, told, rows, states, corrupt, second, seconds, session };
}

const minutes = (bars: readonly Bar[] | undefined): string[] =>
  (bars ?? []).map(({ minute, close, volume }) => `${minute} ${close} ${volume}`);
const whole = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => {
    const [, , , , close, volume] = barAt(from + i);
    return `${from + i} ${close} ${volume}`;
  });

test('quotes: a snapshot of each, then changes; what a message does not say is unknown; the pulse is not told unless wanted', async () => {
  const w = await world();
  await w.feed.subscribe([CALL], 'quotes');
  w.feed.start();
  await w.runtime.advance(0);
  await w.second();
  w.vendor.last.send([
    'qsd',
    [w.session('qs', ''), { n: SYMBOLS[1], s: 'ok', v: { volume: 49819900, lp: 52.6, chp: -37.16 } }],
  ]);
  expect(w.rows).toEqual([
    'snapshot NIFTY27JAN2625450CE 53.4 53.35 49800465',
    'live NIFTY27JAN2625450CE 52.6 NaN 49819900',
  ]);
  expect(w.states).toEqual(['connecting', 'connected', 'live']);
  expect(w.vendor.last.calls.find(([method]) => method === 'quote_add_symbols')?.slice(2)).toEqual([
    'NSE:NIFTY',
    SYMBOLS[1],
    { flags: ['force_permission'] },
  ]);
});

test('finished minutes only, once each, with their last trades; the newest finished one on subscribing', async () => {
  const w = await world();
  await w.feed.subscribe([NIFTY, CALL], 'full');
  w.feed.start();
  await w.seconds(121);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, 0));
  await w.seconds(1);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, 1));
  expect(w.told[CALL.id]).toEqual(w.told['NIFTY']);
});

test('a lost connection loses no minute and doubles none', async () => {
  const w = await world();
  await w.feed.subscribe([NIFTY, CALL], 'full');
  w.feed.start();
  await w.seconds(90);
  w.vendor.last.close('closed with code 1006');
  await w.seconds(200, false);
  await w.seconds(100);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, 5));
  expect(w.told[CALL.id]).toEqual(w.told['NIFTY']);
  expect(w.states.filter((state) => state === 'waiting').length).toBeGreaterThan(0);
});

test('a silent connection is found, left for a new one, and its minutes are told whole', async () => {
  const w = await world();
  await w.feed.subscribe([NIFTY], 'full');
  w.feed.start();
  await w.seconds(50);
  // Mute while pings are answered.
  await w.seconds(16, false);
  await w.seconds(120);
  expect(w.states).toEqual(expect.arrayContaining(['stalled', 'waiting']));
  expect(w.vendor.connections).toHaveLength(2);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, 2));
});

test('after a short silence the minutes are asked for again on the same connection: what was lost in it is not lost', async () => {
  const w = await world();
  await w.feed.subscribe([NIFTY], 'full');
  w.feed.start();
  await w.seconds(55);
  await w.seconds(7, false);
  await w.seconds(60);
  expect(w.vendor.connections).toHaveLength(1);
  expect(w.vendor.last.calls.filter(([method]) => method === 'create_series')).toHaveLength(2);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, 1));
});

test('an answer that is lost while other data flow is asked for again', async () => {
  const w = await world({ loses: 1 });
  await w.feed.subscribe([NIFTY], 'full');
  w.feed.start();
  await w.seconds(130);
  expect(w.vendor.connections).toHaveLength(1);
  expect(w.vendor.last.calls.filter(([method]) => method === 'create_series')).toHaveLength(2);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-1, 1));
});

test('doubled and late updates change nothing', async () => {
  const w = await world();
  await w.feed.subscribe([NIFTY], 'full');
  w.feed.start();
  await w.seconds(70);
  const late = {
    s1: {
      s: [
        { i: 0, v: barAt(0, 30) },
        { i: 1, v: barAt(1, 2) },
      ],
    },
  };
  for (let i = 0; i < 3; i++) w.vendor.last.send(['du', [w.session('cs', SYMBOLS[0]), late]]);
  await w.seconds(60);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, 1));
});

test('the last minute of a session is told although nothing follows it', async () => {
  const w = await world();
  await w.feed.subscribe([NIFTY], 'full');
  w.feed.start();
  await w.seconds(60);
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, -1));
  await w.runtime.advance(31_000);
  w.vendor.last.raw(frameOf('~h~9'));
  await w.runtime.advance(0);
  w.vendor.last.raw(frameOf('~h~10'));
  expect(minutes(w.told['NIFTY'])).toEqual(whole(-2, 0));
});

test('every heartbeat is given back; a cut-off message is told and costs itself only', async () => {
  const w = await world();
  await w.feed.subscribe([NIFTY], 'quotes');
  w.feed.start();
  await w.second();
  w.vendor.last.raw(`${frameOf('~h~3')}~m~70~m~{"m":"qsd","p":["qs`);
  w.vendor.last.raw(frameOf('~h~4') + frameOf('~h~5').repeat(9));
  expect(w.vendor.last.heartbeats.slice(0, 3)).toEqual(['~h~3', '~h~4', '~h~5']);
  expect(w.corrupt).toHaveLength(1);
});

test('delayed data are not called a stall before they can come', async () => {
  const w = await world({ mode: 'delayed_streaming_900' });
  // 09:20: the market is open, data of 09:15 come at 09:30.
  const runtime = new VirtualRuntime(istInstant(DAY, '09:20'));
  runtime.connect = w.vendor.connect;
  const states: string[] = [];
  const feed = createTradingViewProvider({ runtime }).feed({
    onTicks: () => undefined,
    onState: ({ state }) => states.push(state),
  });
  await feed.subscribe([NIFTY], 'quotes');
  feed.start();
  await runtime.advance(60_000);
  expect(states).toEqual(['connecting', 'connected', 'live']);
  feed.stop();
});

test('a refused token ends with the need of a login, and is not told', async () => {
  const w = await world({ token: 'planted-token', accepts: 'another' });
  w.feed.start();
  await w.runtime.advance(60_000);
  expect(w.states.at(-1)).toBe('login-needed');
  expect(w.vendor.connections).toHaveLength(1);
  expect(JSON.stringify([w.states, w.corrupt])).not.toContain('planted-token');
});

test('subscriptions change while connected; futures and too many charts are refused', async () => {
  const w = await world();
  w.feed.start();
  await w.second();
  await w.feed.subscribe([CALL], 'quotes');
  await w.feed.subscribe([CALL], 'full');
  await w.feed.subscribe([CALL], 'full');
  await w.feed.unsubscribe([CALL, NIFTY]);
  const calls = w.vendor.last.calls.map(([method]) => method).slice(4);
  expect(calls).toEqual([
    'quote_add_symbols',
    'chart_create_session',
    'resolve_symbol',
    'create_series',
    'chart_delete_session',
    'quote_remove_symbols',
  ]);
  await expect(w.feed.subscribe([futureContract('NIFTY', parseIstDate('2026-01-27'))], 'quotes')).rejects.toMatchObject(
    {
      code: 'SOS_UNKNOWN_SYMBOL',
    },
  );
  const many = Array.from({ length: 41 }, (_, i) =>
    optionContract({ underlying: 'NIFTY', expiry: parseIstDate('2026-01-27'), strike: 25_000 + i * 50, right: 'CE' }),
  );
  await expect(w.feed.subscribe(many, 'full')).rejects.toMatchObject({
    code: 'SOS_INPUT',
    message: /expected at most 200 instruments, 40 of them in mode full, in a feed of TradingView, found 41 and 41/,
  });
  expect(w.runtime.now()).toBe((OPEN + MS_PER_SECOND) as EpochMs);
});
