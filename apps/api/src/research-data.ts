import type { MarketSource, RunResult } from '@sos/backtester';
import type { IstDate, Paise, SeriesSource, Underlying } from '@sos/domain';
import type { DatasetSummary, ImportedFile, QuarantinedRow, SeriesCoverage } from '@sos/store';

/** One line of the list of runs, as the store keeps it. */
export interface StoredRun {
  readonly runId: string;
  readonly from: IstDate;
  readonly to: IstDate;
  readonly underlyings: readonly Underlying[];
  readonly source: SeriesSource;
  readonly trades: number;
  readonly net: Paise;
  readonly ledgerHash: string;
}

/** Which days of an underlying. */
export interface CoverageRange {
  readonly underlying: Underlying;
  readonly from: IstDate;
  readonly to: IstDate;
}

/** What the server reads: implemented by the store, or by a test. */
export interface ResearchData {
  listRuns(): Promise<readonly StoredRun[]>;
  loadRun(runId: string): Promise<RunResult>;
  /** Stored days: `imported`, or the name of a data set. */
  stored(filter: string): MarketSource;
  datasets(): Promise<readonly DatasetSummary[]>;
  coverage(range: CoverageRange): Promise<readonly SeriesCoverage[]>;
  importedFiles(): Promise<readonly ImportedFile[]>;
  quarantined(): Promise<readonly QuarantinedRow[]>;
}
