import type { ImportBatch } from '../importers/importer.js';

/** Pieces of a day that hold rows: what a recorder writes. */
export type RecordBatch = Extract<ImportBatch, { readonly type: 'candles' | 'option-series' | 'chains' }>;

/** Where a recorder writes to: the store, or a test. */
export interface RecordSink {
  /** Writes all of them or none; a row of the same contract, data set and time is replaced. */
  write(batches: readonly RecordBatch[], dataset: string): Promise<void>;
}
