import { knownPaths } from './cluster-home.js';
import { clusterMajor, programError } from './create-cluster.js';
import { folderError } from './folder-error.js';
import { findBinaries } from './postgres-binaries.js';
import { readPostmaster, removeDeadPidFile } from './postmaster.js';
import { runProgram } from './run-program.js';
import { serverUser } from './server-user.js';

/**
 * Stops the embedded server of a data folder, disconnecting its clients; false when none ran.
 * @throws SOS_DB_UNAVAILABLE when it does not stop within a minute
 */
export async function stopDatabase({ dataDir }: { readonly dataDir: string }): Promise<boolean> {
  try {
    const paths = knownPaths(dataDir);
    if (readPostmaster(paths.postmasterPid) === null) {
      removeDeadPidFile(paths.postmasterPid);
      return false;
    }
    const user = serverUser(paths.pgdata);
    const binaries = await findBinaries(user, clusterMajor(paths));
    const args = ['stop', '-w', '-s', '-m', 'fast', '-t', '60', '-D', paths.pgdata];
    const run = await runProgram(binaries.pgCtl, args, { user, cwd: paths.home });
    if (run.code !== 0 && readPostmaster(paths.postmasterPid) !== null)
      throw programError('PostgreSQL to stop', run.output, paths.log);
    return true;
  } catch (error) {
    throw folderError(error, dataDir);
  }
}
