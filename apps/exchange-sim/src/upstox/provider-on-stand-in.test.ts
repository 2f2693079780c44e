import { setTimeout as delay } from 'node:timers/promises';
import {
  MS_PER_MINUTE,
  MS_PER_SECOND,
  istInstant,
  parseIstDate,
  type BarColumns,
  type Contract,
  type EpochMs,
} from '@sos/domain';
import {
  Secret,
  createSimulatedMarket,
  createUpstoxProvider,
  exchangeUpstoxCode,
  loginCodeOf,
  nodeRuntime,
  upstoxLoginUrl,
  type FeedState,
  type ProviderRuntime,
} from '@sos/market-data';
import { futureContract, indexContract, optionContract } from '@sos/symbol-master';
import { createExchangeServer } from '../exchange-server.js';
import type { FaultScriptInput } from '../fault-script.js';
import { StandingClock } from '../sim-clock.js';
import { createFigureHash } from '../fixtures/figure-hash.js';

// Time runs fifty times as fast for waits, so that backoffs and rate limits are the real ones.
const PACE = 50;
const DAY = parseIstDate('2026-01-12');
const NOW = istInstant(DAY, '10:00');

async function world(faults: FaultScriptInput = {}, start: EpochMs = NOW) {
  const clock = new StandingClock(start);
  const elapsed = (): number => performance.now() * PACE;
  const market = createSimulatedMarket({ seed: 'stand-in' });
  const server = createExchangeServer({ market, clock, faults, tokens: ['T'], elapsed });
  const address = await server.listen();
  const runtime: ProviderRuntime = {
    ...nodeRuntime,
    now: () => clock.now(),
    monotonic: elapsed,
    sleep: (ms, signal) => nodeRuntime.sleep(ms / PACE, signal),
  };
  const hosts = { api: address, assets: address };
  const provider = createUpstoxProvider({ runtime, hosts, token: () => new Secret('T') });
  return { clock, server, provider, runtime, hosts };
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

const expiry = {
  over: parseIstDate('2026-01-06'),
  weekly: parseIstDate('2026-01-13'),
  monthly: parseIstDate('2026-01-27'),
};

/** Index, future, listed and expired options of two symbols over five trading days and this morning. */
async function contractsOf({ provider }: World): Promise<Contract[]> {
  const found: Contract[] = [];
  for (const underlying of ['NIFTY', 'BANKNIFTY'] as const) {
    const listed = underlying === 'NIFTY' ? expiry.weekly : expiry.monthly;
    const { strikes } = await provider.chain({ underlying, expiry: listed });
    const strike = strikes[strikes.length >> 1] as number;
    found.push(indexContract(underlying), futureContract(underlying, expiry.monthly));
    for (const right of ['CE', 'PE'] as const)
      found.push(optionContract({ underlying, expiry: listed, strike, right }));
  }
  return found;
}

async function fetchFiveDays(w: World): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const contract of await contractsOf(w)) {
    const hash = createFigureHash();
    let rows = 0;
    for await (const { candles, quarantined } of w.provider.candles({
      contract,
      from: parseIstDate('2026-01-05'),
      to: DAY,
    })) {
      rows += candles.bars.length;
      for (const column of columnsOf(candles.bars)) hash.add(column);
      expect(quarantined).toEqual([]);
    }
    hashes[contract.id] = `${rows} ${hash.digest()}`;
  }
  return hashes;
}

const columnsOf = (b: BarColumns): Float64Array[] => [b.time, b.open, b.high, b.low, b.close, b.volume, b.openInterest];

test('five days of two symbols through drops, cut-off bodies, 429 storms and 5xx equal the quiet ones row for row, no rate limit broken', async () => {
  const quiet = await withWorld(world(), fetchFiveDays);
  expect(Object.keys(quiet)).toHaveLength(8);
  // Five days of 375 minutes and 45 of this morning; a minute without a trade in an option has no candle.
  expect(quiet['NIFTY']).toMatch(/^1920 /);
  expect(quiet['BANKNIFTY']).toMatch(/^1920 /);
  for (const text of Object.values(quiet)) expect(Number(text.split(' ')[0])).toBeGreaterThan(1000);
  const faults: FaultScriptInput = {
    seed: 7,
    rest: [
      { fault: 'status', status: 429, retryAfterSeconds: 2, probability: 0.15, times: 12 },
      { fault: 'status', status: 503, probability: 0.1, times: 12 },
      { fault: 'drop', probability: 0.1, times: 12 },
      { fault: 'truncate', probability: 0.15, times: 12, path: 'candle' },
    ],
  };
  await withWorld(world(faults), async (w) => {
    expect(await fetchFiveDays(w)).toEqual(quiet);
    const { faultsStruck, rateLimitBreaches } = w.server.report();
    expect(faultsStruck).toBeGreaterThan(4);
    expect(rateLimitBreaches).toBe(0);
  });
}, 60_000);

test('expired contracts, calendar, instruments and quotes of the stand-in', async () => {
  await withWorld(world(), async ({ provider, clock }) => {
    const range = { underlying: 'NIFTY' as const, from: parseIstDate('2025-12-29'), to: parseIstDate('2026-01-31') };
    const expiries = await provider.expiries(range);
    expect(expiries).toEqual(expect.arrayContaining(['2025-12-30', '2026-01-06', '2026-01-13']));
    const { strikes } = await provider.chain({ underlying: 'NIFTY', expiry: expiry.weekly });
    const strike = strikes[strikes.length >> 1] as number;
    const gone = optionContract({ underlying: 'NIFTY', expiry: expiry.over, strike, right: 'PE' });
    let rows = 0;
    for await (const { candles } of provider.candles({ contract: gone, from: parseIstDate('2026-01-05'), to: DAY }))
      rows += candles.bars.length;
    // Two whole days but for minutes without a trade.
    expect(rows).toBeGreaterThan(700);
    expect(rows).toBeLessThanOrEqual(750);
    const call = optionContract({ underlying: 'NIFTY', expiry: expiry.weekly, strike, right: 'CE' });
    const instruments = await provider.instruments();
    expect(instruments.instrumentOf(call.id)).toMatchObject({ lot: 65, tickPaise: 5, freeze: 1755 });
    const quotes = await provider.quotes([call, indexContract('NIFTY')]);
    expect(quotes.get(call.id)?.lastPrice).toBeGreaterThan(0);
    expect((await provider.holidays()).map((h) => h.date)).toContain('2026-01-26');
    expect(clock.now()).toBe(NOW);
  });
}, 30_000);

test('login by code: allowed, spent once, token until 03:30', async () => {
  await withWorld(world(), async ({ runtime, hosts }) => {
    const app = { apiKey: 'sim-key', apiSecret: new Secret('sim-secret'), redirectUri: 'http://127.0.0.1:9/cb' };
    const page = await fetch(upstoxLoginUrl(app, 'st', hosts), { redirect: 'manual' });
    const code = loginCodeOf(page.headers.get('location') ?? '', 'st');
    const token = await exchangeUpstoxCode(app, code, { runtime, hosts });
    const provider = createUpstoxProvider({ runtime, hosts, token: () => token });
    expect(provider.session()).toEqual({
      state: 'valid',
      expiresAt: istInstant(parseIstDate('2026-01-13'), '03:30'),
      nextStep: null,
    });
    await expect(provider.chain({ underlying: 'NIFTY', expiry: expiry.weekly })).resolves.toMatchObject({ length: 1 });
    await expect(exchangeUpstoxCode(app, code, { runtime, hosts })).rejects.toMatchObject({ code: 'SOS_AUTH' });
  });
});

test('a token that dies is SOS_AUTH at once, not a storm of retries', async () => {
  await withWorld(world({ tokenDeathAt: '09:59' }), async ({ provider, server }) => {
    await expect(provider.chain({ underlying: 'NIFTY', expiry: expiry.weekly })).rejects.toMatchObject({
      code: 'SOS_AUTH',
      message: /UDAPI100050.*sos auth upstox/,
    });
    expect(server.report().rateLimitBreaches).toBe(0);
  });
});

/** Plays market seconds into a feed, a turn each, giving sockets time to carry them. */
async function play(w: World, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    w.clock.set((w.clock.now() + MS_PER_SECOND) as EpochMs);
    await w.server.turn();
    await delay(4);
  }
}

interface Minute {
  readonly time: number;
  readonly close: number;
}

/** Subscribes the index and remembers states, frames and each minute's last finished bar as the feed told it. */
async function listen(w: World) {
  const states: FeedState['state'][] = [];
  const minutes = new Map<number, Minute>();
  const seen = { snapshots: 0, live: 0, corrupt: 0 };
  const index = indexContract('NIFTY');
  const feed = w.provider.feed({
    onState: ({ state }) => states.push(state),
    onCorrupt: () => void seen.corrupt++,
    onTicks: ({ kind, length, ticks, contractOf }) => {
      seen[kind === 'live' ? 'live' : 'snapshots']++;
      for (let row = 0; row < length; row++) {
        expect(contractOf(ticks.slot[row] as number)).toBe(index);
        const time = ticks.minuteTime[row] as number;
        if (time > 0) minutes.set(time, { time, close: ticks.minuteClose[row] as number });
      }
    },
  });
  await feed.subscribe([index], 'full');
  feed.start();
  for (let i = 0; i < 200 && seen.snapshots === 0; i++) await delay(10);
  return { feed, states, seen, minutes, index };
}

test('the feed through lost sockets, closes with code 1000, cut-off, late and doubled frames still tells every finished minute', async () => {
  const faults: FaultScriptInput = {
    seed: 3,
    feed: [
      { fault: 'drop', probability: 0.02, times: 2, from: '10:01' },
      { fault: 'close', probability: 0.03, times: 1, from: '10:01' },
      { fault: 'truncate', probability: 0.05, times: 4, from: '10:01' },
      { fault: 'duplicate', probability: 0.05, times: 5, from: '10:01' },
      { fault: 'late', probability: 0.05, times: 5, from: '10:01' },
    ],
  };
  await withWorld(world(faults), async (w) => {
    const { feed, states, seen, minutes, index } = await listen(w);
    await play(w, 300);
    feed.stop();
    expect(seen.corrupt).toBeGreaterThan(0);
    expect(seen.snapshots).toBeGreaterThan(1);
    expect(states.filter((state) => state === 'live').length).toBeGreaterThan(1);
    expect(states.at(-1)).toBe('stopped');
    const bars: BarColumns[] = [];
    for await (const { candles } of w.provider.candles({ contract: index, from: DAY, to: DAY }))
      bars.push(candles.bars);
    const [today] = bars;
    for (let i = 0; i < (today?.length ?? 0); i++) {
      const start = (today?.time[i] as number) - MS_PER_MINUTE;
      if (start < NOW || start >= NOW + 4 * MS_PER_MINUTE) continue;
      expect(minutes.get(start)?.close).toBe(today?.close[i]);
    }
    expect(minutes.size).toBeGreaterThanOrEqual(5);
  });
}, 60_000);

test('a silent socket is told as a stall and left for a new one; with the new one data flow again', async () => {
  const faults: FaultScriptInput = { feed: [{ fault: 'silent', from: '10:01', to: '10:02' }] };
  await withWorld(world(faults), async (w) => {
    const { feed, states } = await listen(w);
    // One market second lasts 20 ms here, as the waits of the feed do.
    const second = async (): Promise<void> => {
      w.clock.set((w.clock.now() + MS_PER_SECOND) as EpochMs);
      await w.server.turn();
      await delay(1000 / PACE);
    };
    for (let i = 0; i < 150; i++) await second();
    feed.stop();
    const order = ['live', 'stalled', 'waiting', 'connecting', 'live'] as const;
    let at = -1;
    for (const state of order) {
      at = states.indexOf(state, at + 1);
      expect(at).toBeGreaterThanOrEqual(0);
    }
    expect(states.at(-1)).toBe('stopped');
  });
}, 60_000);
