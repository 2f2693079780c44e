import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';

/** A gate file as read, with its path as shown in messages. */
export interface GateFileText {
  readonly path: string;
  readonly text: string;
}

// Beside the gates stand their JSON Schema and the goldens of their decisions.
const isGateFile = (name: string): boolean => /^[^.].*\.json$/.test(name) && !/\.(schema|golden)\.json$/.test(name);

async function filesOf(target: string): Promise<string[]> {
  const found = await stat(target).catch((cause: unknown) => {
    throw new AppError('SOS_INPUT', `expected a gate file or a folder of gate files, found nothing at ${target}`, {
      cause,
    });
  });
  if (!found.isDirectory()) return [target];
  const entries = await readdir(target, { withFileTypes: true });
  const files = entries.filter((e) => e.isFile() && isGateFile(e.name)).map((e) => path.join(target, e.name));
  const folders = entries.filter((e) => e.isDirectory() && !/^(\.|goldens?$|fixtures$)/.test(e.name));
  for (const folder of folders) files.push(...(await filesOf(path.join(target, folder.name))));
  return files.sort();
}

/**
 * Reads one gate file or every gate file below a folder, in order of name.
 * @param cwd paths below it are shown relative to it
 * @throws SOS_INPUT when there is nothing to read
 */
export async function readGateFiles(target: string, cwd: string): Promise<GateFileText[]> {
  const files = await filesOf(target);
  if (files.length === 0) throw new AppError('SOS_INPUT', `expected gate files (*.json) in ${target}, found none`);
  return Promise.all(
    files.map(async (file) => {
      const relative = path.relative(cwd, file);
      return { path: relative.startsWith('..') ? file : relative, text: await readFile(file, 'utf8') };
    }),
  );
}
