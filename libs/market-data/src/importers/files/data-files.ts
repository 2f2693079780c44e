import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';

async function isFileLink(full: string, isLink: boolean): Promise<boolean> {
  return isLink && ((await stat(full).catch(() => null))?.isFile() ?? false);
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await walk(full)));
    else if (entry.isFile() || (await isFileLink(full, entry.isSymbolicLink()))) found.push(full);
  }
  return found;
}

function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The files at or below a path whose names end in one of `endings`, absolute, in byte order of their names on every machine.
 * @throws SOS_INPUT when the path does not exist
 */
export async function dataFiles(target: string, endings: readonly string[]): Promise<string[]> {
  const full = path.resolve(target);
  const found = await stat(full).catch(() => null);
  if (!found) throw new AppError('SOS_INPUT', `expected a file or folder, found nothing at "${target}"`);
  const all = found.isDirectory() ? await walk(full) : [full];
  return all.filter((f) => endings.some((e) => f.toLowerCase().endsWith(e))).sort(byName);
}

/** The folder that names a dataset: the path itself, or the folder of a single file. */
export async function datasetFolder(target: string): Promise<string> {
  const full = path.resolve(target);
  const found = await stat(full).catch(() => null);
  return found?.isDirectory() ? full : path.dirname(full);
}
