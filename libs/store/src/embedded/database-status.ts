import { existsSync } from 'node:fs';

import postgres from 'postgres';

import { knownPaths } from './cluster-home.js';
import { maskUrl } from './database-url.js';
import { findRunning, type DatabaseOptions } from './ensure-database.js';
import { readPostmaster } from './postmaster.js';

/** What `sos db status` shows; `url` is masked. */
export interface DatabaseStatus {
  readonly kind: 'server' | 'embedded';
  readonly running: boolean;
  readonly url: string | null;
  readonly pid: number | null;
  readonly port: number | null;
  readonly version: string | null;
  readonly dataFolder: string | null;
  readonly logFile: string | null;
}

async function versionOf(url: string): Promise<string | null> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => undefined });
  try {
    const rows = await sql<{ server_version: string }[]>`show server_version`;
    return rows[0]?.server_version ?? null;
  } catch {
    return null;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** State of the database of these options; starts and changes nothing. */
export async function databaseStatus({ dataDir, databaseUrl }: DatabaseOptions): Promise<DatabaseStatus> {
  const none = { pid: null, port: null, dataFolder: null, logFile: null };
  if (databaseUrl !== undefined && databaseUrl !== '') {
    const version = await versionOf(databaseUrl);
    return { ...none, kind: 'server', running: version !== null, url: maskUrl(databaseUrl), version };
  }
  const paths = knownPaths(dataDir);
  const dataFolder = existsSync(paths.pgdata) ? paths.pgdata : null;
  const logFile = existsSync(paths.log) ? paths.log : null;
  const running = await findRunning(paths);
  if (running === null)
    return { ...none, kind: 'embedded', running: false, url: null, version: null, dataFolder, logFile };
  const server = readPostmaster(paths.postmasterPid);
  return {
    kind: 'embedded',
    running: true,
    url: maskUrl(running.url),
    pid: server?.pid ?? null,
    port: server?.port ?? null,
    version: await versionOf(running.url),
    dataFolder,
    logFile,
  };
}
