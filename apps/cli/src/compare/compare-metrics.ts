import type { GateRow, Metric, Report } from '@sos/analytics';

/** A figure of two runs; null where it does not exist. */
export interface MetricPair {
  readonly name: string;
  readonly unit: 'count' | 'paise' | 'ratio' | 'share';
  readonly before: number | null;
  readonly after: number | null;
}

/** Net results of a gate on a symbol that two runs tell differently. */
export interface GatePair {
  readonly gate: string;
  readonly underlying: string;
  readonly tradesBefore: number;
  readonly tradesAfter: number;
  readonly netBefore: number;
  readonly netAfter: number;
}

type Named = readonly [name: string, unit: MetricPair['unit'], of: (report: Report) => number | Metric];

const METRICS: readonly Named[] = [
  ['Trades', 'count', (r) => r.totals.trades.count],
  ['Win rate', 'share', (r) => r.totals.trades.winRate],
  ['Gross ₹', 'paise', (r) => r.totals.grossPaise],
  ['Charges ₹', 'paise', (r) => r.totals.chargesPaise],
  ['Net ₹', 'paise', (r) => r.totals.netPaise],
  ['Profit factor', 'ratio', (r) => r.totals.trades.profitFactor],
  ['Expectancy ₹', 'paise', (r) => r.totals.trades.expectancy],
  ['Max drawdown ₹', 'paise', (r) => r.totals.trades.drawdown.depth],
  ['Sharpe', 'ratio', (r) => r.totals.daily.sharpe],
  ['Exposure', 'share', (r) => r.totals.exposure],
  ['Ambiguous trades', 'count', (r) => r.totals.ambiguousTrades],
  ['Unfilled entries', 'count', (r) => r.totals.unfilledEntries],
  ['Sessions', 'count', (r) => r.totals.sessions],
];

const numberOf = (figure: number | Metric): number | null => (typeof figure === 'number' ? figure : figure.value);

/** The headline figures of two reports side by side. */
export function compareMetrics(before: Report, after: Report): MetricPair[] {
  return METRICS.map(([name, unit, of]) => ({ name, unit, before: numberOf(of(before)), after: numberOf(of(after)) }));
}

/** The gates and symbols whose trades or net results differ, a gate that was not run counting as none. */
export function compareGates(before: Report, after: Report): GatePair[] {
  const keyOf = (r: GateRow): string => JSON.stringify([r.gate, r.underlying]);
  const [old, young] = [before, after].map((report) => new Map(report.rows.map((row) => [keyOf(row), row])));
  const keys = [...new Set([...before.rows, ...after.rows].map(keyOf))];
  return keys.flatMap((key) => {
    const [a, b] = [old?.get(key), young?.get(key)];
    const row = a ?? b;
    if (row === undefined || (a?.trades === b?.trades && a?.netPaise === b?.netPaise)) return [];
    return [
      {
        gate: row.gate,
        underlying: row.underlying,
        tradesBefore: a?.trades ?? 0,
        tradesAfter: b?.trades ?? 0,
        netBefore: a?.netPaise ?? 0,
        netAfter: b?.netPaise ?? 0,
      },
    ];
  });
}
