import type { RunResult } from '@sos/backtester';
import type { RunDetail, RunSummary, TradeView } from '@sos/contracts';
import { paise, type TradeRecord } from '@sos/domain';
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

function tradeViewOf(trade: TradeRecord): TradeView {
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
    source: trade.source,
  };
}

/** A stored run with all its trades. */
export function runDetailOf(run: RunResult): RunDetail {
  const net = paise(run.trades.reduce((sum, t) => sum + t.net, 0));
  const summary = runSummaryOf({ ...run, trades: run.trades.length, net });
  return { ...summary, gates: [...run.gates], dataHash: run.dataHash, tradeList: run.trades.map(tradeViewOf) };
}
