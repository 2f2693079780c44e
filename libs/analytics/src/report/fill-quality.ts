import { paise, type Paise, type TradeRecord } from '@sos/domain';
import { metricOf, noMetric, type Metric } from '../metric.js';
import type { GateCosts, ReportCosts } from './gate-costs.js';
import type { ReportInput } from './report-input.js';

/** How the orders of one gate were filled. */
export interface FillQuality {
  readonly gate: string;
  readonly trades: number;
  /** Entries that found no price in time, and their share of all entries tried. */
  readonly unfilledEntries: number;
  readonly unfilledShare: Metric;
  /** Trades whose entry, or exit, had to be re-priced, and how often all in all. */
  readonly chasedEntries: number;
  readonly chasedExits: number;
  readonly entryChases: number;
  readonly exitChases: number;
  /** Stops whose limit the market jumped over, and what was lost below that limit. */
  readonly missedStops: number;
  readonly missedStopCostPaise: Paise;
  /** What fills cost against the mids of their decisions (half-spreads and slippage), quoted trades only: in all, and in points a unit and fill. */
  readonly beyondMidPaise: Metric;
  readonly beyondMidPoints: Metric;
}

const PAISE_PER_RUPEE = 100;

function beyondMid(costs: GateCosts | undefined): Pick<FillQuality, 'beyondMidPaise' | 'beyondMidPoints'> {
  if (costs === undefined || costs.trades === 0) {
    const none = noMetric('no trade with a known quote');
    return { beyondMidPaise: none, beyondMidPoints: none };
  }
  const amount = costs.spreadPaise + costs.slippagePaise;
  // Every bought unit is sold again: two fills of a unit.
  return { beyondMidPaise: metricOf(amount), beyondMidPoints: metricOf(amount / (2 * costs.units) / PAISE_PER_RUPEE) };
}

function qualityOf(
  gate: string,
  trades: readonly TradeRecord[],
  unfilled: number,
): Omit<FillQuality, 'beyondMidPaise' | 'beyondMidPoints'> {
  const tried = trades.length + unfilled;
  const sum = (of: (t: TradeRecord) => number): number => trades.reduce((total, t) => total + of(t), 0);
  return {
    gate,
    trades: trades.length,
    unfilledEntries: unfilled,
    unfilledShare: tried === 0 ? noMetric('no entry was tried') : metricOf(unfilled / tried),
    chasedEntries: trades.filter((t) => t.entryChases > 0).length,
    chasedExits: trades.filter((t) => t.exitChases > 0).length,
    entryChases: sum((t) => t.entryChases),
    exitChases: sum((t) => t.exitChases),
    missedStops: trades.filter((t) => t.missedStopCost !== null).length,
    missedStopCostPaise: paise(sum((t) => t.missedStopCost ?? 0)),
  };
}

/** How each gate that tried an entry was filled, in the order of the run's gates. */
export function fillQuality(input: ReportInput, costs: ReportCosts): FillQuality[] {
  const unfilled = new Map<string, number>();
  for (const d of input.decisions) if (d.kind === 'unfilled') unfilled.set(d.gate, (unfilled.get(d.gate) ?? 0) + 1);
  return input.gates.flatMap((gate) => {
    const trades = input.trades.filter((t) => t.gate === gate);
    const missed = unfilled.get(gate) ?? 0;
    if (trades.length + missed === 0) return [];
    const own = costs.gates?.find((row) => row.gate === gate);
    return [{ ...qualityOf(gate, trades, missed), ...beyondMid(own) }];
  });
}
