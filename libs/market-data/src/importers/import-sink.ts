import type { BarColumns, ChainTape, Contract, OptionSeries, SeriesSource, Underlying } from '@sos/domain';
import type { QuarantineReason } from './faults.js';

/** What is written at once or not at all: one file, or the files of one session that only make sense together. */
export interface ImportUnit {
  readonly kind: string;
  /** Stable name below the dataset, e.g. `index-1m-2021-2023/2021 FEB NIFTY.txt`. */
  readonly name: string;
  /** Bytes of all its files. */
  readonly size: number;
  /** SHA-256 (hex) over the names and contents of its files and the importer's options. */
  readonly sha256: string;
  /** Revision of the importer: a change of its rules makes files new again. */
  readonly revision: number;
}

/** Rows kept out, with where and why; `rows` > 1 where a whole page was refused. */
export interface QuarantinedRows {
  readonly file: string;
  /** 1-based line of a text file, null for other formats. */
  readonly line: number | null;
  readonly reason: QuarantineReason;
  readonly rows: number;
  /** The row as found, shortened. */
  readonly sample: string;
}

/** Bars of one contract. `minutes` is the length of a bar; `repaired[i]` = 1 where row `i` was mended. */
export interface CandleBatch {
  readonly contract: Contract;
  readonly minutes: number;
  readonly bars: BarColumns;
  readonly source: SeriesSource;
  readonly repaired: Uint8Array | null;
}

/**
 * Statistics of an underlying as a vendor printed them, points in time, ascending. `pcr` is the vendor's put-call ratio over strikes that it does not
 * name: not comparable with one of a named band. `spot` in rupees. `time` epoch ms as printed.
 */
export interface MarketStats {
  readonly underlying: Underlying;
  readonly length: number;
  readonly time: Float64Array;
  readonly pcr: Float64Array;
  readonly spot: Float64Array;
}

/** Rows as the sink found them: new, different from what was there, or the same. */
export interface WriteCount {
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** Writes of one unit. Every write replaces rows of the same contract, dataset and time, so that a second import changes nothing. */
export interface ImportTransaction {
  /** Writes bars of one contract. */
  candles(batch: CandleBatch, dataset: string): Promise<WriteCount>;
  /** Writes option bars or quotes. */
  optionSeries(series: readonly OptionSeries[], dataset: string): Promise<WriteCount>;
  /** Writes snapshots of option chains. */
  chains(tapes: readonly ChainTape[], dataset: string): Promise<WriteCount>;
  /** Where the sink has a place for them; without it they are quarantined with reason `no-place`. */
  marketStats?(stats: MarketStats, dataset: string): Promise<WriteCount>;
  /** Keeps rows that were refused, with the reason. */
  quarantine(rows: QuarantinedRows): Promise<void>;
  /** Adds to the figures of the import. */
  count(add: { readonly read: number; readonly repaired: number; readonly gaps: number }): void;
}

/** Where imports go: the store, or a test. */
export interface ImportSink {
  /** True when a unit of the same kind, name, hash and revision is already there. */
  isImported(unit: ImportUnit): Promise<boolean>;
  /** Runs `work` in one transaction: when it throws, or the process dies, nothing of the unit stays. */
  importUnit(unit: ImportUnit, work: (transaction: ImportTransaction) => Promise<void>): Promise<void>;
}
