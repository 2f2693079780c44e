import {
  AppError,
  istDateOf,
  type IstDate,
  type SeriesSource,
  type TradeRecord,
  type Underlying,
  weakestSource,
} from '@sos/domain';
import { gateRows, netInExitOrder, type GateRow } from '../report/gate-row.js';
import { moneyTotals, type MoneyTotals } from '../report/money-totals.js';
import { provenanceOf, type Provenance } from '../report/provenance.js';
import type { ReportInput } from '../report/report-input.js';
import { tradeStatistics, type TradeStatistics } from '../trades/trade-statistics.js';

/** Some trades together. */
export interface ConsolidatedRow extends MoneyTotals {
  readonly trades: TradeStatistics;
}

/** All gates of one or several runs in one table, with the results of days and symbols and the extremes. */
export interface Consolidated {
  readonly runIds: readonly string[];
  readonly from: IstDate;
  readonly to: IstDate;
  readonly provenance: Provenance;
  readonly totals: ConsolidatedRow;
  /** Every gate and symbol, traded or not, in the order of the runs. */
  readonly rows: readonly GateRow[];
  readonly symbols: readonly (ConsolidatedRow & { readonly underlying: Underlying })[];
  /** Every session of every symbol, traded or not. */
  readonly days: readonly (ConsolidatedRow & { readonly date: IstDate; readonly underlying: Underlying })[];
  /** The trades with the best and the worst net results, ten each at most. */
  readonly best: readonly TradeRecord[];
  readonly worst: readonly TradeRecord[];
}

const EXTREMES = 10;

function rowOf(trades: readonly TradeRecord[]): ConsolidatedRow {
  return { ...moneyTotals(trades), trades: tradeStatistics(netInExitOrder(trades)) };
}

const sessionKeys = ({ gates, coverage }: ReportInput): string[] =>
  coverage.flatMap(({ underlying, date }) => gates.map((gate) => `${gate} on ${underlying} of ${date}`));

// A gate's trades of one day counted twice would look like twice the evidence.
function checkDisjoint(runs: readonly ReportInput[]): void {
  const seen = new Map<string, string>();
  for (const run of runs)
    for (const key of sessionKeys(run)) {
      const other = seen.get(key);
      if (other !== undefined)
        throw new AppError(
          'SOS_INPUT',
          `expected runs that share no session, found ${key} in ${other} and ${run.runId}`,
        );
      seen.set(key, run.runId);
    }
}

/** Rows of the same gate and symbol in runs of different days are one row. */
function rowsOfAll(runs: readonly ReportInput[]): GateRow[] {
  const gates = [...new Set(runs.flatMap((r) => r.gates))];
  const underlyings = [...new Set(runs.flatMap((r) => r.underlyings))];
  const rows = gateRows({
    ...(runs[0] as ReportInput),
    gates,
    underlyings,
    trades: runs.flatMap((r) => r.trades),
    decisions: runs.flatMap((r) => r.decisions),
    vetoes: mergedVetoes(runs),
  });
  const ran = new Set(runs.flatMap((r) => r.gates.flatMap((g) => r.underlyings.map((u) => `${g}|${u}`))));
  return rows.filter((row) => ran.has(`${row.gate}|${row.underlying}`));
}

function mergedVetoes(runs: readonly ReportInput[]): ReportInput['vetoes'] {
  const sums = new Map<string, ReportInput['vetoes'][number]>();
  for (const veto of runs.flatMap((r) => r.vetoes)) {
    const key = JSON.stringify([veto.gate, veto.underlying, veto.phase, veto.condition]);
    const { failed = 0, unknown = 0 } = sums.get(key) ?? {};
    sums.set(key, { ...veto, failed: failed + veto.failed, unknown: unknown + veto.unknown });
  }
  return [...sums.values()];
}

function groupedBy(trades: readonly TradeRecord[], keyOf: (t: TradeRecord) => string): Map<string, TradeRecord[]> {
  const groups = new Map<string, TradeRecord[]>();
  for (const trade of trades) {
    const key = keyOf(trade);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [trade]);
    else group.push(trade);
  }
  return groups;
}

function daysOf(runs: readonly ReportInput[], trades: readonly TradeRecord[]): Consolidated['days'] {
  const byDay = groupedBy(trades, (t) => `${istDateOf(t.exitTime)}|${t.underlying}`);
  const sessions = new Map(
    runs.flatMap((r) =>
      r.coverage.map(({ date, underlying }) => [`${date}|${underlying}`, { date, underlying }] as const),
    ),
  );
  return [...sessions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, session]) => ({ ...session, ...rowOf(byDay.get(key) ?? []) }));
}

/**
 * One table of all gates from runs of different days, symbols or gates.
 * @throws SOS_INPUT for no run, or when two runs hold the same gate, symbol and session
 */
export function consolidate(runs: readonly ReportInput[]): Consolidated {
  if (runs.length === 0) throw new AppError('SOS_INPUT', 'expected at least one run to consolidate, found none');
  checkDisjoint(runs);
  const trades = runs.flatMap((r) => r.trades);
  const bySymbol = groupedBy(trades, (t) => t.underlying);
  const byNet = [...trades].sort((a, b) => b.net - a.net || a.exitTime - b.exitTime || a.seq - b.seq);
  const source: SeriesSource = weakestSource(runs.map((r) => r.source));
  const dates = runs.flatMap((r) => [r.from, r.to]).sort();
  return {
    runIds: runs.map((r) => r.runId),
    from: dates[0] as IstDate,
    to: dates.at(-1) as IstDate,
    provenance: provenanceOf(
      source,
      runs.flatMap((r) => r.coverage),
    ),
    totals: rowOf(trades),
    rows: rowsOfAll(runs),
    symbols: [...new Set(runs.flatMap((r) => r.underlyings))].map((underlying) => ({
      underlying,
      ...rowOf(bySymbol.get(underlying) ?? []),
    })),
    days: daysOf(runs, trades),
    best: byNet.filter((t) => t.net > 0).slice(0, EXTREMES),
    worst: byNet
      .filter((t) => t.net < 0)
      .slice(-EXTREMES)
      .reverse(),
  };
}
