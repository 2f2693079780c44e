import type { Report } from '@sos/analytics';
import { CHARGE_HEADS } from '@sos/domain';
import {
  formatMoney,
  formatMoneyMetric,
  formatRatio,
  formatShare,
  formatShareInterval,
  UNKNOWN,
} from './format-figures.js';
import { figures, renderTable } from './table.js';

/** Totals of the run, one figure a line. */
export function totalsTable(report: Report, data: string): string {
  const { totals } = report;
  const t = totals.trades;
  const ci = totals.expectancyIntervalPaise;
  const rows: [string, string, string][] = [
    ['Trades', String(t.count), `${t.wins} won, ${t.losses} lost`],
    ['Win rate', formatShare(t.winRate), formatShareInterval(t.winRateInterval)],
    ['Gross ₹', formatMoney(totals.grossPaise), ''],
    ['Charges ₹', formatMoney(totals.chargesPaise), 'gross − charges = net'],
    ['Net ₹', formatMoney(totals.netPaise), ''],
    ['Profit factor', formatRatio(t.profitFactor), t.profitFactor.reason ?? ''],
    [
      'Expectancy ₹',
      formatMoneyMetric(t.expectancy),
      ci === null ? '' : `95 %: ${formatMoney(ci.low)} … ${formatMoney(ci.high)}`,
    ],
    ['Expectancy R', formatRatio(totals.excursions.expectancyInRisk), 'per trade, in initial risk'],
    ['Max drawdown ₹', t.count === 0 ? UNKNOWN : formatMoney(t.drawdown.depth), 'closed trades'],
    ['Sharpe', formatRatio(totals.daily.sharpe), totals.daily.sharpe.reason ?? `daily, ${totals.sessions} sessions`],
    ['Sortino', formatRatio(totals.daily.sortino), totals.daily.sortino.reason ?? ''],
    [
      'Deflated',
      formatShare(report.deflation.deflatedSharpe),
      `probability that skill is real; trials: ${report.deflation.count}, ${report.deflation.origin}`,
    ],
    ['Exposure', formatShare(totals.exposure), 'minutes in position ÷ session minutes'],
    ['Ambiguous trades', String(totals.ambiguousTrades), 'stop and target inside one bar; the stop is assumed first'],
    ['Unfilled entries', String(totals.unfilledEntries), ''],
    ...executionRows(report),
  ];
  return renderTable(
    [{ name: 'Figure' }, ...figures('Value'), { name: 'Note' }, { name: 'Data' }],
    rows.map((row) => [...row, data]),
  );
}

/** How the orders went; nothing for a run that did not count it. */
function executionRows({ execution: x }: Report): [string, string, string][] {
  if (x === null) return [];
  const unbelieved = x.freakPrints + x.crossedQuotes + x.staleQuotes;
  return [
    ['Partial entries', String(x.partialEntries), 'given up with a part of their units'],
    [
      'Chased',
      `${x.chasedEntries} in, ${x.chasedExits} out`,
      `re-priced; ${x.escalatedExits} exits to the edge of their collar`,
    ],
    ['Chase cost ₹', formatMoney(x.chaseCost), 'beyond the first limit'],
    ['Missed stops', String(x.missedStops), `jumped over: ${formatMoney(x.missedStopCost)} lost below their limits`],
    [
      'Not believed',
      String(unbelieved),
      `${x.freakPrints} freak prints, ${x.crossedQuotes} crossed and ${x.staleQuotes} stale quotes`,
    ],
  ];
}

/** Charges by head. */
export function costsTable(report: Report, data: string): string {
  const rows = CHARGE_HEADS.map((head) => [head, formatMoney(report.costsByHeadPaise[head]), data]);
  rows.push(['total', formatMoney(report.totals.chargesPaise), data]);
  return renderTable([{ name: 'Charge' }, ...figures('₹'), { name: 'Data' }], rows);
}

/** Assumed, best and worst result of the ambiguous trades. */
export function ambiguityTable(report: Report, data: string): string {
  const { trades, assumed, best, worst } = report.ambiguity;
  return renderTable(
    [...figures('Ambiguous trades', 'Assumed ₹', 'Best ₹', 'Worst ₹'), { name: 'Data' }],
    [[String(trades), formatMoney(assumed), formatMoney(best), formatMoney(worst), data]],
  );
}
