import type { Report } from '@sos/analytics';

/** What `sos backtest --json` prints: enough for machines to judge and find the run. Money in paise; an unknown figure is null with its reason. */
export function backtestJson(report: Report, folder: string): Record<string, unknown> {
  const { hashes, provenance, totals } = report;
  return {
    runId: report.runId,
    data: provenance.label ?? provenance.source,
    source: provenance.source,
    mixed: provenance.mixed,
    from: report.from,
    to: report.to,
    symbols: report.underlyings,
    ledgerHash: hashes.ledger,
    dataHash: hashes.data,
    configHash: hashes.config,
    rulebookVersion: hashes.rulebookVersion,
    engineVersion: hashes.engineVersion,
    totals: {
      sessions: totals.sessions,
      trades: totals.trades.count,
      winRate: totals.trades.winRate,
      grossPaise: totals.grossPaise,
      chargesPaise: totals.chargesPaise,
      netPaise: totals.netPaise,
      profitFactor: totals.trades.profitFactor,
      expectancyPaise: totals.trades.expectancy,
      maxDrawdownPaise: totals.trades.drawdown.depth,
      ambiguousTrades: totals.ambiguousTrades,
      unfilledEntries: totals.unfilledEntries,
      costsByHeadPaise: report.costsByHeadPaise,
    },
    ambiguity: report.ambiguity,
    gates: report.rows,
    coverage: report.coverage,
    folder,
  };
}
