export { ledgerHash, type Ledger } from './hash/ledger-hash.js';
export { checkWarmUp, type WarmUpCheck, type WarmUpDifference, type WarmUpReport } from './honesty/check-warm-up.js';
export {
  logDecisions,
  type DecisionLog,
  type HonestyDay,
  type HonestyFactory,
  type HonestySetup,
} from './honesty/decision-log.js';
export type { Channel as LeakChannel, Filling as LookaheadFilling } from './honesty/filling.js';
export {
  findLookahead,
  type LookaheadFinding,
  type LookaheadOptions,
  type LookaheadReport,
} from './honesty/find-lookahead.js';
export type { MarketSource } from './market-source.js';
export { DayReplay, replayDay, type ReplayEngine, type SessionReplay } from './replay/replay-day.js';
export { ablationRow, type AblationOptions, type AblationRow } from './research/ablation.js';
export {
  monteCarlo,
  type MonteCarloInput,
  type MonteCarloOptions,
  type MonteCarloResult,
  type Spread,
  type StressCell,
} from './research/monte-carlo.js';
export { axisLength, axisValues, parseAxis, type ParameterAxis, type ParameterSet } from './research/parameter-axis.js';
export { planVariants, type SweepDesign, type SweepPlan } from './research/plan-variants.js';
export {
  neighbourhoods,
  plateauMap,
  type PlateauCell,
  type PlateauMap,
  type PlateauPoint,
} from './research/plateau-map.js';
export { runVariants, type VariantRunOptions, type VariantSignals } from './research/run-variants.js';
export {
  scoreSweep,
  sharpeVariance,
  sweepOverfitting,
  type ScoredVariant,
  type SweepOverfitting,
  type SweepScore,
} from './research/score-sweep.js';
export { sweepHash } from './research/sweep-hash.js';
export { trialOfRun, trialsOfVariants, type Trial, type TrialsOfCommand } from './research/trial.js';
export {
  dayReturns,
  metricValue,
  parseSweepMetric,
  sessionSharpe,
  SWEEP_METRICS,
  variantFigures,
  type SweepMetric,
  type VariantFigures,
} from './research/variant-figures.js';
export type { VariantOutcome, VariantResult } from './research/variant-result.js';
export type { Variant, VariantRequest } from './research/variant-run.js';
export {
  walkForward,
  walkForwardFolds,
  type Fold,
  type FoldResult,
  type WalkForwardInput,
  type WalkForwardMetric,
  type WalkForwardPlan,
  type WalkForwardResult,
} from './research/walk-forward.js';
export type {
  AmbiguityBand,
  EntryLiquidity,
  ExecutionTotals,
  RunResult,
  SessionCoverage,
  VetoCount,
  VolumeSource,
} from './run-result.js';
export type { BacktestProgress, BacktestRequest } from './run/backtest-request.js';
export { runBacktest, type SignalFactory } from './run/run-backtest.js';
