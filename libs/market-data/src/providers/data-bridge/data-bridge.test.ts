import { setTimeout as delay } from 'node:timers/promises';
import {
  AppError,
  MS_PER_MINUTE,
  istInstant,
  makeBarColumns,
  parseIstDate,
  type Contract,
  type EpochMs,
} from '@sos/domain';
import { indexContract, optionContract } from '@sos/symbol-master';
import fc from 'fast-check';
import { WebSocket } from 'ws';
import { describeProvider } from '../fixtures/provider-contract.js';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import type { FeedState } from '../feed/live-feed.js';
import type { SocketEvents } from '../feed/feed-socket.js';
import type { ProvidedCandles } from '../provider.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import { Secret } from '../secret.js';
import type { BridgeWarning } from './bridge-feed.js';
import type { BridgeBar } from './bridge-messages.js';
import { createDataBridgeServer, type DataBridgeServer, type DataBridgeServerOptions } from './bridge-server.js';
import { createDataBridgeProvider } from './data-bridge-provider.js';
import { faultyRuntime, type LineFault } from './fixtures/faulty-runtime.js';

const DAY = parseIstDate('2026-01-12');
const OPEN = istInstant(DAY, '09:15');
const NIFTY = indexContract('NIFTY');
const CALL = optionContract({ underlying: 'NIFTY', expiry: parseIstDate('2026-01-13'), strike: 25700, right: 'CE' });

const barOf = (contract: Contract, minute: number, closed = true): BridgeBar => {
  const price = 100 + minute;
  const start = OPEN + minute * MS_PER_MINUTE;
  return {
    contract: contract.id,
    start,
    minutes: 1,
    open: price,
    high: price + 2,
    low: price - 1,
    close: price + 1,
    volume: 65,
    openInterest: null,
    closed,
  };
};

/** The first `count` minutes of a contract, as a store would give them. */
async function* minutesOf(contract: Contract, count: number): AsyncGenerator<ProvidedCandles> {
  const bars = makeBarColumns(count);
  for (let i = 0; i < count; i++) {
    const bar = barOf(contract, i);
    bars.time[i] = bar.start + MS_PER_MINUTE;
    for (const name of ['open', 'high', 'low', 'close'] as const) bars[name][i] = bar[name];
    bars.volume[i] = 65;
  }
  await Promise.resolve();
  yield { candles: { contract, minutes: 1, bars, source: 'recorded', repaired: null }, quarantined: [] };
}

const servers: DataBridgeServer[] = [];
const feeds: { stop(): void }[] = [];
afterEach(async () => {
  for (const feed of feeds.splice(0)) feed.stop();
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: Partial<DataBridgeServerOptions> = {}, port = 0) {
  const server = createDataBridgeServer({ token: null, ...options });
  servers.push(server);
  return { server, address: await server.listen(port) };
}

async function until(isThere: () => boolean): Promise<void> {
  for (let i = 0; i < 1_000 && !isThere(); i++) await delay(5);
  expect(isThere()).toBe(true);
}

/** A client that remembers what it was told. */
async function listen(address: string, runtime: ProviderRuntime = nodeRuntime) {
  const told: string[] = [];
  const states: FeedState['state'][] = [];
  const warnings: BridgeWarning[] = [];
  const corrupt: string[] = [];
  const provider = createDataBridgeProvider({ address, runtime, onWarning: (warning) => warnings.push(warning) });
  const feed = provider.feed({
    onState: ({ state }) => states.push(state),
    onCorrupt: (reason) => corrupt.push(reason),
    onTicks: ({ ticks, contractOf }) => {
      const start = ticks.minuteTime[0] as number;
      const id = contractOf(ticks.slot[0] as number)?.id ?? '';
      told.push(
        Number.isNaN(start)
          ? `${id} ~${ticks.lastPrice[0]}`
          : `${id} ${(start - OPEN) / MS_PER_MINUTE} ${ticks.minuteClose[0]}`,
      );
    },
  });
  feeds.push(feed);
  await feed.subscribe([NIFTY, CALL], 'full');
  feed.start();
  return { feed, told, states, warnings, corrupt, bars: () => told.filter((text) => !text.includes('~')) };
}

const whole = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `NIFTY ${from + i} ${101 + from + i}`);

describeProvider('data-bridge', async () => {
  const { address } = await serve({ token: new Secret('right'), history: ({ contract }) => minutesOf(contract, 30) });
  const providerOf = (token: string) => createDataBridgeProvider({ address, token: () => new Secret(token) });
  return {
    provider: providerOf('right'),
    run: (work) => work,
    candles: { contract: NIFTY, from: DAY, to: DAY },
    refused: providerOf('planted-token'),
    secret: 'planted-token',
  };
});

test('history: figures as the store has them, unknown stays unknown; what the bridge refuses is told in its words', async () => {
  const { address } = await serve({
    history: ({ contract }) => {
      if (contract === CALL) throw new AppError('SOS_UNKNOWN_SYMBOL', 'expected a stored contract, found another');
      return minutesOf(contract, 3);
    },
  });
  const provider = createDataBridgeProvider({ address });
  const pieces: ProvidedCandles[] = [];
  for await (const piece of provider.candles({ contract: NIFTY, from: DAY, to: DAY })) pieces.push(piece);
  const bars = pieces[0]?.candles.bars;
  expect([...(bars?.time ?? [])]).toEqual([1, 2, 3].map((i) => OPEN + i * MS_PER_MINUTE));
  expect([bars?.open[2], bars?.high[2], bars?.low[2], bars?.close[2], bars?.volume[2], bars?.openInterest[2]]).toEqual([
    102,
    104,
    101,
    103,
    65,
    NaN,
  ]);
  const refused = provider.candles({ contract: CALL, from: DAY, to: DAY })[Symbol.asyncIterator]().next();
  await expect(refused).rejects.toMatchObject({
    code: 'SOS_UNKNOWN_SYMBOL',
    message: 'expected a stored contract, found another',
  });
});

test('running bars are a last price, closed ones a finished minute; other contracts are not told', async () => {
  const { server, address } = await serve();
  const client = await listen(address);
  await until(() => client.states.includes('connected') && server.report().clients === 1);
  await delay(20);
  server.publish(barOf(NIFTY, 0, false));
  await until(() => client.told.length === 1);
  server.publish(barOf(NIFTY, 0));
  server.publish({ ...barOf(NIFTY, 0), contract: 'BANKNIFTY' });
  server.publish(barOf(CALL, 0));
  await until(() => client.told.length === 3);
  expect(client.told).toEqual(['NIFTY ~101', 'NIFTY 0 101', 'NIFTY13JAN2625700CE 0 101']);
  expect(() => server.publish({ ...barOf(NIFTY, 1), high: 1 })).toThrow(/expected a bar for the bridge/);
  expect(server.report().newest).toBe(3);
});

test('messages lost, doubled, late and cut off, and closed connections: each minute once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<LineFault>('drop', 'duplicate', 'late', 'cut', 'close', null), {
        minLength: 5,
        maxLength: 20,
      }),
      async (faults) => {
        const { server, address } = await serve();
        const plan = [...faults];
        const isBar = (text: string): boolean => text.includes('"type":"bar"');
        const client = await listen(
          address,
          faultyRuntime(100, (text) => (isBar(text) ? (plan.shift() ?? null) : null)),
        );
        await until(() => client.states.includes('connected') && server.report().clients === 1);
        await delay(10);
        for (let minute = 0; minute < 25; minute++) server.publish(barOf(NIFTY, minute));
        for (let i = 0; i < 400 && client.told.length < 25; i++) {
          server.heartbeat();
          await delay(5);
        }
        client.feed.stop();
        expect(client.told).toEqual(whole(0, 24));
      },
    ),
    { numRuns: 12 },
  );
}, 30_000);

test('a mute bridge is found and left; with the next connection nothing is missing', async () => {
  const { server, address } = await serve();
  let isMute = false;
  const client = await listen(
    address,
    faultyRuntime(100, () => (isMute ? 'drop' : null)),
  );
  await until(() => server.report().clients === 1 && client.states.includes('connected'));
  await delay(10);
  server.publish(barOf(NIFTY, 0));
  await until(() => client.told.length === 1);
  isMute = true;
  for (let minute = 1; minute < 10; minute++) server.publish(barOf(NIFTY, minute));
  await until(() => client.states.includes('waiting'));
  isMute = false;
  await until(() => client.told.length === 10);
  expect(client.told).toEqual(whole(0, 9));
  expect(client.states).toEqual(expect.arrayContaining(['live', 'stalled', 'waiting', 'connecting']));
});

test('a bridge that was started anew: the minutes between come as history, before newer ones', async () => {
  let stored = 3;
  const history: DataBridgeServerOptions['history'] = ({ contract }) => minutesOf(contract, stored);
  const first = await serve({ history });
  const client = await listen(
    first.address,
    faultyRuntime(50, () => null),
  );
  await until(() => client.states.includes('connected') && first.server.report().clients === 1);
  await delay(10);
  for (let minute = 0; minute < 3; minute++) first.server.publish(barOf(NIFTY, minute));
  await until(() => client.told.length === 3);
  await first.server.close();
  servers.length = 0;
  stored = 8;
  const again = await serve({ history }, Number(new URL(first.address).port));
  again.server.publish(barOf(NIFTY, 8));
  await until(() => client.told.length >= 9);
  again.server.publish(barOf(NIFTY, 9));
  await until(() => client.told.length === 10);
  expect(client.bars()).toEqual(whole(0, 9));
  expect(client.warnings).toContainEqual({ kind: 'new-session' });
});

test('a client that takes nothing holds no memory of the bridge, is ended, and gets the rest when it comes back', async () => {
  const { server, address } = await serve({ keep: 1_000, bufferBytes: 20_000 });
  const slow = new WebSocket(address);
  await new Promise((resolve) => slow.once('open', resolve));
  slow.send('{"v":1,"type":"resume","data":{"session":null,"after":0}}');
  await until(() => server.report().clients === 1);
  await delay(20);
  slow.pause();
  // Far more than the sockets of this machine hold.
  for (let minute = 0; minute < 8_000; minute++)
    server.publish({ ...barOf(NIFTY, minute % 370), contract: `NIFTY${'X'.repeat(2_000)}` });
  for (let i = 0; i < 6; i++) server.heartbeat();
  await until(() => server.report().clients === 0);
  expect(server.report()).toMatchObject({ newest: 8_000, slowClients: 1 });
  const again = new WebSocket(address);
  const seqs: (number | string)[] = [];
  again.on('message', (data) => {
    const { type, seq } = JSON.parse((data as Buffer).toString('utf8')) as { type: string; seq: number | null };
    if (type === 'bar' || type === 'lost') seqs.push(seq ?? type);
  });
  await new Promise((resolve) => again.once('open', resolve));
  again.send(JSON.stringify({ v: 1, type: 'resume', data: { session: server.report().session, after: 100 } }));
  await until(() => seqs.length === 1_001);
  expect(seqs[0]).toBe('lost');
  expect(seqs.slice(1)).toEqual(Array.from({ length: 1_000 }, (_, i) => 7_001 + i));
  again.terminate();
}, 30_000);

test('a client that speaks another version, or no JSON, is sent away', async () => {
  const { address } = await serve();
  for (const text of ['{"v":2,"type":"resume","data":{}}', 'hello']) {
    const socket = new WebSocket(address);
    await new Promise((resolve) => socket.once('open', resolve));
    const code = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send(text);
    expect(await code).toBe(1008);
  }
});

test('old messages: a last price, counted and told as a warning, never a finished minute', async () => {
  const runtime = new VirtualRuntime(OPEN);
  const sockets: SocketEvents[] = [];
  runtime.connect = (_url, events) => {
    sockets.push(events);
    return { send: () => undefined, ping: () => events.alive(), terminate: () => undefined };
  };
  const client = await listen('ws://localhost:8765', runtime);
  await runtime.advance(0);
  sockets[0]?.open();
  const candle = { open: 25700, high: 25710, low: 25690, close: 25705, volume: 0 };
  const say = (message: object): void => sockets[0]?.message(new TextEncoder().encode(JSON.stringify(message)));
  say({ type: 'CANDLE_UPDATE', timestamp: OPEN, data: { symbol: 'NIFTY', candle } });
  say({
    type: 'MARKET_UPDATE',
    timestamp: '2026-01-12T09:16:00',
    data: { symbol: 'NIFTY_BANK', candle, sentiment: { pcr: 1 } },
  });
  say({ type: 'CANDLE_UPDATE', timestamp: OPEN, data: { symbol: 'RELIANCE', candle } });
  say({ type: 'OPTION_CHAIN_UPDATE', timestamp: OPEN, data: { symbol: 'NIFTY', chain: [] } });
  say({ type: 'SENTIMENT_UPDATE', timestamp: OPEN, data: { regime: 'bullish' } });
  expect(client.told).toEqual(['NIFTY ~25705']);
  expect(client.warnings.at(-1)).toEqual({ kind: 'legacy-message', type: 'SENTIMENT_UPDATE', count: 5 });
  say({ type: 'CANDLE_UPDATE', timestamp: OPEN, data: {} });
  say({ v: 2, type: 'bar' });
  say({ v: 1, type: 'bar', seq: 1, session: 's', ts: OPEN, data: { ...barOf(NIFTY, 0), extra: 1 } });
  expect(client.corrupt).toHaveLength(3);
  expect(runtime.now()).toBe(OPEN as EpochMs);
});
