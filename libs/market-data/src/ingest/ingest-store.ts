import type { BarColumns, Contract, ContractId, IstDate, OptionSeries, SeriesSource, Underlying } from '@sos/domain';
import type { ImportTransaction, ImportUnit } from '../importers/import-sink.js';

/** Where rows of a provider are kept: how trustworthy they are, and the data set of their own. */
export interface RowOrigin {
  readonly source: SeriesSource;
  readonly dataset: string;
}

/** A source's last word on a contract's day: `complete` = what it did not send did not happen; `not-listed` = it knows no such contract. */
export type DayAnswer = 'complete' | 'not-listed';

/** What one source holds of one contract on one day; `answer` null = it may still have more. */
export interface HeldDay extends RowOrigin {
  readonly contract: ContractId;
  readonly day: IstDate;
  readonly bars: number;
  readonly answer: DayAnswer | null;
}

/** A contract's day on which a provider has had its last word. */
export interface AnsweredContractDay {
  readonly contract: Contract;
  readonly day: IstDate;
  readonly answer: DayAnswer;
}

/** The writes of one answer of a provider. */
export interface IngestTransaction extends ImportTransaction {
  /** Keeps the last words of the answer, with its rows or not at all. */
  answered(days: readonly AnsweredContractDay[], origin: RowOrigin): Promise<void>;
}

/** What ingestion needs of a store: the coverage map, the index's path, option bars, and a transaction per answer. */
export interface IngestStore {
  /** What every source holds of every contract of an underlying on days from `from` to `to`, both included. */
  held(query: { underlying: Underlying; from: IstDate; to: IstDate }): Promise<readonly HeldDay[]>;
  /** Stored bars of a contract on a day from one source, oldest first. */
  bars(contract: Contract, day: IstDate, origin: RowOrigin): Promise<BarColumns>;
  /** Stored bars of all options of an expiry on a day from one source. */
  optionBars(query: RowOrigin & { underlying: Underlying; expiry: IstDate; date: IstDate }): Promise<OptionSeries[]>;
  /** Runs `work` in one transaction with a line of the ledger; a unit that is complete already is not written again. */
  ingestUnit(unit: ImportUnit, work: (transaction: IngestTransaction) => Promise<void>): Promise<void>;
}
