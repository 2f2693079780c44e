export type { MarketSource } from './market-source.js';
export type { AmbiguityBand, RunResult, SessionCoverage, VetoCount, VolumeSource } from './run-result.js';
