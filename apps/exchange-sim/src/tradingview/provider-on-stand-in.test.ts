import { setTimeout as delay } from 'node:timers/promises';
import type { MarketSource } from '@sos/backtester';
import { WebSocket } from 'ws';
import { MS_PER_MINUTE, MS_PER_SECOND, istInstant, parseIstDate, type DayTape, type EpochMs } from '@sos/domain';
import {
  Secret,
  createSimulatedMarket,
  createTradingViewProvider,
  nodeRuntime,
  type FeedState,
  type ProvidedCandles,
  type ProviderRuntime,
} from '@sos/market-data';
import { tradingDays } from '@sos/rulebook';
import { indexContract, optionContract } from '@sos/symbol-master';
import type { FaultScriptInput } from '../fault-script.js';
import { StandingClock } from '../sim-clock.js';
import { frameOf } from './framing.js';
import { createTradingViewServer } from './tradingview-server.js';

// Waits are twenty times as short.
const PACE = 20;
const DAY = parseIstDate('2026-01-12');
const NOW = istInstant(DAY, '10:00');
const NIFTY = indexContract('NIFTY');
const simulated = createSimulatedMarket({ seed: 'tradingview' });
const days = new Map<string, Promise<DayTape | null>>();
// Days are made once: making them takes longer than the shortened waits.
const market: MarketSource = {
  sessions: (...args) => simulated.sessions(...args),
  warmUp: (...args) => simulated.warmUp(...args),
  day: (underlying, date) => {
    const name = `${underlying} ${date}`;
    const known = days.get(name) ?? simulated.day(underlying, date);
    days.set(name, known);
    return known;
  },
};
beforeAll(async () => {
  for (const date of tradingDays(parseIstDate('2025-12-19'), DAY)) await market.day('NIFTY', date);
}, 60_000);

async function world(faults: FaultScriptInput = {}, depth = { nobody: 5_000, loggedIn: 20_000 }) {
  const clock = new StandingClock(NOW);
  const server = createTradingViewServer({ market, clock, faults, depth, tokens: ['T'] });
  const address = await server.listen();
  const runtime: ProviderRuntime = {
    ...nodeRuntime,
    now: () => clock.now(),
    monotonic: () => performance.now() * PACE,
    sleep: (ms, signal) => nodeRuntime.sleep(ms / PACE, signal),
  };
  const providerOf = (token: string | null) =>
    createTradingViewProvider({ runtime, address, token: () => (token === null ? null : new Secret(token)) });
  return { clock, server, address, provider: providerOf('T'), providerOf };
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

async function barsOf({ provider }: Pick<World, 'provider'>, from: string): Promise<[number, number][]> {
  const pieces: ProvidedCandles[] = [];
  for await (const piece of provider.candles({ contract: NIFTY, from: parseIstDate(from), to: DAY }))
    pieces.push(piece);
  return pieces.flatMap(({ candles: { bars } }) =>
    [...bars.time].map((time, i): [number, number] => [time, bars.close[i] as number]),
  );
}

test('bars of three weeks through drops, silence, cut-off, late and doubled messages are those of the market, row for row', async () => {
  const faults: FaultScriptInput = {
    seed: 5,
    feed: [
      { fault: 'drop', probability: 0.2, times: 2 },
      { fault: 'silent', probability: 0.2, times: 1 },
      { fault: 'truncate', probability: 0.2, times: 1 },
      { fault: 'duplicate', probability: 0.3, times: 4 },
    ],
  };
  const quiet = await withWorld(world(), (w) => barsOf(w, '2025-12-22'));
  await withWorld(world(faults), async (w) => {
    expect(await barsOf(w, '2025-12-22')).toEqual(quiet);
    expect(w.server.report().faultsStruck).toBeGreaterThan(2);
  });
  const recorded = (await market.day('NIFTY', parseIstDate('2025-12-23')))?.index;
  // Fifteen sessions, more than one page; of this morning the 44 minutes that are settled.
  expect(quiet.length % 375).toBe(44);
  expect(quiet.length).toBeGreaterThan(5_000);
  expect(quiet[375]).toEqual([recorded?.time[0], recorded?.close[0]]);
}, 60_000);

test('without a login 5,000 bars is all; a wrong token is refused; quotes and options', async () => {
  await withWorld(world(), async (w) => {
    expect(await barsOf({ provider: w.providerOf(null) }, '2025-12-22')).toHaveLength(4_998);
    const refused = barsOf({ provider: w.providerOf('wrong') }, '2026-01-12');
    await expect(refused).rejects.toMatchObject({ code: 'SOS_AUTH', message: /bad auth token.*log in/ });
    const strikes = (await market.day('NIFTY', DAY))?.chains[0]?.strikes ?? new Float64Array();
    const strike = strikes[strikes.length >> 1] as number;
    const call = optionContract({ underlying: 'NIFTY', expiry: parseIstDate('2026-01-13'), strike, right: 'CE' });
    const gone = optionContract({ underlying: 'NIFTY', expiry: parseIstDate('2026-01-06'), strike, right: 'CE' });
    const quotes = await w.provider.quotes([NIFTY, call, gone]);
    expect([...quotes.keys()]).toEqual([NIFTY.id, call.id]);
    expect(quotes.get(call.id)?.lastPrice).toBeGreaterThan(0);
  });
}, 30_000);

// Seconds of the market pass faster than waits do, so that silences are found all the same.
const PLAY_PACE = 50;

/** Plays market seconds, a round each, giving sockets time to carry them. */
async function play(w: World, seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i++) {
    w.clock.set((w.clock.now() + MS_PER_SECOND) as EpochMs);
    await w.server.turn();
    await delay(MS_PER_SECOND / PLAY_PACE);
  }
}

test.each<[string, FaultScriptInput['feed']]>([
  [
    'lost connections, closes, cut-off, late and doubled messages',
    [
      { fault: 'drop', probability: 0.02, times: 2, from: '10:01' },
      { fault: 'close', probability: 0.03, times: 1, from: '10:01' },
      { fault: 'truncate', probability: 0.05, times: 4, from: '10:01' },
      { fault: 'duplicate', probability: 0.1, times: 9, from: '10:01' },
      { fault: 'late', probability: 0.05, times: 5, from: '10:01' },
    ],
  ],
  ['a silent socket', [{ fault: 'silent', from: '10:01', to: '10:02' }]],
])(
  'the feed through %s tells every finished minute once, in order, as the market has it',
  async (_name, feed = []) => {
    await withWorld(world({ seed: 3, feed }), async (w) => {
      const states: FeedState['state'][] = [];
      const told: [number, number][] = [];
      const live = w.provider.feed({
        onState: ({ state }) => states.push(state),
        onTicks: ({ length, ticks }) => {
          for (let row = 0; row < length; row++)
            if (!Number.isNaN(ticks.minuteTime[row]))
              told.push([ticks.minuteTime[row] as number, ticks.minuteClose[row] as number]);
        },
      });
      await live.subscribe([NIFTY], 'full');
      live.start();
      for (let i = 0; i < 200 && !states.includes('live'); i++) await delay(10);
      await play(w, 250);
      live.stop();
      const index = (await market.day('NIFTY', DAY))?.index;
      const wanted = [...(index?.time ?? [])]
        .map((close, i): [number, number] => [close - MS_PER_MINUTE, index?.close[i] as number])
        .filter(([start]) => start >= (told[0]?.[0] ?? Infinity) && start < NOW + 4 * MS_PER_MINUTE);
      expect(told).toEqual(wanted);
      expect(told.length).toBeGreaterThanOrEqual(5);
      expect(states).toContain('waiting');
      expect(states.at(-1)).toBe('stopped');
    });
  },
  60_000,
);

test('a client that does not answer heartbeats is sent away; one that comes from elsewhere is not let in', async () => {
  await withWorld(world(), async (w) => {
    const socket = new WebSocket(w.address, { origin: 'https://www.tradingview.com' });
    const heard: string[] = [];
    socket.on('message', (data) => heard.push((data as Buffer).toString('utf8')));
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(frameOf('{"m":"set_auth_token","p":["unauthorized_user_token"]}'));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await play(w, 50);
    await closed;
    expect(heard[0]).toMatch(/^~m~\d+~m~\{"session_id":/);
    expect(heard[1]).toBe('~m~4~m~~h~1');
    expect(w.server.report().unanswered).toBe(1);
    const stranger = new WebSocket(w.address);
    const refused = await new Promise<Error>((resolve) => stranger.once('error', resolve));
    expect(refused.message).toBe('Unexpected server response: 403');
  });
}, 30_000);
