import { setTimeout as sleep } from 'node:timers/promises';

import { AppError } from '@sos/domain';

import { knownPaths } from './cluster-home.js';
import type { ClusterPaths } from './cluster-paths.js';
import { clusterMajor, programError } from './create-cluster.js';
import { errnoOf, folderError } from './folder-error.js';
import { findBinaries } from './postgres-binaries.js';
import { readPostmaster, removeDeadPidFile } from './postmaster.js';
import { isProcessAlive } from './process-state.js';
import { runProgram } from './run-program.js';

const PATIENCE_MS = 60_000;
const POLL_MS = 20;

/** A fast shutdown is SIGINT to the postmaster: this needs no programs, so it works even where they were removed meanwhile. */
async function stopBySignal(pid: number, paths: ClusterPaths): Promise<void> {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (errnoOf(error) !== 'ESRCH')
      throw new AppError(
        'SOS_DB_UNAVAILABLE',
        `expected to be allowed to stop process ${pid}, but it belongs to another user`,
      );
  }
  for (const end = Date.now() + PATIENCE_MS; isProcessAlive(pid); await sleep(POLL_MS))
    if (Date.now() > end)
      throw new AppError(
        'SOS_DB_UNAVAILABLE',
        `expected PostgreSQL (process ${pid}) to stop, but it runs (log: ${paths.log})`,
      );
}

async function stopByProgram(paths: ClusterPaths): Promise<void> {
  const binaries = await findBinaries(null, clusterMajor(paths));
  const args = ['stop', '-w', '-s', '-m', 'fast', '-t', '60', '-D', paths.pgdata];
  const run = await runProgram(binaries.pgCtl, args, { user: null, cwd: paths.home });
  if (run.code !== 0 && readPostmaster(paths.postmasterPid) !== null)
    throw programError('PostgreSQL to stop', run.output, paths.log);
}

/**
 * Stops the embedded server of a data folder, disconnecting its clients; false when none ran.
 * @throws SOS_DB_UNAVAILABLE when it does not stop within a minute
 */
export async function stopDatabase({ dataDir }: { readonly dataDir: string }): Promise<boolean> {
  try {
    const paths = knownPaths(dataDir);
    const server = readPostmaster(paths.postmasterPid);
    if (server !== null) await (process.platform === 'win32' ? stopByProgram(paths) : stopBySignal(server.pid, paths));
    removeDeadPidFile(paths.postmasterPid);
    return server !== null;
  } catch (error) {
    throw folderError(error, dataDir);
  }
}
