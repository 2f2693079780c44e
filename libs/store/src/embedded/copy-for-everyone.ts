import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '@sos/domain';

import { traversableFolderFor } from './cluster-paths.js';
import { errnoOf } from './folder-error.js';

/** Makes a tree readable and enterable for every user, whatever the umask it was installed under. */
function openToEveryone(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  const execute = stat.isDirectory() || (stat.mode & 0o100) !== 0 ? 0o111 : 0;
  chmodSync(path, (stat.mode & 0o777) | 0o444 | execute);
  if (stat.isDirectory()) for (const name of readdirSync(path)) openToEveryone(join(path, name));
}

/** Refuses a folder in a shared place that somebody else made: what lies in it must not be trusted. */
export function requireOwn(folder: string): void {
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || (process.getuid !== undefined && stat.uid !== process.getuid()))
    throw new AppError('SOS_DATA_FOLDER', `expected ${folder} to be a folder of this user, but somebody else owns it`);
}

/** Copies the program folder to a place that every user may enter (once per source folder) and gives the copy. */
export function copyForEveryone(native: string): string {
  const folder = traversableFolderFor(native, 'pgbin');
  const copy = join(folder, 'native');
  if (existsSync(folder)) {
    requireOwn(folder);
    return copy;
  }
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true, mode: 0o755 });
  cpSync(native, join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
  openToEveryone(partial);
  try {
    renameSync(partial, folder);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!['EEXIST', 'ENOTEMPTY'].includes(errnoOf(error))) throw error;
    // Another process was faster: its copy is as good as ours.
    requireOwn(folder);
  }
  return copy;
}
