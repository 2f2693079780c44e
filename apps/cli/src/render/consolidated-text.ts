import type { Consolidated, ConsolidatedRow } from '@sos/analytics';
import { formatIst, type TradeRecord } from '@sos/domain';
import type { Palette } from '../terminal/palette.js';
import { csvLine, type CsvCell } from './csv.js';
import {
  formatMoney,
  formatMoneyMetric,
  formatRatio,
  formatShare,
  formatShareInterval,
  resultWord,
  sourceWord,
} from './format-figures.js';
import { gateTable } from './gate-table.js';
import { labelsOf } from './labelled.js';
import { figures, renderTable } from './table.js';

const FIGURES = figures(
  'Trades',
  'Won',
  'Win rate',
  '95 %',
  'Gross ₹',
  'Charges ₹',
  'Net ₹',
  'Average ₹',
  'Profit factor',
);

function cells({ trades: t, grossPaise, chargesPaise, netPaise }: ConsolidatedRow): string[] {
  return [
    String(t.count),
    String(t.wins),
    formatShare(t.winRate),
    formatShareInterval(t.winRateInterval),
    ...[grossPaise, chargesPaise, netPaise].map(formatMoney),
    formatMoneyMetric(t.expectancy),
    formatRatio(t.profitFactor),
  ];
}

function tradeTable(trades: readonly TradeRecord[]): string {
  return renderTable(
    [
      ...['Gate', 'Contract', 'Entry (IST)', 'Exit (IST)', 'Exit'].map((name) => ({ name })),
      ...figures('Net ₹'),
      { name: 'Data' },
    ],
    trades.map((t) => [
      t.gate,
      t.contract,
      formatIst(t.entryTime),
      formatIst(t.exitTime),
      t.exitReason,
      formatMoney(t.net),
      sourceWord(t.source),
    ]),
  );
}

/** The all-gates table for people: totals, by day, by gate and symbol, and the best and worst trades. */
export function consolidatedTables(all: Consolidated, palette: Palette): string {
  const data = resultWord(all.provenance.source);
  const { banner, title, line } = labelsOf(all.provenance, palette);
  const named = (name: string, rows: readonly (readonly string[])[]): string =>
    renderTable(
      [{ name }, ...FIGURES, { name: 'Data' }],
      rows.map((row) => [...row, data]),
    );
  const symbols = all.symbols.map((row) => [row.underlying, ...cells(row)]);
  const lines = [
    ...banner(),
    line(`${all.runIds.length === 1 ? 'run' : 'runs'} ${all.runIds.join(', ')}; ${all.from} to ${all.to}`),
    ...['', title('Totals'), named('Symbol', [...symbols, ['all', ...cells(all.totals)]])],
    ...[
      '',
      title('By day'),
      named(
        'Day',
        all.days.map((row) => [`${row.date} ${row.underlying}`, ...cells(row)]),
      ),
    ],
    ...['', title('By gate and symbol'), gateTable(all.rows, data, palette)],
    ...(all.best.length === 0 ? [] : ['', title('Best trades'), tradeTable(all.best)]),
    ...(all.worst.length === 0 ? [] : ['', title('Worst trades'), tradeTable(all.worst)]),
    ...banner().slice(0, 1),
  ];
  return `${lines.join('\n')}\n`;
}

/** Gates, symbols, days and the total as CSV, told apart by the `kind` of a line. */
export function consolidatedCsv(all: Consolidated): string {
  const data = sourceWord(all.provenance.source);
  const header = ['runs', 'data', 'kind', 'gate', 'symbol', 'day', 'trades', 'wins', 'win_rate', 'gross_paise'];
  const runs = all.runIds.join(' ');
  const of = (kind: string, where: readonly CsvCell[], row: ConsolidatedRow): string => {
    const { trades: t, grossPaise, chargesPaise, netPaise } = row;
    const money = [grossPaise, chargesPaise, netPaise, t.expectancy.value, t.profitFactor.value];
    return csvLine([runs, data, kind, ...where, t.count, t.wins, t.winRate.value, ...money]);
  };
  const gates = all.rows.map((r) => {
    const wins = r.winRate.value === null ? 0 : Math.round(r.winRate.value * r.trades);
    const money = [r.grossPaise, r.chargesPaise, r.netPaise, r.expectancyPaise.value, r.profitFactor.value];
    return csvLine([runs, data, 'gate', r.gate, r.underlying, null, r.trades, wins, r.winRate.value, ...money]);
  });
  return [
    csvLine([...header, 'charges_paise', 'net_paise', 'average_paise', 'profit_factor']),
    ...gates,
    ...all.symbols.map((row) => of('symbol', [null, row.underlying, null], row)),
    ...all.days.map((row) => of('day', [null, row.underlying, row.date], row)),
    of('total', [null, null, null], all.totals),
  ].join('');
}
