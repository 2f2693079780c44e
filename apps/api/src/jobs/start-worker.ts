import { fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartJob } from './job-desk.js';
import type { WorkerOrder, WorkerReport } from './worker-message.js';

const HERE = fileURLToPath(import.meta.url);
// Beside this file, and of its kind: compiled, or a source under a loader.
const WORKER = path.join(path.dirname(HERE), `backtest-worker${path.extname(HERE)}`);

/** Runs backtests in a process of their own, so that the server answers while they compute. */
export function workerStarter(places: Omit<WorkerOrder, 'form'>): StartJob {
  return (form, onReport) => {
    const child = fork(WORKER, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    let isOver = false;
    child.on('message', (report: WorkerReport) => {
      isOver ||= report.kind !== 'progress';
      onReport(report);
    });
    child.once('exit', () => {
      if (!isOver)
        onReport({ kind: 'failed', message: 'expected the backtest to finish, found that its process ended' });
    });
    child.once('error', () => undefined);
    child.send({ form, ...places } satisfies WorkerOrder);
    return () => child.kill();
  };
}
