import { once } from 'node:events';
import type { JobView } from '@sos/contracts';
import { SocketClient } from '../fixtures/socket-client.js';
import { testServer } from '../fixtures/test-server.js';
import { JobDesk } from '../jobs/job-desk.js';
import type { WorkerReport } from '../jobs/worker-message.js';
import { stopOnSignal } from './stop-gracefully.js';

const FORM = {
  symbols: ['NIFTY' as const],
  from: '2026-01-12',
  to: '2026-01-12',
  gates: [],
  source: 'simulated' as const,
  capitalRupees: 500_000,
  seed: 1,
};
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };

test('clients are told with 1001, and nobody is let in any more', async () => {
  const app = await testServer();
  const client = await SocketClient.connect(app);
  const closed = once(client.socket, 'close') as Promise<[number, Buffer]>;
  const ended = app.close();
  const [code, reason] = await closed;
  expect([code, reason.toString()]).toEqual([1001, 'the server is stopping']);
  await ended;
  expect(app.server.listening).toBe(false);
});

test('a running job is cancelled, said so, and no other is begun', async () => {
  let isCancelled = false;
  const desk = new JobDesk(() => () => {
    isCancelled = true;
  });
  const heard: JobView['state'][] = [];
  desk.follow((job) => heard.push(job.state));
  const { jobId } = desk.begin(FORM);
  await desk.close(10);
  expect([isCancelled, heard, desk.job(jobId)?.state, desk.counts().cancelled]).toEqual([
    true,
    ['running', 'cancelled'],
    'cancelled',
    1,
  ]);
  expect(() => desk.begin(FORM)).toThrow('found one that is stopping');
});

test('a job that ends in time is waited for', async () => {
  let say: (report: WorkerReport) => void = () => undefined;
  const desk = new JobDesk((_form, onReport) => {
    say = onReport;
    return () => {
      throw new Error('expected no cancelling');
    };
  });
  const { jobId } = desk.begin(FORM);
  const ended = desk.close(60_000);
  say({ kind: 'done', runId: 'r1', trades: 1 });
  await ended;
  expect(desk.job(jobId)).toMatchObject({ state: 'done', runId: 'r1' });
});

describe('a signal', () => {
  const exits = (): { codes: number[]; exit: (code: number) => void } => {
    const codes: number[] = [];
    return { codes, exit: (code) => codes.push(code) };
  };

  test('ends with 0 when everything ended', async () => {
    const { codes, exit } = exits();
    stopOnSignal({ close: async () => undefined, exit, logger, withinMs: 5_000 })('SIGTERM');
    await new Promise(setImmediate);
    expect(codes).toEqual([0]);
  });

  test('ends with 1 when something failed', async () => {
    const { codes, exit } = exits();
    stopOnSignal({ close: () => Promise.reject(new Error('no')), exit, logger, withinMs: 5_000 })('SIGTERM');
    await new Promise(setImmediate);
    expect(codes).toEqual([1]);
  });

  test('ends in time whatever is left, and at once when it comes again', async () => {
    const { codes, exit } = exits();
    const stop = stopOnSignal({ close: () => new Promise(() => undefined), exit, logger, withinMs: 20 });
    stop('SIGINT');
    stop('SIGINT');
    expect(codes).toEqual([130]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(codes).toEqual([130, 1]);
  });
});
