import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { DayCharts, RunDetail, ServerMessage } from '@sos/contracts';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { RUN_ID, closeOf, fixtureData } from './fixtures/research-fixture.js';
import { buildServer } from './server.js';

const LOCAL = { host: '127.0.0.1:8640' };
let app: FastifyInstance;

beforeEach(async () => {
  app = await buildServer({ data: fixtureData(), version: '1.2.3' });
});
afterEach(() => app.close());

describe('HTTP', () => {
  test('says that it is well and forbids everything foreign to a page', async () => {
    const answer = await app.inject({ url: '/api/health', headers: LOCAL });
    expect(answer.json()).toEqual({ status: 'ok', version: '1.2.3', mode: 'research' });
    expect(answer.headers['content-security-policy']).toContain("default-src 'self'");
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
  });

  test('serves runs and a run', async () => {
    const list = await app.inject({ url: '/api/runs', headers: LOCAL });
    expect(list.json()).toMatchObject([{ runId: RUN_ID, source: 'simulated', trades: 0, netPaise: 0 }]);
    const run = await app.inject({ url: `/api/runs/${RUN_ID}`, headers: LOCAL });
    expect(RunDetail.parse(run.json()).tradeList).toEqual([]);
  });

  test('serves the charts of a day with its label', async () => {
    const answer = await app.inject({ url: '/api/day?symbol=NIFTY&date=2026-01-12', headers: LOCAL });
    const day = DayCharts.parse(answer.json());
    expect(day).toMatchObject({
      source: 'simulated',
      index: { close: [25_701, 25_702, 25_703], volume: [null, null, null] },
    });
    expect(day.index.time[0]).toBe(closeOf(0));
  });

  test.each([
    ['/api/runs/nope', 404, 'SOS_UNKNOWN_RUN'],
    ['/api/day?symbol=NIFTY&date=2026-01-13', 404, 'SOS_NO_DATA'],
    ['/api/day?symbol=NFTY&date=2026-01-12', 400, 'SOS_INPUT'],
    ['/api/day?symbol=NIFTY&date=yesterday', 400, 'SOS_INPUT'],
    ['/api/day?symbol=NIFTY&date=2026-02-30', 400, 'SOS_INPUT'],
    ['/api/day?symbol=NIFTY&date=2026-01-12&contracts=NIFTY13JAN2625700CE', 404, 'SOS_NO_DATA'],
  ])('%s answers %i %s and no stack', async (url, status, code) => {
    const answer = await app.inject({ url, headers: LOCAL });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.body).not.toMatch(/\bat .*\.ts/);
  });

  test.each([{ host: 'evil.example' }, { host: '127.0.0.1:8640', origin: 'http://evil.example' }])(
    'refuses %j',
    async (headers) => {
      const answer = await app.inject({ url: '/api/runs', headers });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([401, 'SOS_AUTH']);
    },
  );
});

describe('replay socket', () => {
  async function connect(
    options: { origin?: string } = {},
  ): Promise<{ socket: WebSocket; next: () => Promise<ServerMessage> }> {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/stream`, options);
    const heard: ServerMessage[] = [];
    const waiting: ((message: ServerMessage) => void)[] = [];
    socket.on('message', (raw) => {
      const message = ServerMessage.parse(JSON.parse(String(raw)));
      const taker = waiting.shift();
      if (taker) taker(message);
      else heard.push(message);
    });
    await once(socket, 'open');
    const next = (): Promise<ServerMessage> => {
      const message = heard.shift();
      return message ? Promise.resolve(message) : new Promise((resolve) => waiting.push(resolve));
    };
    return { socket, next };
  }
  const say = (socket: WebSocket, message: object): void => socket.send(JSON.stringify({ v: 1, ...message }));

  test('starts, pauses, steps bar by bar to the end, with a gapless sequence', async () => {
    const { socket, next } = await connect();
    say(socket, { type: 'replay.start', symbol: 'NIFTY', date: '2026-01-12', speed: 0.1 });
    expect(await next()).toMatchObject({
      seq: 1,
      type: 'replay.state',
      status: 'playing',
      bar: 0,
      bars: 3,
      source: 'simulated',
    });
    say(socket, { type: 'replay.pause' });
    expect(await next()).toMatchObject({ seq: 2, status: 'paused' });
    for (let i = 0; i < 3; i++) {
      say(socket, { type: 'replay.step' });
      expect(await next()).toMatchObject({
        seq: 3 + i,
        type: 'bar',
        index: i,
        bar: { time: closeOf(i), close: 25_701 + i, volume: null },
      });
    }
    expect(await next()).toMatchObject({ seq: 6, status: 'ended', bar: 3 });
    say(socket, { type: 'replay.seek', bar: 1 });
    expect(await next()).toMatchObject({ status: 'paused', bar: 1 });
    say(socket, { type: 'replay.step' });
    expect(await next()).toMatchObject({ type: 'bar', index: 1 });
    socket.close();
    await once(socket, 'close');
  });

  test.each([
    ['not json', 'SOS_INPUT'],
    [JSON.stringify({ v: 9, type: 'replay.pause' }), 'SOS_INPUT'],
    [JSON.stringify({ v: 1, type: 'replay.pause' }), 'SOS_INPUT'],
    [JSON.stringify({ v: 1, type: 'replay.start', symbol: 'NIFTY', date: '2026-01-13', speed: 1 }), 'SOS_NO_DATA'],
  ])('answers %s with an error of code %s and stays open', async (text, code) => {
    const { socket, next } = await connect();
    socket.send(text);
    expect(await next()).toMatchObject({ type: 'error', code });
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
    await once(socket, 'close');
  });

  test('a page of another site cannot connect', async () => {
    await expect(connect({ origin: 'http://evil.example' })).rejects.toThrow('Unexpected server response: 403');
  });
});
