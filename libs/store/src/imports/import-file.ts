import type { Client } from '../client.js';
import type { Partitions } from '../copy/partitions.js';
import type { Registry } from '../market/registry.js';
import { MarketWriter, type WriteTools, type WriteTransaction } from '../market/write-transaction.js';

/** A file to import: `kind` names the importer, `revision` its version; a higher one imports the same content again. */
export interface ImportFile {
  readonly kind: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of the content, hexadecimal. */
  readonly sha256: string;
  readonly revision: number;
}

/** What an importer counts itself. */
export interface ImportTally {
  readonly read?: number;
  readonly repaired?: number;
  readonly gaps?: number;
}

/** A row that was refused: where, why, and what it said. */
export interface RefusedRow {
  readonly line: number | null;
  readonly reason: string;
  readonly row: string;
}

/** The transaction of one file. */
export interface ImportTransaction extends WriteTransaction {
  /** Adds to the figures of the import. */
  count(add: ImportTally): void;
  /** Keeps a row that was refused, with the reason. */
  quarantine(row: RefusedRow): void;
  /** Files of the same kind, earlier answers to the same question: their refused rows are dropped when this one is complete. */
  supersede(names: readonly string[]): void;
}

/** What became of a file; numbers of rows. `skipped`: it was complete already, its earlier counts are repeated. */
export interface ImportOutcome {
  readonly state: 'imported' | 'skipped';
  readonly read: number;
  readonly written: number;
  readonly unchanged: number;
  readonly repaired: number;
  readonly quarantined: number;
  readonly gaps: number;
}

class FileWriter extends MarketWriter implements ImportTransaction {
  readonly refused: RefusedRow[] = [];
  readonly superseded: string[] = [];
  read = 0;
  repaired = 0;
  gaps = 0;

  count(add: ImportTally): void {
    this.read += add.read ?? 0;
    this.repaired += add.repaired ?? 0;
    this.gaps += add.gaps ?? 0;
  }

  quarantine(row: RefusedRow): void {
    this.refused.push(row);
  }

  supersede(names: readonly string[]): void {
    this.superseded.push(...names);
  }
}

interface LedgerRow {
  readonly id: number;
  readonly state: string;
  readonly outcome: Omit<ImportOutcome, 'state'>;
}

export interface ImportTools {
  readonly sql: Client;
  readonly registry: Registry;
  readonly partitions: Partitions;
}

/** The counts of a file that is complete already, or null. */
export async function completedImport(sql: Client, file: ImportFile): Promise<ImportOutcome | null> {
  const row = await ledgerRow(sql, file);
  return row?.state === 'complete' ? { state: 'skipped', ...row.outcome } : null;
}

async function ledgerRow(sql: WriteTools['tx'] | Client, file: ImportFile): Promise<LedgerRow | null> {
  const rows = await sql<LedgerRow[]>`
    select id, state, json_build_object('read', rows_read, 'written', rows_written, 'unchanged', rows_unchanged,
      'repaired', rows_repaired, 'quarantined', rows_quarantined, 'gaps', gaps) as outcome
    from ingestion_files
    where kind = ${file.kind} and name = ${file.name} and sha256 = ${file.sha256} and revision = ${file.revision}`;
  return rows[0] ?? null;
}

async function open(sql: Client, file: ImportFile): Promise<void> {
  await sql`
    insert into ingestion_files as old (kind, name, size, sha256, revision, state)
    values (${file.kind}, ${file.name}, ${file.size}, ${file.sha256}, ${file.revision}, 'started')
    on conflict (kind, name, sha256, revision) do update set state = 'started', started_at = now(), failure = null
    where old.state <> 'complete'`;
}

async function fail(sql: Client, file: ImportFile, error: unknown): Promise<void> {
  const failure = error instanceof Error ? error.message : String(error);
  await sql`
    update ingestion_files set state = 'failed', failure = ${failure}, finished_at = now()
    where kind = ${file.kind} and name = ${file.name} and sha256 = ${file.sha256} and revision = ${file.revision}
      and state = 'started'`;
}

async function close(tx: WriteTools['tx'], id: number, writer: FileWriter): Promise<ImportOutcome> {
  const outcome: ImportOutcome = {
    state: 'imported',
    read: writer.read,
    written: writer.total.inserted + writer.total.changed,
    unchanged: writer.total.unchanged,
    repaired: writer.repaired,
    quarantined: writer.refused.length,
    gaps: writer.gaps,
  };
  await tx`
    delete from quarantine where file_id in (select old.id from ingestion_files old join ingestion_files new on new.kind = old.kind
      where new.id = ${id} and (old.id = ${id} or old.name = any(${writer.superseded}::text[])))`;
  await tx`
    insert into quarantine (file_id, line, reason, row)
    select ${id}::int, * from unnest(${writer.refused.map((r) => r.line)}::int[],
      ${writer.refused.map((r) => r.reason)}::text[], ${writer.refused.map((r) => r.row)}::text[])`;
  await tx`
    update ingestion_files set state = 'complete', finished_at = now(), failure = null, rows_read = ${outcome.read},
      rows_written = ${outcome.written}, rows_unchanged = ${outcome.unchanged}, rows_repaired = ${outcome.repaired},
      rows_quarantined = ${outcome.quarantined}, gaps = ${outcome.gaps}
    where id = ${id}`;
  return outcome;
}

/**
 * Imports one file in one transaction together with its row of the import ledger. Killed at any point, the file is either complete or absent,
 * and the same call again gives the same rows as an uninterrupted one. Two processes at the same file: the second waits, then skips.
 */
export async function importFile(
  { sql, registry, partitions }: ImportTools,
  file: ImportFile,
  work: (tx: ImportTransaction) => Promise<void>,
): Promise<ImportOutcome> {
  await open(sql, file);
  try {
    return await sql.begin(async (tx) => {
      const key = `${file.kind}\n${file.name}\n${file.sha256}\n${file.revision}`;
      await tx`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
      const row = await ledgerRow(tx, file);
      if (row?.state === 'complete') return { state: 'skipped', ...row.outcome } satisfies ImportOutcome;
      const writer = new FileWriter({ tx, registry, partitions });
      await work(writer);
      return close(tx, row?.id ?? 0, writer);
    });
  } catch (error) {
    // The error of the work matters more than a ledger that cannot be reached any more.
    await fail(sql, file, error).catch(() => undefined);
    throw error;
  }
}
