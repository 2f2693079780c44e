import type { BacktestForm } from '@sos/contracts';

/** What a worker is told: one job, then it ends. */
export interface WorkerOrder {
  readonly form: BacktestForm;
  readonly databaseUrl: string;
  readonly strategiesDir: string;
}

/** What a worker says. */
export type WorkerReport =
  | {
      readonly kind: 'progress';
      readonly sessionsDone: number;
      readonly sessionsTotal: number;
      readonly date: string;
      readonly trades: number;
    }
  | { readonly kind: 'done'; readonly runId: string; readonly trades: number }
  | { readonly kind: 'failed'; readonly message: string };
