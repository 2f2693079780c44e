import type { GateRow } from '@sos/analytics';
import type { Palette } from '../terminal/palette.js';
import {
  formatMoney,
  formatMoneyMetric,
  formatRatio,
  formatShare,
  formatShareInterval,
  UNKNOWN,
} from './format-figures.js';
import { figures, renderTable } from './table.js';

const COLUMNS = [
  { name: 'Gate' },
  { name: 'Symbol' },
  ...figures('Trades', 'Win rate', '95 %', 'Net ₹', 'Profit factor', 'Expectancy ₹', 'Max drawdown ₹'),
  { name: 'Data' },
];

function inOrderOfInterest(rows: readonly GateRow[]): GateRow[] {
  return [...rows].sort(
    (a, b) => Number(b.trades > 0) - Number(a.trades > 0) || (a.trades > 0 ? b.netPaise - a.netPaise : 0),
  );
}

/** The table of gate × symbol; gates that traded first, by net result. */
export function gateTable(rows: readonly GateRow[], data: string, palette: Palette): string {
  const money = (amount: number): string =>
    amount < 0 ? palette.loss(formatMoney(amount)) : palette.gain(formatMoney(amount));
  const body = inOrderOfInterest(rows).map((r) => {
    const traded = r.trades > 0;
    return [
      r.gate,
      r.underlying,
      String(r.trades),
      formatShare(r.winRate),
      formatShareInterval(r.winRateInterval),
      traded ? money(r.netPaise) : UNKNOWN,
      formatRatio(r.profitFactor),
      formatMoneyMetric(r.expectancyPaise),
      traded ? formatMoney(r.maxDrawdownPaise) : UNKNOWN,
      data,
    ];
  });
  return renderTable(COLUMNS, body);
}
