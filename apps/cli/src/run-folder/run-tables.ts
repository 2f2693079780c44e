import { CHARGE_HEADS, toIstIso, type ChargeBreakdown } from '@sos/domain';
import type { RunResult } from '@sos/backtester';
import { csvLine, type CsvCell } from '../render/csv.js';
import { sourceWord } from '../render/format-figures.js';

/** A CSV file of a run: its name and its lines, header first; the `data` column names the source of every row. */
export interface RunTable {
  readonly file: string;
  lines(): Iterable<string>;
}

const CHARGE_COLUMNS = [...CHARGE_HEADS.map((head) => `${head}_paise`), 'charges_paise'];
const chargeCells = (c: ChargeBreakdown): number[] => [...CHARGE_HEADS.map((head) => c[head]), c.total];

function table<Row>(
  file: string,
  header: readonly string[],
  rows: readonly Row[],
  cells: (row: Row) => CsvCell[],
): RunTable {
  return {
    file,
    *lines() {
      yield csvLine(header);
      for (const row of rows) yield csvLine(cells(row));
    },
  };
}

function orders(run: RunResult): RunTable {
  const header = [
    'seq',
    'order_id',
    'time',
    'gate',
    'symbol',
    'contract',
    'side',
    'lots',
    'units',
    'limit_paise',
    'status',
    'reason',
    'data',
  ];
  const data = sourceWord(run.source);
  return table('orders.csv', header, run.orders, (o) => [
    o.seq,
    o.orderId,
    toIstIso(o.time),
    o.gate,
    o.underlying,
    o.contract,
    o.side,
    o.lots,
    o.units,
    o.limit,
    o.status,
    o.reason,
    data,
  ]);
}

function fills(run: RunResult): RunTable {
  const header = ['seq', 'order_id', 'time', 'contract', 'side', 'units', 'price_paise', ...CHARGE_COLUMNS, 'data'];
  return table('fills.csv', header, run.fills, (f) => [
    f.seq,
    f.orderId,
    toIstIso(f.time),
    f.contract,
    f.side,
    f.units,
    f.price,
    ...chargeCells(f.charges),
    sourceWord(f.source),
  ]);
}

const TRADE_HEADER = [
  'run_id',
  'seq',
  'gate',
  'symbol',
  'contract',
  'bias',
  'regime',
  'signal_time',
  'entry_time',
  'exit_time',
  'lots',
  'units',
  'entry_price_paise',
  'exit_price_paise',
  'exit_reason',
  'ambiguous',
  'gross_paise',
  ...CHARGE_COLUMNS,
  'net_paise',
  'initial_risk_paise',
  'max_adverse_paise',
  'max_favourable_paise',
  'reasons',
  'data',
];

function trades(run: RunResult): RunTable {
  return table('trades.csv', TRADE_HEADER, run.trades, (t) => [
    run.runId,
    t.seq,
    t.gate,
    t.underlying,
    t.contract,
    t.bias,
    t.regime,
    toIstIso(t.signalTime),
    toIstIso(t.entryTime),
    toIstIso(t.exitTime),
    t.lots,
    t.units,
    t.entryPrice,
    t.exitPrice,
    t.exitReason,
    t.ambiguous,
    t.gross,
    ...chargeCells(t.charges),
    t.net,
    t.initialRisk,
    t.maxAdverse,
    t.maxFavourable,
    t.reasons.join('; '),
    sourceWord(t.source),
  ]);
}

function decisions(run: RunResult): RunTable {
  const header = ['seq', 'time', 'gate', 'symbol', 'kind', 'reason', 'detail', 'data'];
  const data = sourceWord(run.source);
  return table('decisions.csv', header, run.decisions, (d) => [
    d.seq,
    toIstIso(d.time),
    d.gate,
    d.underlying,
    d.kind,
    d.reason,
    d.detail,
    data,
  ]);
}

/** The four CSV files of a run. */
export function runTables(run: RunResult): RunTable[] {
  return [orders(run), fills(run), trades(run), decisions(run)];
}
