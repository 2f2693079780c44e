// Messages of the API server to 50 dashboards that read in another process: time from the call that sends to the message in the client's hands, with and without clients
// that do not read.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import path from 'node:path';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SOCKET_VERSION, ServerMessage } from '@sos/contracts';
import { WebSocketServer, type WebSocket } from 'ws';
import { Counter } from '../../../apps/api/src/metrics/metric-registry.js';
import { WALL_TIMER } from '../../../apps/api/src/replay/replay-timer.js';
import { ClientPipe } from '../../../apps/api/src/socket/client-pipe.js';
import type { BenchRow } from '../bench-row.js';

const CLIENTS = 50;
const DEAF = 5;
const PER_SECOND = 5_000;
const SECONDS = 4;
const RUNS = 3;
const GOAL = 'p99 ≤ 5 ms at 5,000 msg/s to 50 clients';
const FOLDER = path.dirname(fileURLToPath(import.meta.url));

// The same clock in both processes: time since the system started.
const READERS = `
import { WebSocket } from 'ws';
const [port, clients] = process.argv.slice(2).map(Number);
const clock = () => Number(process.hrtime.bigint()) / 1e6;
let late = [];
process.on('message', (what) => { if (what === 'report') { process.send(late); late = []; } else process.exit(0); });
let open = 0;
for (let i = 0; i < clients; i++) {
  const socket = new WebSocket('ws://127.0.0.1:' + port);
  socket.on('open', () => { if (++open === clients) process.send('ready'); });
  // The instant stands before the word; what a page does with the rest is not the server's time.
  socket.on('message', (raw) => {
    const end = raw.indexOf('"regime"');
    late.push(clock() - Number(/"time":([0-9.]+),$/.exec(raw.toString('latin1', end - 40, end))[1]));
  });
}`;

const clock = (): number => Number(process.hrtime.bigint()) / 1e6;

const cell = {
  ltp: 102.35,
  volume: 1_234_500,
  openInterest: 9_876_525,
  oiChange: -12_300,
  buildup: 'short-covering',
  iv: 0.1234567,
  delta: 0.5123,
  gamma: 0.0012,
  theta: -12.3,
  vega: 8.7,
};
const chain = {
  expiry: '2026-01-13',
  source: 'simulated',
  eventTime: 1_768_189_500_000,
  availableAt: 1_768_189_560_000,
  ageMinutes: 1,
  spot: 25_700.5,
  forward: 25_712.25,
  forwardRung: 'parity',
  atm: 25_700,
  rows: Array.from({ length: 17 }, (_, k) => ({ strike: 25_300 + 50 * k, call: cell, put: cell })),
  pcr: 0.98,
  pcrBand: 'ATM ± 10 strikes',
  pcrVelocity: 0.004,
  maxPain: 25_700,
  callWall: 26_000,
  putWall: 25_500,
  straddle: 204.7,
  expectedMove: 174,
  buildupMinutes: 15,
};
const column = {
  time: [1_768_189_560_000],
  open: [1],
  high: [2],
  low: [1],
  close: [2],
  volume: [null],
  openInterest: [null],
};
const gates = Array.from({ length: 18 }, (_, i) => ({
  id: `GATE_${i}_LONG`,
  bias: 'bullish',
  phase: 'MOTHER',
  phaseIndex: 0,
  phases: ['MOTHER', 'INSIDE', 'BREAK'],
  barsLeft: 12,
  inPosition: false,
  regimeAllows: true,
  passed: 2,
  total: 5,
  blocking: 'close > ema(20)',
  detail: 'close 25700.50, ema(20) 25712.25, 11.75 below',
}));

/** A minute of a replay in size and shape, with the instant it was sent at in place of the market's. */
function minuteAt(template: Minute, seq: number, sentAt: number): ServerMessage {
  return { ...template, seq, minute: { ...template.minute, time: sentAt } };
}

type Minute = Extract<ServerMessage, { type: 'replay.minute' }>;

function minuteTemplate(): Minute {
  const minute = { bar: 1, time: 0, regime: 'SIDEWAYS', chain, gates, positions: [], realisedPaise: 0, trades: 0 };
  const told = { index: column, pair: [], decisions: [], trades: [], minute };
  const message = ServerMessage.parse({ v: SOCKET_VERSION, seq: 1, type: 'replay.minute', ...told });
  if (message.type !== 'replay.minute') throw new Error(`expected a minute, found ${message.type}`);
  return message;
}

interface Bench {
  readonly pipes: Set<ClientPipe>;
  readonly metrics: { readonly sent: Counter; readonly trimmed: Counter; readonly cut: Counter };
  readonly port: number;
  readonly close: () => void;
}

async function serve(): Promise<Bench> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const pipes = new Set<ClientPipe>();
  const metrics = { sent: new Counter(), trimmed: new Counter(), cut: new Counter() };
  server.on('connection', (socket: WebSocket) => {
    const pipe = new ClientPipe({ socket, timer: WALL_TIMER, metrics, onCaughtUp: () => undefined });
    pipes.add(pipe);
    socket.on('error', () => undefined);
    socket.once('close', () => {
      pipe.end();
      pipes.delete(pipe);
    });
  });
  return { pipes, metrics, port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function readers(port: number): Promise<ChildProcess> {
  const file = path.join(FOLDER, '.readers.bench.mjs');
  writeFileSync(file, READERS);
  const child = fork(file, [String(port), String(CLIENTS)], { execArgv: [] });
  await once(child, 'message');
  rmSync(file);
  return child;
}

async function deafClient(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.write(
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(socket, 'data');
  socket.pause();
  socket.on('error', () => undefined);
  return socket;
}

/** Says a minute to everybody at an even pace; returns how long each saying took, in ms. */
async function play(pipes: Set<ClientPipe>, template = minuteTemplate()): Promise<number[]> {
  const rounds = (PER_SECOND / CLIENTS) * SECONDS;
  const taken: number[] = [];
  const start = performance.now();
  for (let i = 0; i < rounds; i++) {
    const due = start + (i * 1_000 * CLIENTS) / PER_SECOND;
    while (performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 1));
    const at = performance.now();
    const message = minuteAt(template, i + 1, clock());
    for (const pipe of pipes) pipe.send(message);
    taken.push(performance.now() - at);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  return taken;
}

const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

async function lateness(child: ChildProcess): Promise<number[]> {
  child.send('report');
  const [late] = (await once(child, 'message')) as [number[]];
  return late;
}

const row = (name: string, values: readonly number[], goal?: string): BenchRow => ({
  name,
  unit: 'ms',
  min: Math.min(...values),
  median: quantile(values, 0.5),
  runs: values.length,
  ...(goal === undefined ? {} : { goal }),
});

export async function run(): Promise<BenchRow[]> {
  const bench = await serve();
  const child = await readers(bench.port);
  await play(bench.pipes);
  await lateness(child);
  const figures = {
    p50: [] as number[],
    p99: [] as number[],
    said: [] as number[],
    deafP99: [] as number[],
    deafSaid: [] as number[],
  };
  for (let i = 0; i < RUNS; i++) {
    figures.said.push(quantile(await play(bench.pipes), 0.99));
    const late = await lateness(child);
    if (late.length !== PER_SECOND * SECONDS)
      throw new Error(`expected ${PER_SECOND * SECONDS} messages, found ${late.length}`);
    figures.p50.push(quantile(late, 0.5));
    figures.p99.push(quantile(late, 0.99));
  }
  for (let i = 0; i < RUNS; i++) {
    const deaf = await Promise.all(Array.from({ length: DEAF }, () => deafClient(bench.port)));
    figures.deafSaid.push(quantile(await play(bench.pipes), 0.99));
    figures.deafP99.push(quantile(await lateness(child), 0.99));
    for (const socket of deaf) socket.destroy();
  }
  child.send('end');
  bench.close();
  return [
    row('stream to 50 clients, 5,000 msg/s, p50 from sending to the client', figures.p50),
    row('stream to 50 clients, 5,000 msg/s, p99 from sending to the client', figures.p99, GOAL),
    row('the same beside 5 clients that do not read, p99', figures.deafP99, GOAL),
    row('one minute said to all 50, p99 of what it takes from the speaker', figures.said),
    row('the same beside 5 clients that do not read, p99', figures.deafSaid),
  ];
}
