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
export type {
  AmbiguityBand,
  ExecutionTotals,
  RunResult,
  SessionCoverage,
  VetoCount,
  VolumeSource,
} from './run-result.js';
export type { BacktestProgress, BacktestRequest } from './run/backtest-request.js';
export { runBacktest, type SignalFactory } from './run/run-backtest.js';
