import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';

/** A file that decided a run, as it was read: its name without folders, and its text. */
export interface SourceFile {
  readonly file: string;
  readonly text: string;
}

/** What made a run beside its data. */
export interface RunDossier {
  /** What was asked for. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly gates: readonly SourceFile[];
  /** The user's own rows of law. */
  readonly rules: readonly SourceFile[];
  /** What a reader must know before anything else. */
  readonly stamps: readonly string[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSourceFile = (value: unknown): value is SourceFile =>
  isObject(value) && typeof value['file'] === 'string' && typeof value['text'] === 'string';

/** Checks that a value is a dossier. @param place named in the message @throws SOS_DATA_CORRUPT */
export function dossierOf(value: unknown, place: string): RunDossier {
  const { config, gates, rules, stamps } = isObject(value) ? value : {};
  const isWhole =
    isObject(config) &&
    [gates, rules].every((files) => Array.isArray(files) && files.every(isSourceFile)) &&
    Array.isArray(stamps) &&
    stamps.every((s) => typeof s === 'string');
  if (!isWhole)
    throw new AppError(
      'SOS_DATA_CORRUPT',
      `expected config, gates, rules and stamps in ${place}, found something else`,
    );
  return { config, gates: gates as SourceFile[], rules: rules as SourceFile[], stamps: stamps as string[] };
}

/** The file of the run folder that holds the dossier. */
export const DOSSIER_FILE = 'dossier.json';

/** What made a stored run; null when its folder is not on this machine, or older than dossiers. @throws SOS_DATA_CORRUPT */
export async function readDossier(dataDir: string, runId: string): Promise<RunDossier | null> {
  const file = path.join(dataDir, 'runs', runId, DOSSIER_FILE);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw new AppError('SOS_DATA_FOLDER', `expected to read ${file}, found: ${error.message}`, { cause: error });
  });
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError('SOS_DATA_CORRUPT', `expected JSON in ${file}, found: ${(cause as Error).message}`, { cause });
  }
  return dossierOf(json, file);
}
