export { SPLIT_DIMENSIONS, type SplitDimension, type SplitTrade } from './breakdown/split-dimension.js';
export {
  splitTrades,
  type IntervalMetric,
  type SplitCell,
  type SplitOptions,
  type TradeSplit,
} from './breakdown/split-trades.js';
export {
  compareTrades,
  type ChangedTrade,
  type TradeChange,
  type TradeComparison,
  type TradeField,
} from './comparison/compare-trades.js';
export { consolidate, type Consolidated, type ConsolidatedRow } from './consolidated/consolidate.js';
export { breakEvenSpread, type BreakEvenSpread } from './costs/break-even-spread.js';
export { capacities, type Capacity, type CapacityEntry } from './costs/capacity.js';
export { costWaterfalls, type CostWaterfall } from './costs/cost-waterfall.js';
export type { DecisionQuote, QuotedLeg, QuotedTrade } from './costs/quoted-trade.js';
export { quotedTrades, type DecidedFill, type TradeOfOrders } from './costs/quoted-trades.js';
export { ambiguityBands, type BandedTrade, type GateAmbiguity } from './intrabar/ambiguity-band.js';
export { metricOf, noMetric, type Metric } from './metric.js';
export {
  backtestOverfitting,
  type OverfittingResult,
  type PerformanceMeasure,
} from './overfitting/backtest-overfitting.js';
export {
  deflatedSharpe,
  effectiveTrials,
  expectedMaximum,
  luckySharpe,
  minimumBacktestYears,
  minimumBacktestYearsBound,
  type TrialSet,
} from './overfitting/deflated-sharpe.js';
export { minimumTrackRecord, probabilisticSharpe, type SharpeEstimate } from './overfitting/probabilistic-sharpe.js';
export {
  NORMAL_MOMENTS,
  sharpeStandardError,
  sharpeStandardErrorNormal,
  sharpeVarianceFactor,
  type ReturnMoments,
} from './overfitting/return-moments.js';
export { buildReport, REPORT_CONVENTIONS, type Report, type ReportHashes } from './report/build-report.js';
export type { Deflation } from './report/deflation.js';
export type { FillQuality } from './report/fill-quality.js';
export type { GateCosts, ReportCosts } from './report/gate-costs.js';
export type { GateRow, RefusalCount } from './report/gate-row.js';
export type { MoneyTotals } from './report/money-totals.js';
export { provenanceOf, sourceLabel, type Provenance, type ProvenanceRow } from './report/provenance.js';
export type {
  ReportAmbiguity,
  ReportContext,
  ReportCoverage,
  ReportExecution,
  ReportInput,
  ReportLiquidity,
  ReportTrials,
  ReportVeto,
} from './report/report-input.js';
export { reportSplits } from './report/report-splits.js';
export { dailyFigures, type DailyFigures, type RunTotals } from './report/run-totals.js';
export { dayBootstrap, type BootstrapInterval, type DayBootstrapOptions } from './resampling/day-bootstrap.js';
export { dailyResults, type DayResult, type RealisedResult } from './returns/daily-returns.js';
export { absoluteDrawdown, relativeDrawdown, underwaterCurve, type Drawdown } from './returns/drawdown.js';
export {
  cagr,
  calmar,
  omega,
  SESSIONS_PER_YEAR,
  sharpe,
  sortino,
  ulcerIndex,
  ulcerPerformance,
  volatility,
  type RatioOptions,
} from './returns/performance.js';
export { tailRisk, type TailRisk } from './returns/tail-risk.js';
export {
  mean,
  quantileOfSorted,
  rawKurtosis,
  sampleExcessKurtosis,
  sampleSkewness,
  skewness,
  standardDeviation,
} from './statistics/moments.js';
export { normalCdf, normalPdf, normalQuantile } from './statistics/normal.js';
export { PRNG_NAME, xoshiro128, xoshiro128FromState, type RandomSource } from './statistics/random.js';
export { wilsonInterval, type Interval } from './statistics/wilson.js';
export { tearSheet, type TearSheetInput } from './tear-sheet/tear-sheet.js';
export { excursionStatistics, type Excursion, type ExcursionStatistics } from './trades/excursions.js';
export {
  kellyFraction,
  SQN_MIN_TRADES,
  systemQualityNumber,
  tradeStatistics,
  type TradeStatistics,
} from './trades/trade-statistics.js';
