import type { GateCosts, ReportCosts } from '@sos/analytics';
import { CHARGE_HEADS } from '@sos/domain';
import { formatMoney, formatPoints, UNKNOWN } from './format-figures.js';
import { figures, renderTable } from './table.js';

const chargesOf = (row: GateCosts): number => CHARGE_HEADS.reduce((sum, head) => sum + row.chargesPaise[head], 0);

// In a column of figures the reason must be short: the report itself has it in full.
function diesText({ breakEven: { diesAtPoints }, trades }: GateCosts): string {
  if (diesAtPoints.value !== null) return formatPoints(diesAtPoints);
  return trades === 0 ? UNKNOWN : 'loses at any';
}

function cells(row: GateCosts, all: boolean): string[] {
  const { breakEven, unquoted } = row;
  const charges = all ? CHARGE_HEADS.map((head) => formatMoney(row.chargesPaise[head])) : [formatMoney(chargesOf(row))];
  return [
    row.gate,
    String(row.trades),
    formatMoney(row.grossAtMidPaise),
    formatMoney(row.spreadPaise),
    formatMoney(row.slippagePaise),
    ...charges,
    formatMoney(row.netPaise),
    formatPoints(breakEven.paidPoints),
    diesText(row),
    ...(all ? [unquoted.trades === 0 ? '0' : `${unquoted.trades} (${formatMoney(unquoted.netPaise)})`] : []),
  ];
}

/** Where the money of each gate went, from the mids of its decisions to net, and the spread at which it dies. @param all every charge head for itself */
export function costTable(costs: ReportCosts, data: string, all: boolean): string {
  if (costs.gates === null) return `not known: ${costs.reason} [${data}]`;
  const charges = all ? CHARGE_HEADS.map((head) => `${head} ₹`) : ['Charges ₹'];
  return renderTable(
    [
      { name: 'Gate' },
      ...figures('Trades', 'At mid ₹', 'Spread ₹', 'Slippage ₹', ...charges, 'Net ₹', 'Spread met', 'Dies at (points)'),
      ...(all ? figures('Without quotes') : []),
      { name: 'Data' },
    ],
    costs.gates.map((row) => [...cells(row, all), data]),
  );
}
