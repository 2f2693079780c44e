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

  constructor(start: StartJob) {
    this.#start = start;
  }

  /** @throws SOS_INPUT while another backtest runs */
  begin(form: BacktestForm): JobView {
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

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #hear(jobId: string, report: WorkerReport): void {
    const before = this.#jobs.get(jobId);
    if (before === undefined) return;
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
