import { buildReport, type GateRow } from '@sos/analytics';
import type { RunResult } from '@sos/backtester';
import type { GateResult, RunDetail, RunSummary, TradeView } from '@sos/contracts';
import { CHARGE_HEADS, paise, type TradeRecord } from '@sos/domain';
import { marketsOfRun } from './market/market-of-run.js';
import type { StoredRun } from './research-data.js';

/** A stored run as one line of the list. */
export function runSummaryOf(run: StoredRun): RunSummary {
  return {
    runId: run.runId,
    from: run.from,
    to: run.to,
    underlyings: [...run.underlyings],
    source: run.source,
    trades: run.trades,
    netPaise: run.net,
    ledgerHash: run.ledgerHash,
  };
}

/** A round trip for the wire. */
export function tradeViewOf(trade: TradeRecord): TradeView {
  return {
    seq: trade.seq,
    gate: trade.gate,
    underlying: trade.underlying,
    contract: trade.contract,
    bias: trade.bias,
    regime: trade.regime,
    signalTime: trade.signalTime,
    entryTime: trade.entryTime,
    exitTime: trade.exitTime,
    units: trade.units,
    entryPrice: trade.entryPrice,
    exitPrice: trade.exitPrice,
    exitReason: trade.exitReason,
    grossPaise: trade.gross,
    chargesPaise: trade.charges.total,
    netPaise: trade.net,
    reasons: [...trade.reasons],
    source: trade.source,
  };
}

function gateResultOf(row: GateRow): GateResult {
  const { gate, underlying, signals, trades, winRate, profitFactor, expectancyPaise, maxDrawdownPaise } = row;
  const figures = { gate, underlying, signals, trades, winRate, profitFactor, expectancyPaise, maxDrawdownPaise };
  const blocked = row.topVetoes.map((v) => `${v.condition} (${v.phase}: ${v.failed} failed, ${v.unknown} unknown)`);
  const { grossPaise, chargesPaise, netPaise } = row;
  return { ...figures, grossPaise, chargesPaise, netPaise, blocked };
}

/** A stored run with its report and all its trades. */
export function runDetailOf(run: RunResult): RunDetail {
  const report = buildReport(run);
  const { totals, ambiguity, hashes } = report;
  const net = paise(run.trades.reduce((sum, t) => sum + t.net, 0));
  return {
    ...runSummaryOf({ ...run, trades: run.trades.length, net }),
    gates: [...run.gates],
    dataHash: hashes.data,
    configHash: hashes.config,
    rulebookVersion: hashes.rulebookVersion,
    engineVersion: hashes.engineVersion,
    statement: report.provenance.statement,
    markets: marketsOfRun(run.coverage),
    startingCapitalPaise: report.startingCapitalPaise,
    grossPaise: totals.grossPaise,
    chargesPaise: totals.chargesPaise,
    sessions: totals.sessions,
    winRate: totals.trades.winRate,
    profitFactor: totals.trades.profitFactor,
    expectancyPaise: totals.trades.expectancy,
    sharpe: totals.daily.sharpe,
    maxDrawdownPaise: totals.trades.drawdown.depth,
    unfilledEntries: totals.unfilledEntries,
    ambiguity: {
      trades: ambiguity.trades,
      assumedPaise: ambiguity.assumed,
      bestPaise: ambiguity.best,
      worstPaise: ambiguity.worst,
    },
    days: report.days.map(({ date, net: netPaise, trades }) => ({ date, netPaise, trades })),
    gateRows: report.rows.map(gateResultOf),
    costs: CHARGE_HEADS.map((head) => ({ head, paise: report.costsByHeadPaise[head] })),
    conventions: [...report.conventions],
    tradeList: run.trades.map(tradeViewOf),
  };
}
