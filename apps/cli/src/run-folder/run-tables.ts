import {
  CHARGE_HEADS,
  toIstIso,
  type ChargeBreakdown,
  type DecisionRecord,
  type FillRecord,
  type OrderRecord,
  type TradeRecord,
} from '@sos/domain';
import type { Report } from '@sos/analytics';
import type { RunResult } from '@sos/backtester';
import { csvLine, type CsvCell } from '../render/csv.js';
import { sourceWord } from '../render/format-figures.js';
import { costLines, fillLines } from '../render/gate-lines.js';
import { splitLines } from '../render/split-table.js';

/** A CSV file of a run: its name and its lines, header first; the `data` column names the source of every row. */
export interface RunTable {
  readonly file: string;
  lines(): Iterable<string>;
}

/** Columns of a file in order: name and how its cell is made. */
type Columns<Row> = Readonly<Record<string, (row: Row) => CsvCell>>;

function* linesOf<Row>(columns: Columns<Row>, rows: readonly Row[]): Iterable<string> {
  const cells = Object.values(columns);
  yield csvLine(Object.keys(columns));
  for (const row of rows) yield csvLine(cells.map((cell) => cell(row)));
}

function chargeColumns<Row>(chargesOf: (row: Row) => ChargeBreakdown): Columns<Row> {
  const heads = CHARGE_HEADS.map((head) => [`${head}_paise`, (row: Row) => chargesOf(row)[head]] as const);
  return { ...Object.fromEntries(heads), charges_paise: (row) => chargesOf(row).total };
}

function orderColumns(data: string): Columns<OrderRecord> {
  return {
    seq: (o) => o.seq,
    order_id: (o) => o.orderId,
    time: (o) => toIstIso(o.time),
    gate: (o) => o.gate,
    symbol: (o) => o.underlying,
    contract: (o) => o.contract,
    side: (o) => o.side,
    lots: (o) => o.lots,
    units: (o) => o.units,
    limit_paise: (o) => o.limit,
    trigger_paise: (o) => o.trigger,
    attempt: (o) => o.attempt,
    status: (o) => o.status,
    reason: (o) => o.reason,
    data: () => data,
  };
}

const FILL_COLUMNS: Columns<FillRecord> = {
  seq: (f) => f.seq,
  order_id: (f) => f.orderId,
  time: (f) => toIstIso(f.time),
  contract: (f) => f.contract,
  side: (f) => f.side,
  units: (f) => f.units,
  price_paise: (f) => f.price,
  decision_bid_paise: (f) => f.decisionBid,
  decision_ask_paise: (f) => f.decisionAsk,
  spread_paise: (f) => f.spread,
  attempt: (f) => f.attempt,
  ...chargeColumns((f) => f.charges),
  data: (f) => sourceWord(f.source),
};

function tradeColumns(runId: string): Columns<TradeRecord> {
  return {
    run_id: () => runId,
    seq: (t) => t.seq,
    gate: (t) => t.gate,
    symbol: (t) => t.underlying,
    contract: (t) => t.contract,
    bias: (t) => t.bias,
    regime: (t) => t.regime,
    signal_time: (t) => toIstIso(t.signalTime),
    entry_time: (t) => toIstIso(t.entryTime),
    exit_time: (t) => toIstIso(t.exitTime),
    lots: (t) => t.lots,
    units: (t) => t.units,
    entry_price_paise: (t) => t.entryPrice,
    exit_price_paise: (t) => t.exitPrice,
    exit_reason: (t) => t.exitReason,
    ambiguous: (t) => t.ambiguous,
    gross_paise: (t) => t.gross,
    ...chargeColumns((t: TradeRecord) => t.charges),
    net_paise: (t) => t.net,
    worst_paise: (t) => t.worst,
    best_paise: (t) => t.best,
    order_ids: (t) => t.orderIds.join(' '),
    entry_chases: (t) => t.entryChases,
    exit_chases: (t) => t.exitChases,
    missed_stop_cost_paise: (t) => t.missedStopCost,
    initial_risk_paise: (t) => t.initialRisk,
    max_adverse_paise: (t) => t.maxAdverse,
    max_favourable_paise: (t) => t.maxFavourable,
    reasons: (t) => t.reasons.join('; '),
    data: (t) => sourceWord(t.source),
  };
}

function decisionColumns(data: string): Columns<DecisionRecord> {
  return {
    seq: (d) => d.seq,
    time: (d) => toIstIso(d.time),
    gate: (d) => d.gate,
    symbol: (d) => d.underlying,
    kind: (d) => d.kind,
    reason: (d) => d.reason,
    detail: (d) => d.detail,
    data: () => data,
  };
}

/** The CSV files of a run: its records, and what its report makes of them. */
export function runTables(run: RunResult, report: Report): RunTable[] {
  const data = sourceWord(run.source);
  return [
    { file: 'orders.csv', lines: () => linesOf(orderColumns(data), run.orders) },
    { file: 'fills.csv', lines: () => linesOf(FILL_COLUMNS, run.fills) },
    { file: 'trades.csv', lines: () => linesOf(tradeColumns(run.runId), run.trades) },
    { file: 'decisions.csv', lines: () => linesOf(decisionColumns(data), run.decisions) },
    { file: 'costs.csv', lines: () => costLines(report) },
    { file: 'fill-quality.csv', lines: () => fillLines(report) },
    { file: 'splits.csv', lines: () => splitLines(report.splits, { runId: run.runId, data }) },
  ];
}
