import type { GateRow, Report } from '@sos/analytics';
import { csvLine, type CsvCell } from './csv.js';
import { sourceWord } from './format-figures.js';

const COLUMNS: Readonly<Record<string, (row: GateRow) => CsvCell>> = {
  gate: (r) => r.gate,
  symbol: (r) => r.underlying,
  trades: (r) => r.trades,
  win_rate: (r) => r.winRate.value,
  gross_paise: (r) => r.grossPaise,
  charges_paise: (r) => r.chargesPaise,
  net_paise: (r) => r.netPaise,
  profit_factor: (r) => r.profitFactor.value,
  expectancy_paise: (r) => r.expectancyPaise.value,
  max_drawdown_paise: (r) => r.maxDrawdownPaise,
  signals: (r) => r.signals,
  unfilled_entries: (r) => r.unfilledEntries,
  ambiguous_trades: (r) => r.ambiguousTrades,
};

/** The gate × symbol table as CSV; the `data` column carries the source of every line. */
export function gateCsv(report: Report): string {
  const data = sourceWord(report.provenance.source);
  const cells = Object.values(COLUMNS);
  const lines = report.rows.map((row) => csvLine([report.runId, data, ...cells.map((cell) => cell(row))]));
  return csvLine(['run_id', 'data', ...Object.keys(COLUMNS)]) + lines.join('');
}
