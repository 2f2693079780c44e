import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GateFileText } from '../gates/read-gate-files.js';
import type { SourceFile } from './run-dossier.js';

/** Gate files without the folders of this machine. */
export function gateSources(files: readonly GateFileText[]): SourceFile[] {
  return files.map((file) => ({ file: file.path.split(/[\\/]/).at(-1) ?? file.path, text: file.text }));
}

/** The user's own rows of law as they stand in the data folder. @param files as `loadRulebook` names them */
export function ruleSources(dataDir: string, files: readonly string[]): Promise<SourceFile[]> {
  return Promise.all(
    files.map(async (file) => ({ file: path.basename(file), text: await readFile(path.join(dataDir, file), 'utf8') })),
  );
}
