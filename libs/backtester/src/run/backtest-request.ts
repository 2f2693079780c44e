import { AppError, type EpochMs, type IstDate, type Underlying } from '@sos/domain';
import type { EngineConfig, MarketRules } from '@sos/engine';

/** What a backtest runs over. */
export interface BacktestRequest {
  readonly underlyings: readonly Underlying[];
  readonly from: IstDate;
  readonly to: IstDate;
  readonly config: EngineConfig;
  /** The law of the market; normally `rulebookRules()`. */
  readonly rules: MarketRules;
  /** Text or hash of the full gate definitions: part of the configuration hash. */
  readonly gatesText: string;
  /** When the run was started: the core has no clock. Part of the run id only. */
  readonly startedAt: EpochMs;
  /** Index bars of earlier sessions that warm the indicators up; default 2 sessions. */
  readonly warmUpBars?: number;
  /** Minutes up to which a chain counts as fresh in the coverage; default 5. */
  readonly chainFreshMinutes?: number;
  /** Called after each day. */
  readonly onProgress?: (progress: BacktestProgress) => void;
}

/** How far a backtest has come. */
export interface BacktestProgress {
  readonly date: IstDate;
  readonly sessionsDone: number;
  readonly sessionsTotal: number;
  readonly trades: number;
}

/** @throws SOS_INPUT for no or repeated underlyings, SOS_DATE_RANGE for a reversed range */
export function checkRequest({ underlyings, from, to }: BacktestRequest): void {
  if (underlyings.length === 0 || new Set(underlyings).size !== underlyings.length)
    throw new AppError('SOS_INPUT', `expected each underlying once, found ${underlyings.join(', ') || 'none'}`);
  if (from > to) throw new AppError('SOS_DATE_RANGE', `expected a range that runs forward, found ${from} to ${to}`);
}
