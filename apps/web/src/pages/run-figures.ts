import type { MetricView, RunDetail } from '@sos/contracts';
import type { LineOfChart } from '../charts/line-chart.js';
import { figure, money, percent, result, whole } from '../format/figures.js';

const IST_OFFSET_SECONDS = 19_800;

const shown = (metric: MetricView, format: (value: number) => string): string =>
  metric.value === null ? `– (${metric.reason ?? 'unknown'})` : format(metric.value);

/** The figures of a run, by name. */
export function runFigures(run: RunDetail): readonly (readonly [name: string, value: string])[] {
  const { ambiguity } = run;
  return [
    ['Net', `₹ ${result(run.netPaise)}`],
    ['Gross', `₹ ${money(run.grossPaise)}`],
    ['Charges', `₹ ${money(run.chargesPaise)}`],
    ['Trades', whole(run.trades)],
    ['Sessions', whole(run.sessions)],
    ['Win rate', shown(run.winRate, (x) => percent(x))],
    ['Profit factor', shown(run.profitFactor, (x) => figure(x))],
    ['Expectancy', shown(run.expectancyPaise, (x) => `₹ ${money(x)}`)],
    ['Max drawdown', `₹ ${money(run.maxDrawdownPaise)}`],
    ['Sharpe', shown(run.sharpe, (x) => figure(x))],
    ['Unfilled entries', whole(run.unfilledEntries)],
    [
      'Order unknowable',
      `${whole(ambiguity.trades)} trades: ₹ ${money(ambiguity.worstPaise)} … ${money(ambiguity.bestPaise)}`,
    ],
  ];
}

/** Equity after each closed trade and the depth below its peak, in rupees; two exits in one second are one point. */
export function equityLines(run: RunDetail): readonly [equity: LineOfChart[], drawdown: LineOfChart[]] {
  let [equity, peak] = [run.startingCapitalPaise, run.startingCapitalPaise];
  const points = new Map<number, readonly [number, number]>();
  for (const trade of [...run.tradeList].sort((a, b) => a.exitTime - b.exitTime || a.seq - b.seq)) {
    equity += trade.netPaise;
    peak = Math.max(peak, equity);
    points.set(Math.floor(trade.exitTime / 1000) + IST_OFFSET_SECONDS, [equity / 100, (equity - peak) / 100]);
  }
  const line = (name: string, colour: 'up' | 'down', of: 0 | 1): LineOfChart[] => [
    { name, colour, points: [...points].map(([time, values]) => [time, values[of]] as const) },
  ];
  return [line('equity ₹', 'up', 0), line('drawdown ₹', 'down', 1)];
}
