import { MS_PER_MINUTE, type TradeRecord, type Underlying } from '@sos/domain';
import { metricOf, noMetric, type Metric } from '../metric.js';
import type { ReportCoverage } from './report-input.js';

function minutesHeld(trades: readonly TradeRecord[]): number {
  let held = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const t of [...trades].sort((a, b) => a.entryTime - b.entryTime)) {
    held += Math.max(0, t.exitTime - Math.max(t.entryTime, until));
    until = Math.max(until, t.exitTime);
  }
  return held / MS_PER_MINUTE;
}

/** Share of session minutes with at least one open position, per symbol and summed: minutes in position ÷ session minutes. */
export function exposureOf(trades: readonly TradeRecord[], coverage: readonly ReportCoverage[]): Metric {
  const sessionMinutes = coverage.reduce((sum, c) => sum + c.expectedBars, 0);
  if (sessionMinutes === 0) return noMetric('no session');
  const bySymbol = new Map<Underlying, TradeRecord[]>();
  for (const t of trades) {
    const group = bySymbol.get(t.underlying);
    if (group === undefined) bySymbol.set(t.underlying, [t]);
    else group.push(t);
  }
  let held = 0;
  for (const group of bySymbol.values()) held += minutesHeld(group);
  return metricOf(held / sessionMinutes);
}
