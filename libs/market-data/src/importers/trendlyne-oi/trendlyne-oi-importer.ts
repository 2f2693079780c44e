import { stat } from 'node:fs/promises';
import { isAppError, istDateOf, parseIstDate, type EpochMs, type IstDate } from '@sos/domain';
import type { QuarantineReason } from '../faults.js';
import { QuarantineList } from '../feed/quarantine-list.js';
import type { ImportBatch, ImportContext, Importer, ImportFile } from '../importer.js';
import { ChainSessions, sessionBatches } from '../nse-chain/chain-sessions.js';
import { sessionWindows } from '../session-windows.js';
import { aggregatesBeside, OI_ENDINGS, oiFiles } from './oi-files.js';
import { pageOfSnapshot, snapshotsOf, stampOfSnapshot, underlyingOf, type OiSnapshot } from './oi-snapshot.js';
import { readLiveOi } from './read-live-oi.js';
import { readOiCsv, readOiDatabase, readStatsCsv, type OiTables } from './read-oi-tables.js';
import { stampFault, utcStamps } from './recorded-clock.js';
import { statBatches } from './vendor-stats.js';

function expiryOf(snapshot: OiSnapshot, tables: OiTables): IstDate | null {
  try {
    return parseIstDate(tables.expiries.get(`${snapshot.symbol} ${snapshot.date} ${snapshot.clock}`) ?? '');
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** The stamps of a file that are UTC, by symbol and day: each day's own runs tell. */
function utcOfDays(snapshots: readonly OiSnapshot[]): ReadonlyMap<string, ReadonlySet<number>> {
  const days = new Map<string, number[]>();
  for (const snapshot of snapshots) {
    const stamp = stampOfSnapshot(snapshot);
    const key = `${snapshot.symbol} ${snapshot.date}`;
    if (!Number.isNaN(stamp)) days.set(key, [...(days.get(key) ?? []), stamp]);
  }
  return new Map(
    [...days].map(([key, stamps]) => [key, utcStamps(stamps, sessionWindows(istDateOf((stamps[0] ?? 0) as EpochMs)))]),
  );
}

class SnapshotAdmission {
  readonly sessions = new ChainSessions();
  readonly quarantine = new QuarantineList();
  refused = 0;
  private readonly file: string;
  private readonly tables: OiTables;

  constructor(file: string, tables: OiTables) {
    this.file = file;
    this.tables = tables;
  }

  addAll(snapshots: readonly OiSnapshot[]): void {
    const utc = utcOfDays(snapshots);
    for (const snapshot of snapshots) {
      const reason = this.add(snapshot, utc.get(`${snapshot.symbol} ${snapshot.date}`) ?? new Set());
      if (reason) this.refuse(snapshot, reason);
    }
  }

  private add(snapshot: OiSnapshot, utc: ReadonlySet<number>): QuarantineReason | null {
    const stamp = stampOfSnapshot(snapshot);
    if (Number.isNaN(stamp)) return 'bad-number';
    const underlying = underlyingOf(snapshot);
    const expiry = expiryOf(snapshot, this.tables);
    if (!underlying || !expiry) return 'unknown-contract';
    const fault = stampFault(stamp, sessionWindows(istDateOf(stamp as EpochMs)), utc);
    if (fault) return fault;
    this.sessions.add(pageOfSnapshot(snapshot, { file: this.file, underlying, expiry }));
    return null;
  }

  private refuse(snapshot: OiSnapshot, reason: QuarantineReason): void {
    const { symbol, date, clock, rows } = snapshot;
    const sample = `${symbol} ${date} ${clock} open interest of ${rows.length} strikes`;
    this.refused += rows.length;
    this.quarantine.add({ file: this.file, line: null, reason, rows: rows.length, sample });
  }
}

async function tablesOf(unit: ImportFile, file: string, onBytes: (bytes: number) => void): Promise<OiTables> {
  if (unit.variant === 'details-csv') return readOiCsv(file, onBytes);
  if (unit.variant === 'stats-csv') return readStatsCsv(file, onBytes);
  const tables = await readOiDatabase(file);
  onBytes((await stat(file)).size);
  return tables;
}

async function* readTables(unit: ImportFile, file: string, context: ImportContext): AsyncGenerator<ImportBatch> {
  const tables = await tablesOf(unit, file, context.onBytes);
  const admission = new SnapshotAdmission(file, tables);
  admission.addAll(snapshotsOf(tables.details));
  const { sessions } = admission;
  yield* sessionBatches(sessions);
  yield* statBatches(file, tables.stats);
  const rows = [...tables.quarantined, ...admission.quarantine.rows, ...sessions.quarantined];
  if (rows.length > 0) yield { type: 'quarantine', rows };
  const read = sessions.rows + admission.refused + tables.stats.length + tables.quarantined.length;
  yield { type: 'read', rows: read, repairs: sessions.repairs };
}

async function* readUnit(unit: ImportFile, context: ImportContext): AsyncGenerator<ImportBatch> {
  for (const file of unit.paths) {
    if (unit.variant !== 'live-oi-json') {
      yield* readTables(unit, file, context);
      continue;
    }
    const sessions = new ChainSessions();
    sessions.add(await readLiveOi(file, context.onBytes));
    yield* sessionBatches(sessions);
    if (sessions.quarantined.length > 0) yield { type: 'quarantine', rows: sessions.quarantined };
    yield { type: 'read', rows: sessions.rows, repairs: sessions.repairs };
  }
}

/** Recorded Trendlyne open interest per strike: SQLite, CSV, or `live-oi-data` answers, with the vendor's put-call ratios. */
export const trendlyneOiImporter: Importer = {
  kind: 'trendlyne-oi',
  describe:
    'recorded Trendlyne open interest (SQLite or CSV with its aggregates, live-oi-data JSON, put-call ratio CSV)',
  revision: 1,
  endings: OI_ENDINGS,
  async detect(target) {
    return (await oiFiles(target))[0]?.variant ?? null;
  },
  files: oiFiles,
  async references(file) {
    return file.variant === 'details-csv' ? file.paths.map(aggregatesBeside) : [];
  },
  read: readUnit,
};
