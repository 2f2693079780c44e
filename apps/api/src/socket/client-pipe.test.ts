import type { ServerMessage } from '@sos/contracts';
import { Counter } from '../metrics/metric-registry.js';
import type { ReplayTimer } from '../replay/replay-timer.js';
import { ClientPipe, SLOW_CLIENT, type PipeSocket } from './client-pipe.js';

/** A socket whose reader is the test: nothing leaves until it reads. */
class HeldSocket implements PipeSocket {
  bufferedAmount = 0;
  readonly said: ServerMessage[] = [];
  readonly ends: unknown[] = [];
  #written: (() => void)[] = [];

  send(text: string, written: () => void): void {
    this.bufferedAmount += text.length;
    this.said.push(JSON.parse(text) as ServerMessage);
    this.#written.push(written);
  }

  readAll(): void {
    this.bufferedAmount = 0;
    const written = this.#written;
    this.#written = [];
    for (const call of written) call();
  }

  close(code: number, reason: string): void {
    this.ends.push([code, reason]);
  }

  terminate(): void {
    this.ends.push('terminated');
  }
}

class HandTimer implements ReplayTimer {
  readonly #due = new Set<() => void>();

  every(): () => void {
    throw new Error('expected no repeated timer');
  }

  after(_milliseconds: number, run: () => void): () => void {
    this.#due.add(run);
    return () => this.#due.delete(run);
  }

  pass(): void {
    const due = [...this.#due];
    this.#due.clear();
    for (const run of due) run();
  }

  get waiting(): number {
    return this.#due.size;
  }
}

const state = (seq: number): ServerMessage => ({
  v: 2,
  seq,
  type: 'replay.state',
  status: 'playing',
  bar: seq,
  bars: 375,
  speed: 1,
});
const job = (jobId: string, sessionsDone: number): ServerMessage => ({
  v: 2,
  seq: 0,
  type: 'job',
  job: { jobId, state: 'running', sessionsDone, sessionsTotal: 9, date: null, trades: 0, runId: null, message: null },
});
const error = (seq: number): ServerMessage => ({ v: 2, seq, type: 'error', code: 'SOS_INPUT', message: 'x' });

function pipeOf(onCaughtUp: (pipe: ClientPipe) => void = () => undefined) {
  const socket = new HeldSocket();
  const timer = new HandTimer();
  const metrics = { sent: new Counter(), trimmed: new Counter(), cut: new Counter() };
  const limits = { trimAboveBytes: 450, resumeBelowBytes: 50, patienceMs: 10_000 };
  const pipe: ClientPipe = new ClientPipe({ socket, timer, metrics, limits, onCaughtUp: () => onCaughtUp(pipe) });
  return { socket, timer, metrics, pipe };
}

test('a client that does not read holds no more than the limit, and is then told the newest state only', () => {
  const { socket, timer, metrics, pipe } = pipeOf((p) => p.send(state(1_000)));
  for (let seq = 1; seq <= 500; seq++) pipe.send(state(seq));
  for (let done = 1; done <= 5; done++) for (const id of ['a', 'b']) pipe.send(job(id, done));
  pipe.send(error(501));
  const held = socket.said.length;
  expect(held).toBeLessThan(8);
  expect(metrics.trimmed.samples('n')).toEqual([`n ${500 - held + 10 + 1}`]);
  socket.readAll();
  expect(socket.said.slice(held)).toEqual([state(1_000), error(0), job('a', 5), job('b', 5)]);
  expect(timer.waiting).toBe(0);
  socket.readAll();
  pipe.send(state(1_001));
  expect(socket.said.at(-1)).toEqual(state(1_001));
  expect(socket.ends).toEqual([]);
});

test('a client that stays behind is cut with a reason, then without one', () => {
  const { socket, timer, metrics, pipe } = pipeOf();
  for (let seq = 1; seq <= 10; seq++) pipe.send(state(seq));
  const held = socket.said.length;
  timer.pass();
  expect(socket.ends).toEqual([[SLOW_CLIENT, `slow client: ${10 - held} messages were not read in 10000 ms`]]);
  timer.pass();
  expect(socket.ends.at(-1)).toBe('terminated');
  expect(metrics.cut.samples('n')).toEqual(['n{reason="slow"} 1']);
  pipe.send(state(11));
  socket.readAll();
  expect(socket.said).toHaveLength(held);
});

test('a client that went away costs nothing more', () => {
  const { socket, timer, pipe } = pipeOf();
  for (let seq = 1; seq <= 10; seq++) pipe.send(state(seq));
  const held = socket.said.length;
  pipe.end();
  socket.readAll();
  pipe.send(state(12));
  expect([socket.said.length, timer.waiting, socket.ends]).toEqual([held, 0, []]);
});
