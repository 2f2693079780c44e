import {
  CHARGE_HEADS,
  type ChargeBreakdown,
  type DecisionRecord,
  type FillRecord,
  type OrderRecord,
  type TradeRecord,
} from '@sos/domain';

import type { CopyEncoder } from '../copy/copy-encoder.js';
import type { RowSource } from '../copy/copy-in.js';

/** Where and how the records of one kind are sent. */
export interface RecordTable<T> {
  readonly target: string;
  readonly fields: number;
  write(encoder: CopyEncoder, record: T): void;
}

const CHARGES =
  'brokerage_paise, stt_paise, exchange_paise, ipft_paise, sebi_paise, stamp_paise, gst_paise, charges_paise';

function writeCharges(encoder: CopyEncoder, charges: ChargeBreakdown): void {
  for (const head of CHARGE_HEADS) encoder.bigint(charges[head]);
  encoder.bigint(charges.total);
}

function writeOptional(encoder: CopyEncoder, amount: number | null): void {
  if (amount === null) encoder.null();
  else encoder.bigint(amount);
}

export const ORDER_TABLE: RecordTable<OrderRecord> = {
  target:
    'orders (run, ordinal, seq, order_id, time, gate, underlying, contract, side, lots, units, limit_paise, trigger_paise, attempt, status, reason)',
  fields: 16,
  write(encoder, o) {
    encoder.integer(o.seq);
    encoder.integer(o.orderId);
    encoder.time(o.time);
    encoder.text(o.gate);
    encoder.text(o.underlying);
    encoder.text(o.contract);
    encoder.text(o.side);
    encoder.integer(o.lots);
    encoder.integer(o.units);
    writeOptional(encoder, o.limit);
    writeOptional(encoder, o.trigger);
    encoder.integer(o.attempt);
    encoder.text(o.status);
    encoder.text(o.reason);
  },
};

export const FILL_TABLE: RecordTable<FillRecord> = {
  target: `fills (run, ordinal, seq, order_id, time, contract, side, units, price_paise, decision_bid_paise, decision_ask_paise,
    spread_paise, attempt, source, ${CHARGES})`,
  fields: 22,
  write(encoder, f) {
    encoder.integer(f.seq);
    encoder.integer(f.orderId);
    encoder.time(f.time);
    encoder.text(f.contract);
    encoder.text(f.side);
    encoder.integer(f.units);
    encoder.bigint(f.price);
    writeOptional(encoder, f.decisionBid);
    writeOptional(encoder, f.decisionAsk);
    encoder.bigint(f.spread);
    encoder.integer(f.attempt);
    encoder.text(f.source);
    writeCharges(encoder, f.charges);
  },
};

export const TRADE_TABLE: RecordTable<TradeRecord> = {
  target: `trades (run, ordinal, seq, gate, underlying, contract, bias, regime, signal_time, entry_time, exit_time, lots, units, entry_price_paise,
    exit_price_paise, exit_reason, ambiguous, gross_paise, ${CHARGES}, net_paise, worst_paise, best_paise, order_ids, entry_chases, exit_chases,
    missed_stop_cost_paise, initial_risk_paise, max_adverse_paise, max_favourable_paise, reasons, source)`,
  fields: 38,
  write(encoder, t) {
    encoder.integer(t.seq);
    encoder.text(t.gate);
    encoder.text(t.underlying);
    encoder.text(t.contract);
    encoder.text(t.bias);
    encoder.text(t.regime);
    encoder.time(t.signalTime);
    encoder.time(t.entryTime);
    encoder.time(t.exitTime);
    encoder.integer(t.lots);
    encoder.integer(t.units);
    encoder.bigint(t.entryPrice);
    encoder.bigint(t.exitPrice);
    encoder.text(t.exitReason);
    encoder.boolean(t.ambiguous);
    encoder.bigint(t.gross);
    writeCharges(encoder, t.charges);
    encoder.bigint(t.net);
    encoder.bigint(t.worst);
    encoder.bigint(t.best);
    encoder.jsonb(t.orderIds);
    encoder.integer(t.entryChases);
    encoder.integer(t.exitChases);
    writeOptional(encoder, t.missedStopCost);
    encoder.bigint(t.initialRisk);
    encoder.bigint(t.maxAdverse);
    encoder.bigint(t.maxFavourable);
    encoder.jsonb(t.reasons);
    encoder.text(t.source);
  },
};

export const DECISION_TABLE: RecordTable<DecisionRecord> = {
  target: 'decisions (run, ordinal, seq, time, underlying, gate, kind, reason, detail)',
  fields: 9,
  write(encoder, d) {
    encoder.integer(d.seq);
    encoder.time(d.time);
    encoder.text(d.underlying);
    encoder.text(d.gate);
    encoder.text(d.kind);
    encoder.text(d.reason);
    encoder.text(d.detail);
  },
};

/** The records of one run as rows of their table. */
export function recordRows<T>(run: number, table: RecordTable<T>, records: readonly T[]): RowSource {
  return {
    length: records.length,
    write(encoder: CopyEncoder, row: number): void {
      encoder.row(table.fields);
      encoder.integer(run);
      encoder.integer(row);
      table.write(encoder, records[row] as T);
    },
  };
}
