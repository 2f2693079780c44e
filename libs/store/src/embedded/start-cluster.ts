import { chownSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import postgres from 'postgres';

import type { ClusterPaths } from './cluster-paths.js';
import { clusterSettings } from './cluster-settings.js';
import { programError } from './create-cluster.js';
import { DATABASE_NAME, localUrl } from './database-url.js';
import { freePort } from './free-port.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { removeDeadPidFile } from './postmaster.js';
import { runProgram } from './run-program.js';
import type { ServerUser } from './server-user.js';

const ATTEMPTS = 25;
const RETRY_MS = 200;
/** Passing states: the port was taken meanwhile, or a killed server's last processes are still going away. */
const PASSING =
  /address already in use|could not bind|could not create any TCP|shared memory block|another server might be running|lock file .* already exists/i;

function logSize(path: string): number {
  return existsSync(path) ? readFileSync(path).length : 0;
}

function logSince(path: string, offset: number): string {
  return existsSync(path) ? readFileSync(path).subarray(offset).toString('utf8') : '';
}

/** Starts the server detached from this process (it survives it) and waits until it accepts connections. Gives its port. */
export async function startCluster(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  user: ServerUser | null,
): Promise<number> {
  let output = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    removeDeadPidFile(paths.postmasterPid);
    const port = await freePort();
    const settings = join(paths.pgdata, 'sos.conf');
    writeFileSync(settings, clusterSettings(port), { mode: 0o600 });
    if (user !== null) chownSync(settings, user.uid, user.gid);
    const before = logSize(paths.log);
    const args = ['start', '-w', '-s', '-t', '600', '-D', paths.pgdata, '-l', paths.log];
    const run = await runProgram(binaries.pgCtl, args, { user, cwd: paths.home, timeoutMs: 620_000 });
    if (run.code === 0) return port;
    output = `${run.output}\n${logSince(paths.log, before)}`;
    if (!PASSING.test(output)) break;
    await sleep(RETRY_MS);
  }
  throw programError('PostgreSQL to start', output, paths.log);
}

/** Creates the database of SOS in a started cluster when it is not there yet. */
export async function ensureOwnDatabase(port: number, password: string): Promise<void> {
  const sql = postgres(localUrl(port, password, 'postgres'), { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${DATABASE_NAME}`;
    if (found.length === 0) await sql.unsafe(`create database ${DATABASE_NAME}`);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
