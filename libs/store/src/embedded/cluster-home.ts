import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { AppError } from '@sos/domain';

import { clusterPaths, traversableFolderFor, type ClusterPaths } from './cluster-paths.js';
import { requireOwn } from './copy-for-everyone.js';
import { folderError } from './folder-error.js';
import type { ServerUser } from './server-user.js';

/** True when `user` may pass through every folder above `path`. */
export function canReach(path: string, user: ServerUser): boolean {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const stat = statSync(folder);
    const bit = stat.uid === user.uid ? 0o100 : stat.gid === user.gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

const MOVED = 'moved-to';

/** The paths of an existing or future cluster, following the note that an earlier start left when it had to move. */
export function knownPaths(dataDir: string): ClusterPaths {
  const plain = clusterPaths(dataDir);
  const note = join(plain.folder, MOVED);
  return existsSync(note) ? clusterPaths(dataDir, readFileSync(note, 'utf8').trim()) : plain;
}

/** Creates the data folder and checks that it can be written. @throws SOS_DATA_FOLDER when it cannot */
export function makeDataFolder(dataDir: string): ClusterPaths {
  const { folder } = clusterPaths(dataDir);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.gitignore'), '*\n');
    return knownPaths(dataDir);
  } catch (error) {
    throw folderError(error, folder);
  }
}

/** Makes the cluster's home usable for the server's user; where that user cannot get there it becomes a short shared place, and a note says so. */
export function prepareHome(dataDir: string, user: ServerUser | null, notes: string[]): ClusterPaths {
  let paths = makeDataFolder(dataDir);
  if (user === null) return paths;
  // Enterable, not listable: the server's user must pass through; the password has its own 0600.
  chmodSync(paths.home, 0o711);
  const own = statSync(dataDir);
  if (own.uid === 0) chmodSync(dataDir, (own.mode & 0o777) | 0o011);
  if (!canReach(paths.pgdata, user)) paths = moveHome(dataDir, { from: paths, user, notes });
  if (!existsSync(paths.log)) writeFileSync(paths.log, '', { mode: 0o600 });
  chownSync(paths.log, user.uid, user.gid);
  return paths;
}

interface Move {
  readonly from: ClusterPaths;
  readonly user: ServerUser;
  readonly notes: string[];
}

function moveHome(dataDir: string, { from, user, notes }: Move): ClusterPaths {
  if (existsSync(from.pgdata))
    throw new AppError(
      'SOS_DATA_FOLDER',
      `expected user ${user.name} to be able to enter ${from.home}, where the database is, but a folder above it is closed`,
    );
  const home = traversableFolderFor(from.folder, 'pgdata');
  if (!existsSync(home)) mkdirSync(home);
  requireOwn(home);
  chmodSync(home, 0o711);
  writeFileSync(join(from.folder, MOVED), `${home}\n`);
  notes.push(`the database lives in ${home}, because the server's user cannot enter ${from.folder}`);
  return clusterPaths(dataDir, home);
}
