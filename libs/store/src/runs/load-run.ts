import { and, asc, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { AppError, didYouMean, paise, type ChargeBreakdown, type EpochMs } from '@sos/domain';
import type { RunResult } from '@sos/backtester';

import { decisions } from '../schema/decisions.js';
import { fills } from '../schema/fills.js';
import { orders } from '../schema/orders.js';
import { runs } from '../schema/runs.js';
import { trades } from '../schema/trades.js';
import type { RunSummaryFields } from './save-run.js';

type ChargeRow = Pick<
  typeof fills.$inferSelect,
  | 'brokeragePaise'
  | 'sttPaise'
  | 'exchangePaise'
  | 'ipftPaise'
  | 'sebiPaise'
  | 'stampPaise'
  | 'gstPaise'
  | 'chargesPaise'
>;

function chargesOf(row: ChargeRow): ChargeBreakdown {
  return {
    brokerage: paise(row.brokeragePaise),
    stt: paise(row.sttPaise),
    exchange: paise(row.exchangePaise),
    ipft: paise(row.ipftPaise),
    sebi: paise(row.sebiPaise),
    stamp: paise(row.stampPaise),
    gst: paise(row.gstPaise),
    total: paise(row.chargesPaise),
  };
}

/** `2025-08-29 03:45:00+00`, as PostgreSQL prints it in UTC. */
const instant = (text: string): EpochMs => Date.parse(text.replace(' ', 'T').replace(/\+00$/, 'Z')) as EpochMs;

// Only saveRun writes these tables, from typed records and inside one transaction: what comes back is what went in.
async function loadOrders(db: PostgresJsDatabase, run: number): Promise<RunResult['orders']> {
  const rows = await db.select().from(orders).where(eq(orders.run, run)).orderBy(asc(orders.ordinal));
  return rows.map(
    (o) =>
      ({
        seq: o.seq,
        orderId: o.orderId,
        time: instant(o.time),
        gate: o.gate,
        underlying: o.underlying,
        contract: o.contract,
        side: o.side,
        lots: o.lots,
        units: o.units,
        limit: o.limitPaise,
        trigger: o.triggerPaise,
        attempt: o.attempt,
        status: o.status,
        reason: o.reason,
      }) as RunResult['orders'][number],
  );
}

async function loadFills(db: PostgresJsDatabase, run: number): Promise<RunResult['fills']> {
  const rows = await db.select().from(fills).where(eq(fills.run, run)).orderBy(asc(fills.ordinal));
  return rows.map(
    (f) =>
      ({
        seq: f.seq,
        orderId: f.orderId,
        time: instant(f.time),
        contract: f.contract,
        side: f.side,
        units: f.units,
        price: f.pricePaise,
        decisionBid: f.decisionBidPaise,
        decisionAsk: f.decisionAskPaise,
        spread: f.spreadPaise,
        attempt: f.attempt,
        charges: chargesOf(f),
        source: f.source,
      }) as RunResult['fills'][number],
  );
}

async function loadTrades(db: PostgresJsDatabase, run: number): Promise<RunResult['trades']> {
  const rows = await db.select().from(trades).where(eq(trades.run, run)).orderBy(asc(trades.ordinal));
  return rows.map(
    (t) =>
      ({
        seq: t.seq,
        gate: t.gate,
        underlying: t.underlying,
        contract: t.contract,
        bias: t.bias,
        regime: t.regime,
        signalTime: instant(t.signalTime),
        entryTime: instant(t.entryTime),
        exitTime: instant(t.exitTime),
        lots: t.lots,
        units: t.units,
        entryPrice: t.entryPricePaise,
        exitPrice: t.exitPricePaise,
        exitReason: t.exitReason,
        ambiguous: t.ambiguous,
        gross: t.grossPaise,
        charges: chargesOf(t),
        net: t.netPaise,
        // Of a run stored before the band was kept only the assumed result is known.
        worst: t.worstPaise ?? t.netPaise,
        best: t.bestPaise ?? t.netPaise,
        orderIds: t.orderIds,
        entryChases: t.entryChases,
        exitChases: t.exitChases,
        missedStopCost: t.missedStopCostPaise,
        initialRisk: t.initialRiskPaise,
        maxAdverse: t.maxAdversePaise,
        maxFavourable: t.maxFavourablePaise,
        reasons: t.reasons,
        source: t.source,
      }) as RunResult['trades'][number],
  );
}

async function loadDecisions(db: PostgresJsDatabase, run: number): Promise<RunResult['decisions']> {
  const rows = await db.select().from(decisions).where(eq(decisions.run, run)).orderBy(asc(decisions.ordinal));
  return rows.map(
    (d) =>
      ({
        seq: d.seq,
        time: instant(d.time),
        underlying: d.underlying,
        gate: d.gate,
        kind: d.kind,
        reason: d.reason,
        detail: d.detail,
      }) as RunResult['decisions'][number],
  );
}

/** A complete run as it was saved. @throws SOS_UNKNOWN_RUN with the nearest ids */
export async function loadRun(db: PostgresJsDatabase, runId: string): Promise<RunResult> {
  const found = await db
    .select({ id: runs.id, summary: runs.summary })
    .from(runs)
    .where(and(eq(runs.runId, runId), eq(runs.status, 'complete')));
  const run = found[0];
  if (run === undefined) throw await unknownRun(db, runId);
  const [o, f, t, d] = await Promise.all([
    loadOrders(db, run.id),
    loadFills(db, run.id),
    loadTrades(db, run.id),
    loadDecisions(db, run.id),
  ]);
  return { ...(run.summary as RunSummaryFields), orders: o, fills: f, trades: t, decisions: d };
}

async function unknownRun(db: PostgresJsDatabase, runId: string): Promise<AppError> {
  const ids = (await db.select({ runId: runs.runId }).from(runs)).map((r) => r.runId);
  return new AppError('SOS_UNKNOWN_RUN', `expected the id of a stored run, found "${runId}"${didYouMean(runId, ids)}`);
}
