import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { AppError } from '@sos/domain';

import { connectClient, type Client, type Queryable } from './client.js';
import { codeOf, databaseError } from './database-error.js';

const FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any constant will do; every SOS process must use the same. */
const LOCK = 7_305_221;

/** Outcome of a migration: how many steps were applied and the version of the schema (time of its last step, epoch ms). */
export interface MigrationOutcome {
  readonly applied: number;
  readonly version: number;
}

/** Times of the migrations that this build knows, ascending: the last is its schema version. */
function knownVersions(): number[] {
  const journal: unknown = JSON.parse(readFileSync(`${FOLDER}/meta/_journal.json`, 'utf8'));
  if (typeof journal !== 'object' || journal === null || !('entries' in journal) || !Array.isArray(journal.entries))
    throw new AppError('SOS_INVARIANT', `expected a migration journal in ${FOLDER}, found none`);
  return journal.entries.map((entry: { when: number }) => entry.when);
}

async function appliedVersions(sql: Queryable): Promise<number[]> {
  try {
    const rows = await sql<{ at: string }[]>`select created_at::text as at from drizzle.__drizzle_migrations`;
    return rows.map((row) => Number(row.at)).sort((a, b) => a - b);
  } catch (error) {
    // 42P01 no such table, 3F000 no such schema: nothing was ever applied.
    if (['42P01', '3F000'].includes(codeOf(error))) return [];
    throw error;
  }
}

function refuseNewer(applied: readonly number[], known: readonly number[]): void {
  const found = applied.at(-1) ?? 0;
  const newest = known.at(-1) ?? 0;
  if (found <= newest) return;
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 16);
  throw new AppError(
    'SOS_DB_NEWER_SCHEMA',
    `expected a database schema of ${day(newest)} or earlier, found one of ${day(found)}: a newer SOS wrote it`,
  );
}

async function applyMissing(sql: Client): Promise<void> {
  // Loaded only when there is work: most starts find the schema as it should be.
  const [{ drizzle }, { migrate: run }] = await Promise.all([
    import('drizzle-orm/postgres-js'),
    import('drizzle-orm/postgres-js/migrator'),
  ]);
  await run(drizzle(sql), { migrationsFolder: FOLDER });
}

/** Brings the schema of an open client's database to the version of this build. @param own a client with one connection that nobody else uses */
async function migrateWith(own: Client): Promise<MigrationOutcome> {
  const known = knownVersions();
  const version = known.at(-1) ?? 0;
  const before = await appliedVersions(own);
  refuseNewer(before, known);
  if (before.at(-1) === version) return { applied: 0, version };
  // A session lock: migrations of several processes run one after the other, and the later ones find nothing to do.
  await own`select pg_advisory_lock(${LOCK})`;
  try {
    const now = await appliedVersions(own);
    refuseNewer(now, known);
    await applyMissing(own);
    return { applied: known.filter((at) => !now.includes(at)).length, version };
  } finally {
    await own`select pg_advisory_unlock(${LOCK})`;
  }
}

/**
 * Brings the schema of a database to the version of this build, one process at a time.
 * @throws SOS_DB_NEWER_SCHEMA when a newer SOS wrote it; SOS_DB_UNAVAILABLE when it does not answer
 */
export async function migrate(url: string): Promise<MigrationOutcome> {
  const own = connectClient(url, 1);
  try {
    return await migrateWith(own);
  } catch (error) {
    throw databaseError(error, url);
  } finally {
    await own.end({ timeout: 5 });
  }
}

/** True when the schema is exactly this build's; checked over an existing connection, without loading the migrator. */
export async function isCurrentSchema(sql: Queryable): Promise<boolean> {
  const known = knownVersions();
  const applied = await appliedVersions(sql);
  refuseNewer(applied, known);
  return applied.at(-1) === known.at(-1);
}
