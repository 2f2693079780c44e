import { desc, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import {
  paise,
  parseIstDate,
  SERIES_SOURCES,
  type EpochMs,
  type IstDate,
  type Paise,
  type SeriesSource,
} from '@sos/domain';

import { runs } from '../schema/runs.js';
import type { RunSummaryFields } from './save-run.js';

/** One line of a list of runs. */
export interface RunSummary {
  readonly runId: string;
  readonly createdAt: EpochMs;
  readonly from: IstDate;
  readonly to: IstDate;
  readonly underlyings: RunSummaryFields['underlyings'];
  readonly gates: RunSummaryFields['gates'];
  readonly source: SeriesSource;
  readonly trades: number;
  readonly gross: Paise;
  readonly charges: Paise;
  readonly net: Paise;
  readonly startingCapital: Paise;
  readonly dataHash: string;
  readonly configHash: string;
  readonly ledgerHash: string;
}

function summaryOf(row: typeof runs.$inferSelect): RunSummary {
  const said = row.summary as RunSummaryFields;
  return {
    runId: row.runId,
    createdAt: Date.parse(row.createdAt.replace(' ', 'T').replace(/\+00$/, 'Z')) as EpochMs,
    from: parseIstDate(row.fromDate),
    to: parseIstDate(row.toDate),
    underlyings: said.underlyings,
    gates: said.gates,
    source: SERIES_SOURCES.find((s) => s === row.source) ?? 'simulated',
    trades: row.trades,
    gross: paise(row.grossPaise),
    charges: paise(row.chargesPaise),
    net: paise(row.netPaise),
    startingCapital: paise(row.startingCapitalPaise),
    dataHash: row.dataHash,
    configHash: row.configHash,
    ledgerHash: row.ledgerHash,
  };
}

/** Complete runs, latest first. */
export async function listRuns(db: PostgresJsDatabase, limit: number): Promise<RunSummary[]> {
  const rows = await db.select().from(runs).where(eq(runs.status, 'complete')).orderBy(desc(runs.id)).limit(limit);
  return rows.map(summaryOf);
}
