import { randomUUID } from 'node:crypto';
import type { BacktestForm, JobView } from '@sos/contracts';
import { AppError } from '@sos/domain';
import type { WorkerReport } from './worker-message.js';

/** Starts the work of a form; returns how to end it early. */
export type StartJob = (form: BacktestForm, onReport: (report: WorkerReport) => void) => () => void;

const KEPT_JOBS = 50;

/** Backtests asked for by forms: one at a time, each with its progress. */
export class JobDesk {
  readonly #start: StartJob;
  readonly #jobs = new Map<string, JobView>();
  readonly #listeners = new Set<(job: JobView) => void>();
  #cancel: (() => void) | null = null;
  #isClosed = false;

  constructor(start: StartJob) {
    this.#start = start;
  }

  /** @throws SOS_INPUT while another backtest runs */
  begin(form: BacktestForm): JobView {
    if (this.#isClosed) throw new AppError('SOS_INPUT', 'expected a running server, found one that is stopping');
    if (this.#cancel !== null)
      throw new AppError('SOS_INPUT', 'expected no other backtest to run, found one: wait for it to finish');
    const job: JobView = {
      jobId: randomUUID(),
      state: 'running',
      sessionsDone: 0,
      sessionsTotal: 0,
      date: null,
      trades: 0,
      runId: null,
      message: null,
    };
    this.#keep(job);
    this.#cancel = this.#start(form, (report) => this.#hear(job.jobId, report));
    return job;
  }

  job(jobId: string): JobView | null {
    return this.#jobs.get(jobId) ?? null;
  }

  /** Follows all jobs; returns how to stop. */
  follow(listener: (job: JobView) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Jobs of this server by their state. */
  counts(): Readonly<Record<JobView['state'], number>> {
    const counts = { running: 0, done: 0, failed: 0, cancelled: 0 };
    for (const { state } of this.#jobs.values()) counts[state] += 1;
    return counts;
  }

  /** Takes no more jobs, waits for the running one, and cancels it when it does not end in time. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    if (this.#cancel !== null && graceMs > 0) await this.#endOfJob(graceMs);
    const cancel = this.#cancel;
    this.#cancel = null;
    if (cancel === null) return;
    cancel();
    const message = 'expected the backtest to finish, found that the server was stopped: start it again';
    for (const job of this.#jobs.values())
      if (job.state === 'running') this.#keep({ ...job, state: 'cancelled', message });
  }

  #endOfJob(graceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const over = (): void => {
        clearTimeout(handle);
        stop();
        resolve();
      };
      const handle = setTimeout(over, graceMs);
      const stop = this.follow((job) => {
        if (job.state !== 'running') over();
      });
    });
  }

  #hear(jobId: string, report: WorkerReport): void {
    const before = this.#jobs.get(jobId);
    if (before === undefined || before.state !== 'running') return;
    if (report.kind !== 'progress') this.#cancel = null;
    this.#keep(moved(before, report));
  }

  #keep(job: JobView): void {
    this.#jobs.set(job.jobId, job);
    const oldest = this.#jobs.keys().next();
    if (this.#jobs.size > KEPT_JOBS && !oldest.done) this.#jobs.delete(oldest.value);
    for (const listener of this.#listeners) listener(job);
  }
}

function moved(job: JobView, report: WorkerReport): JobView {
  switch (report.kind) {
    case 'progress': {
      const { sessionsDone, sessionsTotal, date, trades } = report;
      return { ...job, sessionsDone, sessionsTotal, date, trades };
    }
    case 'done':
      return { ...job, state: 'done', runId: report.runId, trades: report.trades };
    case 'failed':
      return { ...job, state: 'failed', message: report.message };
  }
}
