import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { BarColumns, ChainTape, ContractId, IstDate, OptionSeries } from '@sos/domain';
import type { MarketSource, RunResult, Trial } from '@sos/backtester';

import { connectClient, type Client } from './client.js';
import { Partitions } from './copy/partitions.js';
import { contractDays, type ContractDay, type ContractDayQuery } from './coverage/answered-day.js';
import { minuteStates, type ContractMinutes, type MinuteQuery } from './coverage/minute-states.js';
import { optionsOfDay, type OptionDayQuery } from './coverage/options-of-day.js';
import { databaseError } from './database-error.js';
import {
  completedImport,
  importFile,
  type ImportFile,
  type ImportOutcome,
  type ImportTransaction,
} from './imports/import-file.js';
import type { ImportedFile, QuarantinedRow, QuarantineQuery } from './imports/list-imports.js';
import type { CoverageQuery, DatasetSummary, SeriesCoverage } from './market/list-coverage.js';
import type { MarketStat } from './market/market-stat.js';
import {
  readCandles,
  readChains,
  readMarketStats,
  readOptionSeries,
  resolveAlias,
  type CandleQuery,
  type ChainQuery,
  type OptionQuery,
  type StatsQuery,
} from './market/read-store.js';
import { Registry } from './market/registry.js';
import { StoreMarketSource, type MarketSourceOptions } from './market/store-market-source.js';
import { MarketWriter, type WriteTransaction } from './market/write-transaction.js';
import { isCurrentSchema, migrate } from './migrate.js';
import type { RunSummary } from './runs/list-runs.js';
import { saveRun } from './runs/save-run.js';
import {
  countTrials,
  deleteTrials,
  listDeletions,
  listTrials,
  recordTrials,
  type RecordedTrial,
  type TrialCount,
  type TrialDeletion,
  type TrialFilter,
  type TrialScope,
} from './trials/trial-rows.js';

/** How to open a store. */
export interface StoreOptions {
  readonly url: string;
  /** Bring the schema up to date when it is older; true by default. */
  readonly migrate?: boolean;
}

const POOL = 5;

interface OrdinaryClient {
  readonly client: Client;
  readonly db: PostgresJsDatabase;
}

async function openOrdinary(url: string): Promise<OrdinaryClient> {
  const { drizzle } = await import('drizzle-orm/postgres-js');
  const client = connectClient(url, 2);
  return { client, db: drizzle(client) };
}

/** The database as SOS uses it. Every method throws AppError: SOS_DB_UNAVAILABLE when the server is gone, SOS_DATA_FOLDER when its disk is full. */
export class Store {
  readonly #url: string;
  readonly #sql: Client;
  readonly #registry: Registry;
  readonly #partitions: Partitions;
  #ordinary: Promise<OrdinaryClient> | null = null;

  constructor(url: string) {
    this.#url = url;
    this.#sql = connectClient(url, POOL);
    this.#registry = new Registry(this.#sql);
    this.#partitions = new Partitions(this.#sql);
  }

  /** Connects and checks the schema. @throws SOS_DB_NEWER_SCHEMA when a newer SOS wrote it */
  async open(mayMigrate: boolean): Promise<void> {
    const current = await this.#guard(() => isCurrentSchema(this.#sql));
    if (!current && mayMigrate) await migrate(this.#url);
  }

  /** One file, one transaction, one ledger row; see `importFile` of the README. A file that is complete already is skipped. */
  importFile(file: ImportFile, work: (tx: ImportTransaction) => Promise<void>): Promise<ImportOutcome> {
    const tools = { sql: this.#sql, registry: this.#registry, partitions: this.#partitions };
    return this.#guard(() => importFile(tools, file, work));
  }

  /** The counts of a file that was imported completely, or null: ask before reading a large file. */
  importedAlready(file: ImportFile): Promise<ImportOutcome | null> {
    return this.#guard(() => completedImport(this.#sql, file));
  }

  /** Writes outside a file import (simulated market, recorder): all of them or none. */
  transaction<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const tools = { registry: this.#registry, partitions: this.#partitions };
    let result: T[] = [];
    return this.#guard(async () => {
      await this.#sql.begin(async (tx) => {
        result = [await work(new MarketWriter({ tx, ...tools }))];
      });
      return result[0] as T;
    });
  }

  /** Stored bars, oldest first, unknown as NaN; no bars when nothing is stored. */
  readCandles(query: CandleQuery): Promise<BarColumns> {
    return this.#guard(() => readCandles(this.#sql, this.#registry, query));
  }

  /** The chains of a day that have not expired, by ascending expiry. */
  readChains(query: ChainQuery): Promise<ChainTape[]> {
    return this.#guard(() => readChains(this.#sql, query));
  }

  /** Bars when stored, else the quotes out of the chain of its expiry, else null. */
  readOptionSeries(query: OptionQuery): Promise<OptionSeries | null> {
    return this.#guard(() => readOptionSeries(this.#sql, query));
  }

  /** What every source holds of every contract of an underlying, by day, with its last word where it gave one. */
  contractDays(query: ContractDayQuery): Promise<ContractDay[]> {
    return this.#guard(() => contractDays(this.#sql, query));
  }

  /** Which minutes of every contract of an underlying were traded, quoted or merely seen, by day and source. */
  minuteStates(query: MinuteQuery): Promise<ContractMinutes[]> {
    return this.#guard(() => minuteStates(this.#sql, query));
  }

  /** The stored bars of all options of one expiry on one day from one source. */
  optionsOfDay(query: OptionDayQuery): Promise<OptionSeries[]> {
    return this.#guard(() => optionsOfDay(this.#sql, query));
  }

  /** Market stats of a day, oldest first, unknown as null. */
  readMarketStats(query: StatsQuery): Promise<MarketStat[]> {
    return this.#guard(() => readMarketStats(this.#sql, query));
  }

  /** The contract that a vendor's name meant on a day, or null. */
  resolveAlias(vendor: string, alias: string, on: IstDate): Promise<ContractId | null> {
    return this.#guard(() => resolveAlias(this.#sql, [vendor, alias], on));
  }

  /** The stored data as a source of backtests. */
  marketSource(options: MarketSourceOptions): MarketSource {
    const source = new StoreMarketSource(this.#sql, options);
    return {
      sessions: (underlying, from, to) => this.#guard(() => source.sessions(underlying, from, to)),
      day: (underlying, date) => this.#guard(() => source.day(underlying, date)),
      warmUp: (underlying, date, bars) => this.#guard(() => source.warmUp(underlying, date, bars)),
    };
  }

  /** Data sets with the underlyings and days that they have index bars for. */
  datasets(): Promise<DatasetSummary[]> {
    return this.#ordinarily(async (db) => (await import('./market/list-coverage.js')).listDatasets(db));
  }

  /** What is stored of an underlying, by day, series and source. */
  coverage(query: CoverageQuery): Promise<SeriesCoverage[]> {
    return this.#ordinarily(async (db) => (await import('./market/list-coverage.js')).listCoverage(db, query));
  }

  /** The import ledger, latest file first. */
  importedFiles(kind?: string): Promise<ImportedFile[]> {
    return this.#ordinarily(async (db) => (await import('./imports/list-imports.js')).listImports(db, kind));
  }

  /** Rows that importers refused, with the reasons. */
  quarantined(query: QuarantineQuery = {}): Promise<QuarantinedRow[]> {
    return this.#ordinarily(async (db) => (await import('./imports/list-imports.js')).listQuarantine(db, query));
  }

  /** Keeps a finished run, all of it or nothing. @throws SOS_INVARIANT when its id is taken by a run with another ledger */
  saveRun(result: RunResult): Promise<void> {
    return this.#guard(() => saveRun(this.#sql, result));
  }

  /** A complete run as it was saved. @throws SOS_UNKNOWN_RUN with the nearest ids */
  loadRun(runId: string): Promise<RunResult> {
    return this.#ordinarily(async (db) => (await import('./runs/load-run.js')).loadRun(db, runId));
  }

  /** Complete runs, latest first; 50 by default. */
  listRuns({ limit = 50 }: { readonly limit?: number } = {}): Promise<RunSummary[]> {
    return this.#ordinarily(async (db) => (await import('./runs/list-runs.js')).listRuns(db, limit));
  }

  /** Adds trials to the trial ledger; a known configuration on known data is no new trial. @returns how many were new */
  recordTrials(trials: readonly Trial[]): Promise<number> {
    return this.#guard(() => recordTrials(this.#sql, trials));
  }

  /** How many configurations were tried on data that overlap these: what a Sharpe ratio is deflated by. */
  countTrials(scope: TrialScope): Promise<TrialCount> {
    return this.#guard(() => countTrials(this.#sql, scope));
  }

  /** The trial ledger, latest first. */
  trials({ limit = 1000 }: { readonly limit?: number } = {}): Promise<RecordedTrial[]> {
    return this.#guard(() => listTrials(this.#sql, limit));
  }

  /** Deletes trials and leaves a trace. @returns how many there were */
  deleteTrials(filter: TrialFilter = {}): Promise<number> {
    return this.#guard(() => deleteTrials(this.#sql, filter));
  }

  /** The traces of deleted trials, latest first. */
  trialDeletions(): Promise<TrialDeletion[]> {
    return this.#guard(() => listDeletions(this.#sql));
  }

  /** Closes all connections; the server runs on. */
  async close(): Promise<void> {
    const ordinary = await this.#ordinary;
    await Promise.all([this.#sql.end({ timeout: 5 }), ordinary?.client.end({ timeout: 5 })]);
  }

  /** Drizzle has a client of its own (it changes how dates are read and written), and is loaded when first needed. */
  async #ordinarily<T>(work: (db: PostgresJsDatabase) => Promise<T>): Promise<T> {
    return this.#guard(async () => {
      this.#ordinary ??= openOrdinary(this.#url);
      return work((await this.#ordinary).db);
    });
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw databaseError(error, this.#url);
    }
  }
}

/**
 * Opens a store, bringing its schema up to date under an advisory lock.
 * @throws SOS_DB_UNAVAILABLE when the database does not answer, SOS_DB_NEWER_SCHEMA when a newer SOS wrote it
 */
export async function openStore({ url, migrate: mayMigrate = true }: StoreOptions): Promise<Store> {
  const store = new Store(url);
  try {
    await store.open(mayMigrate);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
