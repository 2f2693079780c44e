import type { Report } from '@sos/analytics';
import { csvLine } from './csv.js';
import { sourceWord } from './format-figures.js';

const HEADER = [
  'run_id',
  'data',
  'gate',
  'symbol',
  'trades',
  'win_rate',
  'gross_paise',
  'charges_paise',
  'net_paise',
  'profit_factor',
  'expectancy_paise',
  'max_drawdown_paise',
  'signals',
  'unfilled_entries',
  'ambiguous_trades',
];

/** The gate × symbol table as CSV; the `data` column carries the source of every line. */
export function gateCsv(report: Report): string {
  const data = sourceWord(report.provenance.source);
  const lines = report.rows.map((r) =>
    csvLine([
      report.runId,
      data,
      r.gate,
      r.underlying,
      r.trades,
      r.winRate.value,
      r.grossPaise,
      r.chargesPaise,
      r.netPaise,
      r.profitFactor.value,
      r.expectancyPaise.value,
      r.maxDrawdownPaise,
      r.signals,
      r.unfilledEntries,
      r.ambiguousTrades,
    ]),
  );
  return csvLine(HEADER) + lines.join('');
}
