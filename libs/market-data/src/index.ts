export {
  QUARANTINE_REASONS,
  REPAIR_REASONS,
  type QuarantineReason,
  type RepairReason,
  type Tally,
} from './importers/faults.js';
export type {
  CandleBatch,
  ImportSink,
  ImportTransaction,
  ImportUnit,
  MarketStats,
  QuarantinedRows,
  WriteCount,
} from './importers/import-sink.js';
export type { ImportSummary } from './importers/import-summary.js';
export {
  IMPORT_KINDS,
  type ImportBatch,
  type ImportContext,
  type Importer,
  type ImportFile,
  type ImportGap,
  type ImportKind,
  type ImportOptions,
} from './importers/importer.js';
export { importerFor, importers, kindsOf } from './importers/importers.js';
export { MemorySink } from './importers/memory-sink.js';
export { barsOfSnapshots, type Snapshots } from './importers/parity/bars-of-snapshots.js';
export { forwardOfPairs } from './importers/parity/forward-of-pairs.js';
export { underlyingOfChains } from './importers/parity/underlying-of-chains.js';
export { runImport, type ImportProgress, type ImportRequest } from './importers/run-import.js';
export { chainOfTicks, type FoldedOption } from './importers/feed/chain-of-ticks.js';
export { seriesOfMinutes } from './importers/feed/series-of-minutes.js';
export { TickFolder, type MinuteColumns } from './importers/feed/tick-folder.js';
export { readTick, type Tick } from './importers/feed/tick-message.js';
export { underlyingOfTicks } from './importers/feed/underlying-of-ticks.js';
export { chainOfCandles, type ChainInput } from './ingest/chain-of-candles.js';
export {
  classifyMinutes,
  countClasses,
  MINUTE_CLASSES,
  noMinutes,
  type ClassCounts,
  type MinuteClass,
  type MinuteQuestion,
  type SeenMinutes,
} from './ingest/coverage/minute-class.js';
export { universeOf, type UniverseRequest } from './ingest/coverage/run-universe.js';
export type { IngestSource } from './ingest/ingest-source.js';
export type {
  AnsweredContractDay,
  DayAnswer,
  HeldDay,
  IngestStore,
  IngestTransaction,
  RowOrigin,
} from './ingest/ingest-store.js';
export type { IngestProgress, IngestSummary, ProviderShare } from './ingest/ingest-summary.js';
export type { Need } from './ingest/provider-chain.js';
export { runIngest, type IngestRequest } from './ingest/run-ingest.js';
export { checkSettings, type CheckedSettings, type SettingsFault } from './ingest/settings/check-settings.js';
export { PROVIDER_IDS, type DataSettings, type ProviderId } from './ingest/settings/settings-schema.js';
export { createSimulatedProvider, type SimulatedProviderOptions } from './ingest/simulated-provider.js';
export type { BridgeWarning } from './providers/data-bridge/bridge-feed.js';
export type { BridgeBar } from './providers/data-bridge/bridge-messages.js';
export {
  bridgeBars,
  createDataBridgeServer,
  type DataBridgeServer,
  type DataBridgeServerOptions,
} from './providers/data-bridge/bridge-server.js';
export {
  createDataBridgeProvider,
  type DataBridgeProviderOptions,
} from './providers/data-bridge/data-bridge-provider.js';
export type { FeedMode, FeedOptions, FeedState, LiveFeed, LiveTicks } from './providers/feed/live-feed.js';
export {
  DEPTH_LEVELS,
  makeTickColumns,
  tickParts,
  type TickColumns,
  type TickPart,
} from './providers/feed/tick-columns.js';
export type { RateWindow } from './providers/http/rate-limiter.js';
export type {
  BuildupInterval,
  BuildupRequest,
  IndexQuote,
  MarketBreadth,
  MarketSurvey,
  OpenInterestRequest,
  OpenInterestSnapshot,
} from './providers/market-survey.js';
export { NseConfig, type NseConfigInput } from './providers/nse/nse-config.js';
export { createNseProvider, type NseProvider, type NseProviderOptions } from './providers/nse/nse-provider.js';
export type {
  CandleRequest,
  LastQuote,
  ProvidedCandles,
  Provider,
  ProviderCapabilities,
  ProviderSession,
  PublishedHoliday,
} from './providers/provider.js';
export { nodeRuntime, type ProviderRuntime } from './providers/runtime.js';
export { Secret, redact } from './providers/secret.js';
export { TRADINGVIEW_SOCKET } from './providers/tradingview/tradingview-config.js';
export {
  createTradingViewProvider,
  type TradingViewProviderOptions,
} from './providers/tradingview/tradingview-provider.js';
export { TrendlyneConfig, type TrendlyneConfigInput } from './providers/trendlyne/trendlyne-config.js';
export {
  createTrendlyneProvider,
  type TrendlyneProvider,
  type TrendlyneProviderOptions,
} from './providers/trendlyne/trendlyne-provider.js';
export { readTokenFile, saveTokenFile, tokenExpiry } from './providers/upstox/access-token.js';
export { FrameDecoder, type FeedFrame, type FrameKind } from './providers/upstox/feed/frame-decoder.js';
export { KeyTable } from './providers/upstox/feed/key-table.js';
export type { MarketInfo, SegmentStatus, SessionStatus } from './providers/upstox/feed/market-info.js';
export {
  awaitUpstoxLogin,
  exchangeUpstoxCode,
  loginCodeOf,
  upstoxLoginUrl,
  type LoginCallback,
  type UpstoxApp,
} from './providers/upstox/login.js';
export { UPSTOX_HOSTS, type UpstoxHosts } from './providers/upstox/upstox-config.js';
export { createUpstoxProvider, type UpstoxProviderOptions } from './providers/upstox/upstox-provider.js';
export type { RecordBatch, RecordSink } from './recorder/record-sink.js';
export {
  RECORDER_ALARMS,
  type EarlierRecording,
  type RecorderAlarm,
  type RecorderEvent,
  type RecordingReport,
} from './recorder/recorder-events.js';
export { recordedMessages, type RecordedMessage, type RecordedMessages } from './recorder/recorded-messages.js';
export { startRecording, type RecorderOptions, type Recording } from './recorder/recorder.js';
export { strikeBand, type StrikeBand } from './recorder/strike-band.js';
export { modelPremiums, type ModelPremiumsInput } from './simulated/model-premiums.js';
export { createModelledMarket, type ModelledMarketOptions } from './simulated/modelled-market.js';
export type { ChainExtent } from './simulated/premium-model.js';
export { createSimulatedMarket, type SimulatedMarketOptions } from './simulated/simulated-market.js';
