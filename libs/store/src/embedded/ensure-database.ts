import { AppError } from '@sos/domain';

import { knownPaths, makeDataFolder, prepareHome } from './cluster-home.js';
import type { ClusterPaths } from './cluster-paths.js';
import { clusterMajor, createCluster, readPassword } from './create-cluster.js';
import { localUrl } from './database-url.js';
import { folderError } from './folder-error.js';
import { findBinaries } from './postgres-binaries.js';
import { answers, readPostmaster } from './postmaster.js';
import { serverUser } from './server-user.js';
import { ensureOwnDatabase, startCluster } from './start-cluster.js';
import { withStartLock } from './start-lock.js';

/** Where to find or keep the database. `databaseUrl` (the user's DATABASE_URL) wins over the data folder. */
export interface DatabaseOptions {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}

/** A database that can be opened. `url` holds the password: print it only through `maskUrl`. */
export interface RunningDatabase {
  readonly url: string;
  readonly kind: 'server' | 'embedded';
  /** True when this call started the server. */
  readonly started: boolean;
  readonly dataFolder: string | null;
  readonly logFile: string | null;
  /** What the user should know, e.g. that the database had to live elsewhere. */
  readonly notes: readonly string[];
}

/** The running cluster of a data folder, or null. */
export async function findRunning(paths: ClusterPaths): Promise<RunningDatabase | null> {
  const server = readPostmaster(paths.postmasterPid);
  if (server === null || !server.ready || !(await answers(server.port))) return null;
  return {
    url: localUrl(server.port, requirePassword(paths)),
    kind: 'embedded',
    started: false,
    dataFolder: paths.pgdata,
    logFile: paths.log,
    notes: [],
  };
}

function requirePassword(paths: ClusterPaths): string {
  const password = readPassword(paths);
  if (password !== null) return password;
  throw new AppError(
    'SOS_DB_UNAVAILABLE',
    `expected the password of the database cluster in ${paths.password}, found no such file`,
  );
}

async function start(dataDir: string): Promise<RunningDatabase> {
  const notes: string[] = [];
  const user = serverUser(knownPaths(dataDir).pgdata);
  const paths = prepareHome(dataDir, user, notes);
  const running = await findRunning(paths);
  if (running !== null) return running;
  const major = clusterMajor(paths);
  const binaries = await findBinaries(user, major);
  if (binaries.origin === 'npm copy') notes.push('PostgreSQL runs from a copy: its user cannot enter this checkout');
  if (major === null) await createCluster(paths, binaries, user);
  const port = await startCluster(paths, binaries, user);
  const password = requirePassword(paths);
  await ensureOwnDatabase(port, password);
  const url = localUrl(port, password);
  return { url, kind: 'embedded', started: true, dataFolder: paths.pgdata, logFile: paths.log, notes };
}

/**
 * A usable database: the server of `databaseUrl` when given, else the embedded PostgreSQL of the data folder, created and started when needed.
 * A second process connects to the server that the first one started; the server outlives both until `stopDatabase`.
 * @throws SOS_DATA_FOLDER when the folder cannot be written or its disk is full; SOS_DB_UNAVAILABLE when no server can be started
 */
export async function ensureDatabase({ dataDir, databaseUrl }: DatabaseOptions): Promise<RunningDatabase> {
  if (databaseUrl !== undefined && databaseUrl !== '')
    return { url: databaseUrl, kind: 'server', started: false, dataFolder: null, logFile: null, notes: [] };
  try {
    const running = await findRunning(knownPaths(dataDir));
    if (running !== null) return running;
    const { lock } = makeDataFolder(dataDir);
    return await withStartLock(
      lock,
      () => start(dataDir),
      () => findRunning(knownPaths(dataDir)),
    );
  } catch (error) {
    throw folderError(error, dataDir);
  }
}
