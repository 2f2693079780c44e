import type { DecisionRecord, TradeRecord, Underlying } from '@sos/domain';
import type { Metric } from '../metric.js';
import type { Interval } from '../statistics/wilson.js';
import { tradeStatistics } from '../trades/trade-statistics.js';
import { moneyTotals, type MoneyTotals } from './money-totals.js';
import type { ReportInput, ReportVeto } from './report-input.js';

/** Results of one gate on one symbol; money in paise. */
export interface GateRow extends MoneyTotals {
  readonly gate: string;
  readonly underlying: Underlying;
  readonly signals: number;
  readonly trades: number;
  readonly winRate: Metric;
  readonly winRateInterval: Interval | null;
  readonly profitFactor: Metric;
  readonly expectancyPaise: Metric;
  /** Deepest fall of the cumulated net result of closed trades, ≤ 0. */
  readonly maxDrawdownPaise: number;
  readonly ambiguousTrades: number;
  readonly unfilledEntries: number;
  /** The conditions that most often kept the gate out, most frequent first. */
  readonly topVetoes: readonly ReportVeto[];
  /** Entries that the engine refused (caps, limits, no quote), by reason, most frequent first. */
  readonly refusals: readonly RefusalCount[];
}

/** How often the engine refused or could not fill an entry, for one reason. */
export interface RefusalCount {
  readonly reason: string;
  readonly count: number;
}

const TOP = 3;

const weight = (v: ReportVeto): number => v.failed + v.unknown;

/** The conditions that stopped most often, most frequent first; conditions that never stopped anything are left out. */
export function topVetoes(vetoes: readonly ReportVeto[], count: number): ReportVeto[] {
  return vetoes
    .filter((v) => weight(v) > 0)
    .sort((a, b) => weight(b) - weight(a) || (a.condition < b.condition ? -1 : a.condition > b.condition ? 1 : 0))
    .slice(0, count);
}

/** Refused entries by reason, most frequent first. */
export function refusalsOf(decisions: readonly DecisionRecord[]): RefusalCount[] {
  const counts = new Map<string, number>();
  for (const d of decisions) if (d.kind === 'refused') counts.set(d.reason, (counts.get(d.reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

const byExit = (a: TradeRecord, b: TradeRecord): number => a.exitTime - b.exitTime || a.seq - b.seq;

/** Net results of trades in order of exit. */
export function netInExitOrder(trades: readonly TradeRecord[]): number[] {
  return [...trades].sort(byExit).map((t) => t.net);
}

interface GateSlice {
  readonly trades: readonly TradeRecord[];
  readonly decisions: readonly DecisionRecord[];
  readonly vetoes: readonly ReportVeto[];
}

function gateRow(gate: string, underlying: Underlying, { trades, decisions, vetoes }: GateSlice): GateRow {
  const stats = tradeStatistics(netInExitOrder(trades));
  return {
    gate,
    underlying,
    signals: decisions.filter((d) => d.kind === 'signal').length,
    trades: stats.count,
    winRate: stats.winRate,
    winRateInterval: stats.winRateInterval,
    ...moneyTotals(trades),
    profitFactor: stats.profitFactor,
    expectancyPaise: stats.expectancy,
    maxDrawdownPaise: stats.drawdown.depth,
    ambiguousTrades: trades.filter((t) => t.ambiguous).length,
    unfilledEntries: decisions.filter((d) => d.kind === 'unfilled').length,
    topVetoes: topVetoes(vetoes, TOP),
    refusals: refusalsOf(decisions),
  };
}

function groupByCell<T extends { readonly gate: string; readonly underlying: Underlying }>(
  items: readonly T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = `${item.gate}|${item.underlying}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** One row for every gate and symbol of the run, traded or not, in the run's order. */
export function gateRows(input: ReportInput): GateRow[] {
  const trades = groupByCell(input.trades);
  const decisions = groupByCell(input.decisions);
  const vetoes = groupByCell(input.vetoes);
  return input.gates.flatMap((gate) =>
    input.underlyings.map((underlying) => {
      const key = `${gate}|${underlying}`;
      return gateRow(gate, underlying, {
        trades: trades.get(key) ?? [],
        decisions: decisions.get(key) ?? [],
        vetoes: vetoes.get(key) ?? [],
      });
    }),
  );
}
