import { AppError, istInstant, parseIstDate, type EpochMs } from '@sos/domain';
import { VirtualRuntime } from '../fixtures/virtual-runtime.js';
import { FeedLink } from './feed-link.js';
import type { SocketEvents } from './feed-socket.js';
import type { FeedState } from './live-feed.js';

const OPEN = istInstant(parseIstDate('2026-01-12'), '09:15');
const DATA = Uint8Array.of(1);
const NEWS = Uint8Array.of(0);

interface Opened {
  readonly events: SocketEvents;
  pings: number;
  ended: boolean;
}

/** A link in virtual time, `minutes` after the market opened, with sockets that the test plays. */
function world({ minutes = 30, address = () => Promise.resolve('wss://x/?code=1') } = {}) {
  const runtime = new VirtualRuntime((OPEN + minutes * 60_000) as EpochMs);
  const sockets: Opened[] = [];
  const states: FeedState[] = [];
  let subscribed = 0;
  let frames = 0;
  let addresses = 0;
  runtime.connect = (_url, events) => {
    const socket: Opened = { events, pings: 0, ended: false };
    sockets.push(socket);
    return {
      send: () => undefined,
      ping: () => void socket.pings++,
      terminate: () => {
        socket.ended = true;
      },
    };
  };
  const link = new FeedLink({
    runtime,
    address: () => {
      addresses++;
      return address();
    },
    opened: () => void subscribed++,
    frame: (bytes) => {
      frames++;
      return bytes[0] === 1;
    },
    flowsSince: (now) => (now >= OPEN && now < OPEN + 375 * 60_000 ? OPEN : null),
    onState: (state) => states.push(state),
  });
  return {
    link,
    runtime,
    sockets,
    states,
    names: () => states.map((s) => s.state),
    last: () => sockets.at(-1) as Opened,
    counts: () => ({ subscribed, frames, addresses }),
  };
}

async function connected(w: ReturnType<typeof world>): Promise<void> {
  w.link.start();
  await w.runtime.advance(0);
  w.last().events.open();
  w.last().events.message(DATA);
}

test('connects, subscribes, and is live with the first data; news of the market is not data', async () => {
  const w = world();
  w.link.start();
  await w.runtime.advance(0);
  w.last().events.open();
  w.last().events.message(NEWS);
  expect(w.names()).toEqual(['connecting', 'connected']);
  w.last().events.message(DATA);
  w.last().events.message(DATA);
  expect(w.names()).toEqual(['connecting', 'connected', 'live']);
  expect(w.counts()).toEqual({ subscribed: 1, frames: 3, addresses: 1 });
});

test('a silent feed is told within five seconds of the last data, mended by the next', async () => {
  const w = world();
  await connected(w);
  await w.runtime.advance(4_400);
  expect(w.names().at(-1)).toBe('live');
  await w.runtime.advance(600);
  expect(w.states.at(-1)).toEqual({ state: 'stalled', silentMs: 4_500 });
  w.last().events.message(DATA);
  expect(w.names().at(-1)).toBe('live');
});

test('a process that did not run for a while blames nobody: what was sent meanwhile is still to be read', async () => {
  const w = world();
  await connected(w);
  const sleep = w.runtime.sleep.bind(w.runtime);
  // The next check comes a minute late, as after a suspended machine.
  w.runtime.sleep = (ms, signal) => sleep(ms + 60_000, signal);
  await w.runtime.advance(250);
  w.runtime.sleep = sleep;
  await w.runtime.advance(60_300);
  expect(w.names().at(-1)).toBe('live');
  await w.runtime.advance(4_500);
  expect(w.names().at(-1)).toBe('stalled');
});

test('outside market hours silence is no stall, and at the opening it counts from the opening', async () => {
  const w = world({ minutes: -1 });
  await connected(w);
  w.last().events.alive();
  for (let i = 0; i < 6; i++) {
    await w.runtime.advance(10_000);
    w.last().events.alive();
  }
  expect(w.names().at(-1)).toBe('live');
  await w.runtime.advance(4_400);
  expect(w.names().at(-1)).toBe('live');
  await w.runtime.advance(600);
  expect(w.names().at(-1)).toBe('stalled');
});

test('connected but mute: a new connection after 15 s although pings are answered', async () => {
  const w = world();
  await connected(w);
  for (let i = 0; i < 15; i++) {
    await w.runtime.advance(1_000);
    w.sockets[0]?.events.alive();
  }
  await w.runtime.advance(500);
  expect(w.sockets[0]).toMatchObject({ ended: true, pings: 1 });
  expect(w.names()).toEqual(['connecting', 'connected', 'live', 'stalled', 'waiting', 'connecting']);
  expect(w.counts().addresses).toBe(2);
});

test('off-hours a dead connection is noticed by its unanswered pings', async () => {
  const w = world({ minutes: 400 });
  await connected(w);
  await w.runtime.advance(24_900);
  expect(w.last().pings).toBe(2);
  expect(w.names().at(-1)).toBe('live');
  await w.runtime.advance(200);
  expect(w.states.at(-1)).toMatchObject({ state: 'waiting', reason: 'no sign of the vendor for 25 s' });
});

test('a close, also with code 1000, is followed by a fresh address after a jittered wait; waits grow to 30 s and never end', async () => {
  const w = world();
  await connected(w);
  const waits: number[] = [];
  for (let i = 0; i < 12; i++) {
    const before = w.runtime.monotonic();
    w.last().events.close('closed with code 1000', 0);
    const state = w.states.at(-1);
    if (state?.state === 'waiting') waits.push(state.nextAttemptAt - w.runtime.now());
    await w.runtime.advance(waits.at(-1) ?? 0);
    expect(w.runtime.monotonic() - before).toBe(waits.at(-1));
    expect(w.counts().addresses).toBe(i + 2);
    w.last().events.open();
  }
  // Half of 0.5 s, 1 s, 2 s … 30 s: the generator of this test always answers 0.5.
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000, 15000, 15000]);
  w.last().events.message(DATA);
  w.last().events.close('gone', 0);
  expect(w.states.at(-1)).toMatchObject({ state: 'waiting', nextAttemptAt: w.runtime.now() + 250 });
});

test('events of an old socket touch nothing', async () => {
  const w = world();
  await connected(w);
  const ghost = w.last();
  ghost.events.close('gone', 0);
  await w.runtime.advance(300);
  w.last().events.open();
  const before = w.states.length;
  const frames = w.counts().frames;
  ghost.events.message(DATA);
  ghost.events.open();
  ghost.events.close('again', 0);
  expect(w.states).toHaveLength(before);
  expect(w.counts().frames).toBe(frames);
  expect(w.sockets).toHaveLength(2);
});

test('a refused token ends the trying until started again', async () => {
  let refuse = true;
  const address = (): Promise<string> =>
    refuse ? Promise.reject(new AppError('SOS_AUTH', 'log in again')) : Promise.resolve('wss://x');
  const w = world({ address });
  w.link.start();
  await w.runtime.advance(600_000);
  expect(w.states).toEqual([{ state: 'connecting' }, { state: 'login-needed', reason: 'log in again' }]);
  refuse = false;
  w.link.start();
  await w.runtime.advance(0);
  expect(w.sockets).toHaveLength(1);
});

test('a handshake refused with 403 is tried once more with a fresh code, then needs a login', async () => {
  const w = world();
  w.link.start();
  await w.runtime.advance(0);
  w.last().events.close('handshake answered with HTTP 403', 403);
  await w.runtime.advance(1_000);
  expect(w.sockets).toHaveLength(2);
  w.last().events.close('handshake answered with HTTP 403', 403);
  await w.runtime.advance(600_000);
  expect(w.names().at(-1)).toBe('login-needed');
  expect(w.sockets).toHaveLength(2);
});

test('stopped while an address is on its way: no socket is opened', async () => {
  const w = world();
  w.link.start();
  w.link.stop();
  await w.runtime.advance(600_000);
  expect(w.sockets).toHaveLength(0);
  expect(w.names()).toEqual(['connecting', 'stopped']);
});

test('an address that cannot be had is asked for again, and no code is told in a state', async () => {
  const w = world({ address: () => Promise.reject(new Error('wss://x/?code=planted')) });
  w.link.start();
  await w.runtime.advance(5_000);
  expect(w.counts().addresses).toBe(5);
  expect(JSON.stringify(w.states)).not.toContain('planted');
});
