import type { MarketSource, RunResult } from '@sos/backtester';
import type { IstDate, Paise, SeriesSource, Underlying } from '@sos/domain';

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

/** What the server reads: implemented by the store, or by a test. */
export interface ResearchData {
  listRuns(): Promise<readonly StoredRun[]>;
  loadRun(runId: string): Promise<RunResult>;
  market(): MarketSource;
}
