import { desc, eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';

import { ingestionFiles } from '../schema/ingestion-files.js';
import { quarantine } from '../schema/quarantine.js';
import type { ImportFile } from './import-file.js';

/** A file of the import ledger. */
export interface ImportedFile extends ImportFile {
  readonly state: string;
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsUnchanged: number;
  readonly rowsRepaired: number;
  readonly rowsQuarantined: number;
  readonly gaps: number;
  readonly failure: string | null;
  /** As PostgreSQL prints it, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/** A refused row and the file it came from. */
export interface QuarantinedRow {
  readonly kind: string;
  readonly file: string;
  readonly line: number | null;
  readonly reason: string;
  readonly row: string;
}

/** Which refused rows: of one importer, and at most so many (1,000 by default). */
export interface QuarantineQuery {
  readonly kind?: string;
  readonly limit?: number;
}

/** Files of the import ledger, latest first. */
export function listImports(db: PostgresJsDatabase, kind?: string): Promise<ImportedFile[]> {
  const wanted = kind === undefined ? undefined : eq(ingestionFiles.kind, kind);
  return db.select().from(ingestionFiles).where(wanted).orderBy(desc(ingestionFiles.id));
}

/** Refused rows in the order of their files and lines. */
export function listQuarantine(
  db: PostgresJsDatabase,
  { kind, limit = 1_000 }: QuarantineQuery,
): Promise<QuarantinedRow[]> {
  const { line, reason, row } = quarantine;
  return db
    .select({ kind: ingestionFiles.kind, file: ingestionFiles.name, line, reason, row })
    .from(quarantine)
    .innerJoin(ingestionFiles, eq(quarantine.fileId, ingestionFiles.id))
    .where(kind === undefined ? undefined : eq(ingestionFiles.kind, kind))
    .orderBy(quarantine.id)
    .limit(limit);
}
