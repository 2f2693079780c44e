import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { closeOf } from '../fixtures/research-fixture.js';
import { SocketClient } from '../fixtures/socket-client.js';
import { testServer } from '../fixtures/test-server.js';

let app: FastifyInstance;
beforeEach(async () => {
  app = await testServer();
});
afterEach(() => app.close());

const FIXTURE_DAY = { type: 'replay.start', symbol: 'NIFTY', date: '2026-01-12', speed: 1, paused: true };

describe('replay socket', () => {
  test('steps bar by bar to the end and back, with a gapless sequence', async () => {
    const client = await SocketClient.connect(app);
    client.say(FIXTURE_DAY);
    expect(await client.next()).toMatchObject({
      seq: 1,
      type: 'replay.history',
      source: 'simulated',
      bars: 3,
      index: { time: [] },
      minute: { bar: 0, time: null, chain: null },
    });
    expect(await client.next()).toMatchObject({ seq: 2, type: 'replay.state', status: 'paused', bar: 0, bars: 3 });
    for (let i = 0; i < 3; i++) {
      client.say({ type: 'replay.step', by: 1 });
      expect(await client.next()).toMatchObject({
        seq: 3 + 2 * i,
        type: 'replay.minute',
        index: { time: [closeOf(i)], close: [25_701 + i], volume: [null] },
        minute: { bar: i + 1, time: closeOf(i) },
      });
      expect(await client.next()).toMatchObject({ seq: 4 + 2 * i, status: i === 2 ? 'ended' : 'paused' });
    }
    client.say({ type: 'replay.step', by: -1 });
    expect(await client.next()).toMatchObject({ type: 'replay.history', index: { time: [closeOf(0), closeOf(1)] } });
    expect(await client.next()).toMatchObject({ status: 'paused', bar: 2 });
    await client.close();
  });

  test('plays by itself at the speed that was asked for', async () => {
    const client = await SocketClient.connect(app);
    client.say({ ...FIXTURE_DAY, speed: 200, paused: false });
    await client.nextOf('replay.history');
    const start = performance.now();
    expect(await client.nextOf('replay.minute')).toMatchObject({ minute: { bar: 1 } });
    expect(performance.now() - start).toBeGreaterThan(250);
    client.say({ type: 'replay.speed', speed: 60 });
    client.say({ type: 'replay.pause' });
    expect(await client.nextOf('replay.state')).toMatchObject({ status: 'playing' });
    await client.close();
  });

  test('a lost connection resumes by sequence: what was said meanwhile is said again, once', async () => {
    const first = await SocketClient.connect(app);
    first.say(FIXTURE_DAY);
    const { session } = await first.nextOf('replay.history');
    first.say({ type: 'replay.step', by: 1 });
    await first.nextOf('replay.minute');
    await first.close();
    const second = await SocketClient.connect(app);
    second.say({ type: 'session.resume', session, after: 2 });
    expect(await second.next()).toMatchObject({ seq: 3, type: 'replay.minute', minute: { bar: 1 } });
    expect(await second.next()).toMatchObject({ seq: 4, type: 'replay.state' });
    second.say({ type: 'replay.step', by: 1 });
    expect(await second.next()).toMatchObject({ seq: 5, type: 'replay.minute', minute: { bar: 2 } });
    second.say({ type: 'session.resume', session: 'nobody', after: 0 });
    expect(await second.nextOf('error')).toMatchObject({ code: 'SOS_INPUT' });
    await second.close();
  });

  test.each([
    ['not json', 'SOS_INPUT'],
    [JSON.stringify({ v: 9, type: 'replay.pause' }), 'SOS_INPUT'],
    [JSON.stringify({ v: 2, type: 'replay.pause' }), 'SOS_INPUT'],
    [JSON.stringify({ v: 2, ...FIXTURE_DAY, market: 'imported', date: '2026-01-13' }), 'SOS_NO_DATA'],
  ])('answers %s with an error of code %s and stays open', async (text, code) => {
    const client = await SocketClient.connect(app);
    client.socket.send(text);
    expect(await client.next()).toMatchObject({ type: 'error', code });
    expect(client.socket.readyState).toBe(WebSocket.OPEN);
    await client.close();
  });

  test('a page of another site cannot connect', async () => {
    await expect(SocketClient.connect(app, { origin: 'http://evil.example' })).rejects.toThrow(
      'Unexpected server response: 403',
    );
  });
});

describe('a simulated day', () => {
  const DAY = { ...FIXTURE_DAY, date: '2026-01-13', market: 'simulated:1' };

  test('the state after seeking, after steps and of a cold run are the same', async () => {
    const client = await SocketClient.connect(app);
    client.say({ ...DAY, bar: 60 });
    await client.nextOf('replay.history');
    for (let i = 0; i < 20; i++) client.say({ type: 'replay.step', by: 1 });
    let stepped = await client.nextOf('replay.minute');
    while (stepped.minute.bar < 80) stepped = await client.nextOf('replay.minute');
    client.say({ type: 'replay.seek', bar: 200 });
    await client.nextOf('replay.history');
    client.say({ type: 'replay.seek', bar: 80 });
    const sought = await client.nextOf('replay.history');
    client.say({ ...DAY, bar: 80 });
    const cold = await client.nextOf('replay.history');
    expect(sought.minute).toEqual(cold.minute);
    expect(stepped.minute).toEqual(cold.minute);
    expect({ ...sought, seq: 0, session: '' }).toEqual({ ...cold, seq: 0, session: '' });
    expect(cold.minute.chain?.rows).toHaveLength(17);
    expect(cold.minute.gates).toHaveLength(18);
    expect(cold.index.time).toHaveLength(80);
    expect(cold.pair.map((c) => c.contract.slice(-2))).toEqual(['CE', 'PE']);
    const now = cold.minute.time ?? 0;
    expect(cold.pair.every((c) => c.bars.time.every((t) => t <= now))).toBe(true);
    await client.close();
  });

  test('jumps to the next signal, and a day played to its end leaves nothing open', async () => {
    const client = await SocketClient.connect(app);
    client.say(DAY);
    await client.nextOf('replay.history');
    client.say({ type: 'replay.next-signal' });
    const at = await client.nextOf('replay.history');
    const last = at.decisions.at(-1);
    expect(at.minute.bar).toBeLessThan(375);
    expect(at.decisions.some((d) => d.kind === 'signal' && d.time === at.minute.time)).toBe(true);
    expect(last?.time).toBe(at.minute.time);
    client.say({ type: 'replay.seek', bar: 9_999 });
    const end = await client.nextOf('replay.history');
    expect([end.minute.bar, end.minute.positions]).toEqual([375, []]);
    const net = end.trades.reduce((sum, t) => sum + t.netPaise, 0);
    expect(end.minute.realisedPaise).toBe(net);
    await client.close();
  });

  test('another strike shows its own contracts', async () => {
    const client = await SocketClient.connect(app);
    client.say({ ...DAY, bar: 10 });
    const before = await client.nextOf('replay.history');
    const strike = (before.strike ?? 0) + 100;
    client.say({ type: 'replay.strike', strike });
    const after = await client.nextOf('replay.history');
    expect(after.strike).toBe(strike);
    expect(after.pair[0]?.contract).toContain(String(strike));
    await client.close();
  });
});
