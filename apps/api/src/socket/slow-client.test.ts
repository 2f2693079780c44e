import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { SocketClient } from '../fixtures/socket-client.js';
import { testServer } from '../fixtures/test-server.js';

const HANDSHAKE = [
  'GET /api/stream HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '',
  '',
].join('\r\n');
const CHANGES = 180;

/** A text frame of a client; masked with zeros, as the protocol asks. */
function frame(message: object): Buffer {
  const text = Buffer.from(JSON.stringify({ v: 2, ...message }));
  const size = text.length < 126 ? [0x80 | text.length] : [0x80 | 126, text.length >> 8, text.length & 255];
  return Buffer.concat([Buffer.from([0x81, ...size, 0, 0, 0, 0]), text]);
}

const START = {
  type: 'replay.start',
  symbol: 'NIFTY',
  date: '2026-01-13',
  market: 'simulated:1',
  speed: 1,
  paused: true,
};

/** A client that talks, and stops reading for ever as soon as it is connected. */
async function deafClient(app: FastifyInstance): Promise<Socket> {
  const { port } = app.server.address() as AddressInfo;
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(HANDSHAKE);
  await once(socket, 'data');
  socket.pause();
  socket.on('error', () => undefined);
  return socket;
}

const figure = async (app: FastifyInstance, name: string): Promise<number> => {
  const { body } = await app.inject({ url: '/metrics', headers: { host: '127.0.0.1' } });
  return Number(new RegExp(`^${name}\\S* (\\d+)$`, 'm').exec(body)?.[1]);
};

async function until(isDone: () => Promise<boolean>): Promise<void> {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 50));
}

test('a client that does not read is trimmed, then cut; a reader beside it hears every message of its replay', async () => {
  const app = await testServer({ pipeLimits: { trimAboveBytes: 200_000, resumeBelowBytes: 20_000, patienceMs: 300 } });
  const reader = await SocketClient.connect(app);
  const deaf = await deafClient(app);
  deaf.write(frame({ ...START, bar: 370 }));
  // A change of strike says everything anew: far more than the sockets of the machine hold.
  for (let i = 0; i < CHANGES; i++) deaf.write(frame({ type: 'replay.strike', strike: 25_700 + 50 * (i % 2) }));
  reader.say(START);
  const heard: number[] = [(await reader.nextOf('replay.history')).seq];
  for (let i = 0; i < 20; i++) reader.say({ type: 'replay.step', by: 1 });
  while (heard.length < 42) heard.push((await reader.next()).seq);
  expect(heard).toEqual(Array.from({ length: 42 }, (_, i) => i + 1));
  await until(async () => (await figure(app, 'sos_socket_clients_cut_total')) === 1);
  expect(await figure(app, 'sos_socket_messages_trimmed_total')).toBeGreaterThan(0);
  await until(async () => (await figure(app, 'sos_sockets')) === 1);
  // Its replay waits for it to come back, as after any lost connection.
  expect(await figure(app, 'sos_replay_sessions')).toBe(2);
  deaf.destroy();
  await reader.close();
  await app.close();
});
