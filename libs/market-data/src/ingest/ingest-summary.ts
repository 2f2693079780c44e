import type { AppError } from '@sos/domain';
import type { ImportSummary } from '../importers/import-summary.js';

/** What one provider contributed to a run. */
export interface ProviderShare {
  readonly provider: string;
  /** Where its rows are kept. */
  readonly dataset: string;
  readonly requests: number;
  readonly bars: number;
  /** Contracts that it does not list. */
  readonly notListed: number;
}

/** What an ingestion did; figures as those of an import. */
export interface IngestSummary extends Pick<
  ImportSummary,
  'rowsRead' | 'written' | 'rows' | 'repaired' | 'quarantined' | 'gaps' | 'failures'
> {
  /** Contract-days that were wanted, that were there before, and that are still missing at the end. */
  readonly contractDays: { readonly wanted: number; readonly held: number; readonly missing: number };
  readonly requests: { readonly made: number; readonly failed: number };
  /** In the order of the chain. */
  readonly providers: readonly ProviderShare[];
  /** Why the run ended early: a login that a provider refuses; null when it went to its end. */
  readonly stopped: AppError | null;
}

/** How far an ingestion is. */
export interface IngestProgress {
  /** What is asked for, e.g. `NIFTY13JAN2625700CE 2026-01-05..2026-01-09 (upstox)`. */
  readonly asking: string;
  readonly requestsDone: number;
  /** Known so far: options are planned once the index's path is known. */
  readonly requestsPlanned: number;
  readonly rows: number;
}
