import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { AppError } from '@sos/domain';

import type { ClusterPaths } from './cluster-paths.js';
import { DATABASE_NAME } from './database-url.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { runProgram } from './run-program.js';
import type { ServerUser } from './server-user.js';

/** Reads the owner's password of the cluster, or null before it exists. */
export function readPassword(paths: ClusterPaths): string | null {
  return existsSync(paths.password) ? readFileSync(paths.password, 'utf8').trim() : null;
}

/** Major version of an existing cluster, or null before it exists. */
export function clusterMajor(paths: ClusterPaths): number | null {
  const file = join(paths.pgdata, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : null;
}

function giveTo(user: ServerUser | null, path: string): void {
  if (user !== null) chownSync(path, user.uid, user.gid);
}

const FULL_DISK = /no space left|disk full|quota exceeded|file too large/i;

/** Error of a PostgreSQL program in one line; a full disk is named as what it is. */
export function programError(what: string, output: string, log: string): AppError {
  const lines = output.split('\n');
  // A program that runs out of disk fails in other ways afterwards: the first such line is the cause.
  const full = lines.find((line) => FULL_DISK.test(line));
  const told = lines.filter((line) => /error|fatal|panic|could not|denied/i.test(line));
  const detail = (full ?? told.at(-1) ?? lines.at(-1) ?? '').trim();
  const code = full === undefined ? 'SOS_DB_UNAVAILABLE' : 'SOS_DATA_FOLDER';
  return new AppError(code, `expected ${what}, found: ${detail || 'no output'} (log: ${log})`, { context: { log } });
}

const ROOM = 8_000_000;

// initdb does not always say what it died of: but as long as it leaves its files, a disk that it filled is still full.
function fullDisk(folder: string): string {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < ROOM ? `no space left on device (${bavail * bsize} bytes free)` : '';
}

/**
 * Creates the cluster in a scratch folder and moves it into place, so that a process killed meanwhile leaves none rather than half of one.
 * Logins need the random password (scram), which only the owner of the data folder can read.
 */
export async function createCluster(
  paths: ClusterPaths,
  binaries: PostgresBinaries,
  user: ServerUser | null,
): Promise<void> {
  const scratch = join(paths.home, `new-${process.pid}`);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { mode: 0o700 });
  giveTo(user, scratch);
  const password = randomBytes(24).toString('hex');
  const pwfile = join(scratch, 'pw');
  writeFileSync(pwfile, `${password}\n`, { mode: 0o600 });
  giveTo(user, pwfile);
  const pgdata = join(scratch, 'pgdata');
  const args = ['-D', pgdata, '-U', DATABASE_NAME, `--pwfile=${pwfile}`, '-A', 'scram-sha-256', '-E', 'UTF8'];
  const made = await runProgram(binaries.initdb, [...args, '--locale=C', '--no-instructions', '--no-clean'], {
    user,
    cwd: scratch,
  });
  rmSync(pwfile, { force: true });
  if (made.code !== 0) {
    const output = `${made.output}\n${fullDisk(scratch)}`.trim();
    rmSync(scratch, { recursive: true, force: true });
    throw programError('initdb to create a database cluster', output, paths.log);
  }
  appendFileSync(join(pgdata, 'postgresql.conf'), "\ninclude_if_exists = 'sos.conf'\n");
  writeFileSync(paths.password, `${password}\n`, { mode: 0o600 });
  renameSync(pgdata, paths.pgdata);
  rmSync(scratch, { recursive: true, force: true });
}
