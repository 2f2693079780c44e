export type { MarketSource } from './market-source.js';
export { DayReplay, replayDay, type ReplayEngine, type SessionReplay } from './replay/replay-day.js';
export type { AmbiguityBand, RunResult, SessionCoverage, VetoCount, VolumeSource } from './run-result.js';
export type { BacktestProgress, BacktestRequest } from './run/backtest-request.js';
export { runBacktest, type SignalFactory } from './run/run-backtest.js';
