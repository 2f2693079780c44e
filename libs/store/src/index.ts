export type { Answer, AnsweredDay, ContractDay, ContractDayQuery } from './coverage/answered-day.js';
export type { ContractMinutes, MinuteQuery } from './coverage/minute-states.js';
export type { OptionDayQuery } from './coverage/options-of-day.js';
export type { DataSource, SourceFilter } from './data-source.js';
export { maskUrl } from './embedded/database-url.js';
export { databaseStatus, type DatabaseStatus } from './embedded/database-status.js';
export { ensureDatabase, type DatabaseOptions, type RunningDatabase } from './embedded/ensure-database.js';
export { stopDatabase } from './embedded/stop-database.js';
export type { ImportFile, ImportOutcome, ImportTally, ImportTransaction, RefusedRow } from './imports/import-file.js';
export type { ImportedFile, QuarantinedRow, QuarantineQuery } from './imports/list-imports.js';
export type { CoverageQuery, DatasetSummary, SeriesCoverage } from './market/list-coverage.js';
export type { MarketStat } from './market/market-stat.js';
export type { CandleQuery, ChainQuery, OptionQuery, StatsQuery } from './market/read-store.js';
export type { MarketSourceOptions } from './market/store-market-source.js';
export type { WriteCount } from './market/write-count.js';
export type { CandleOrigin, InstrumentAlias, WriteTransaction } from './market/write-transaction.js';
export { migrate, type MigrationOutcome } from './migrate.js';
export { QUALITY } from './quality.js';
export {
  openResearchQueue,
  type ResearchQueue,
  type ResearchShard,
  type ShardResult,
  type SweepProgress,
  type TakenShard,
} from './queue/research-queue.js';
export type { RunSummary } from './runs/list-runs.js';
export { openStore, type Store, type StoreOptions } from './store.js';
export type { RecordedTrial, TrialCount, TrialDeletion, TrialFilter, TrialScope } from './trials/trial-rows.js';
