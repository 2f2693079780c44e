import type { ChainTape, EpochMs, OptionSeries } from '@sos/domain';
import type { RepairReason, Tally } from './faults.js';
import type { CandleBatch, MarketStats, QuarantinedRows } from './import-sink.js';

/** The kinds of recorded data that can be imported. */
export const IMPORT_KINDS = [
  'index-bars',
  'nse-chain',
  'upstox-ticks',
  'upstox-frames',
  'mongo-snapshots',
  'trendlyne-oi',
  'files',
] as const;

/** What a folder of recorded data holds. */
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** A stretch of a session with nothing recorded: from the last thing known before it to the first after it. */
export interface ImportGap {
  /** What is missing, e.g. `NIFTY` or `NIFTY chain`. */
  readonly series: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** What an importer hands on, piece by piece. */
export type ImportBatch =
  | ({ readonly type: 'candles' } & CandleBatch)
  | { readonly type: 'option-series'; readonly series: readonly OptionSeries[] }
  | { readonly type: 'chains'; readonly tapes: readonly ChainTape[]; readonly rows: number }
  | { readonly type: 'stats'; readonly file: string; readonly stats: MarketStats }
  | { readonly type: 'quarantine'; readonly rows: readonly QuarantinedRows[] }
  | { readonly type: 'read'; readonly rows: number; readonly repairs: Tally<RepairReason> }
  | { readonly type: 'gaps'; readonly gaps: readonly ImportGap[] };

/** A unit of work before it is hashed: the files that are written together. */
export interface ImportFile {
  /** Stable name below the dataset. */
  readonly name: string;
  readonly variant: string;
  /** Absolute paths, in the order of reading. */
  readonly paths: readonly string[];
}

/** What a caller may tell an importer. */
export interface ImportOptions {
  /** Path of an instrument master that names the vendor's instrument keys (`upstox-ticks`, `mongo-snapshots`). */
  readonly master?: string | undefined;
  /** Underlying of data that names none (`nse-chain` tables saved from the web). */
  readonly underlying?: string | undefined;
  /** Expiry (YYYY-MM-DD) of data that names none. */
  readonly expiry?: string | undefined;
  /** Path of the mapping that names the columns (`files`); default: `sos-mapping.json` beside the data. */
  readonly mapping?: string | undefined;
}

/** What an importer is given while it reads. */
export interface ImportContext {
  readonly options: ImportOptions;
  /** Told the bytes of input consumed since the last call. */
  onBytes(bytes: number): void;
}

/** One kind of recorded data: finds its files, tells their variants apart, reads them into domain shapes. */
export interface Importer {
  readonly kind: ImportKind;
  readonly describe: string;
  /** Raised when the rules change, so that files count as new. */
  readonly revision: number;
  /** How names of the files end that could be of this kind. */
  readonly endings: readonly string[];
  /** The variant of the first file that this importer can read, or null when it can read none. */
  detect(path: string, options?: ImportOptions): Promise<string | null>;
  /** The units of work below a path, in a fixed order. */
  files(path: string, options?: ImportOptions): Promise<ImportFile[]>;
  /** Files outside a unit that decide what is written (an instrument master): part of its hash. */
  references?(file: ImportFile, options: ImportOptions): Promise<readonly string[]>;
  /** Reads one unit. @throws SOS_DATA_CORRUPT with `context.file` for a file that cannot be read to its end */
  read(file: ImportFile, context: ImportContext): AsyncIterable<ImportBatch>;
}
