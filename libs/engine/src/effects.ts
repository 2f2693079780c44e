import type { DecisionRecord, FillRecord, OptionContract, OrderRecord, TradeRecord } from '@sos/domain';

/** Asks the shell to deliver, or to stop delivering, the rows of one option. */
export interface WatchRequest {
  readonly action: 'watch' | 'unwatch';
  /** Index of the engine's book. */
  readonly underlying: number;
  readonly contract: OptionContract;
}

/** What steps append to; the shell reads it and may empty each list between steps. */
export interface Effects {
  readonly decisions: DecisionRecord[];
  readonly orders: OrderRecord[];
  readonly fills: FillRecord[];
  readonly trades: TradeRecord[];
  readonly requests: WatchRequest[];
}

/** Empty effects. */
export function makeEffects(): Effects {
  return { decisions: [], orders: [], fills: [], trades: [], requests: [] };
}
