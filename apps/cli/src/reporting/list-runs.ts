import { formatIst } from '@sos/domain';
import type { RunSummary } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { csvLine } from '../render/csv.js';
import { formatMoney, sourceWord } from '../render/format-figures.js';
import { figures, renderTable } from '../render/table.js';
import type { ReportFormat } from './report-format.js';

function csv(runs: readonly RunSummary[]): string {
  const header = [
    'run_id',
    'created',
    'symbols',
    'from',
    'to',
    'trades',
    'gross_paise',
    'charges_paise',
    'net_paise',
    'ledger_hash',
    'data',
  ];
  const lines = runs.map((r) =>
    csvLine([
      r.runId,
      formatIst(r.createdAt),
      r.underlyings.join(' '),
      r.from,
      r.to,
      r.trades,
      r.gross,
      r.charges,
      r.net,
      r.ledgerHash,
      sourceWord(r.source),
    ]),
  );
  return csvLine(header) + lines.join('');
}

function table(context: CommandContext, runs: readonly RunSummary[]): string {
  const { palette } = context;
  const net = (amount: number): string => (amount < 0 ? palette.loss : palette.gain)(formatMoney(amount));
  return renderTable(
    [
      { name: 'Run' },
      { name: 'Stored (IST)' },
      { name: 'Symbols' },
      { name: 'Days' },
      ...figures('Gates', 'Trades', 'Net ₹'),
      { name: 'Data' },
    ],
    runs.map((r) => [
      r.runId,
      formatIst(r.createdAt),
      r.underlyings.join(', '),
      r.from === r.to ? r.from : `${r.from} … ${r.to}`,
      String(r.gates.length),
      String(r.trades),
      net(r.net),
      sourceWord(r.source),
    ]),
  );
}

/** The stored runs, newest first, as a table, CSV or JSON. */
export function listRuns(context: CommandContext, runs: readonly RunSummary[], format: ReportFormat): void {
  if (format === 'json') return context.print(JSON.stringify(runs, null, 2));
  if (format === 'csv') return context.io.out.write(csv(runs));
  if (runs.length === 0) return context.print('no runs yet: start with sos backtest --help');
  context.print(table(context, runs));
}
