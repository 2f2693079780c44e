import { breakEvenSpread, type BreakEvenSpread } from '../costs/break-even-spread.js';
import { costWaterfalls, type CostWaterfall } from '../costs/cost-waterfall.js';
import { quotedTrades } from '../costs/quoted-trades.js';
import type { ReportInput } from './report-input.js';

/** Where the money of one gate went, and the spread at which nothing would be left. */
export interface GateCosts extends CostWaterfall {
  readonly breakEven: BreakEvenSpread;
}

/** Costs of every gate that traded, or the reason why they cannot be told apart. */
export type ReportCosts =
  { readonly gates: readonly GateCosts[]; readonly reason: null } | { readonly gates: null; readonly reason: string };

/** The cost waterfall of each gate from the fills of a run. @throws SOS_INVARIANT when fills and trades do not add up */
export function gateCosts({ trades, fills }: Pick<ReportInput, 'trades' | 'fills'>): ReportCosts {
  if (trades.length === 0) return { gates: [], reason: null };
  if (fills === undefined) return { gates: null, reason: 'the fills of the run are not known' };
  // Runs of before the ledger kept it do not say which fills a trade is made of.
  if (trades.some((trade) => trade.orderIds.length === 0))
    return { gates: null, reason: 'the run was stored before trades named their orders' };
  const waterfalls = costWaterfalls(quotedTrades(trades, fills));
  return { gates: waterfalls.map((row) => ({ ...row, breakEven: breakEvenSpread(row) })), reason: null };
}
