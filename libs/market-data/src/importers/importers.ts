import { stat } from 'node:fs/promises';
import { AppError, didYouMean } from '@sos/domain';
import { framesImporter } from '../recorder/frames-importer.js';
import { IMPORT_KINDS, type Importer, type ImportKind, type ImportOptions } from './importer.js';
import { indexBarsImporter } from './index-bars/index-bars-importer.js';
import { mappedFilesImporter } from './mapped-files/mapped-files-importer.js';
import { mongoSnapshotsImporter } from './mongo-snapshots/mongo-snapshots-importer.js';
import { nseChainImporter } from './nse-chain/nse-chain-importer.js';
import { trendlyneOiImporter } from './trendlyne-oi/trendlyne-oi-importer.js';
import { upstoxTicksImporter } from './upstox-ticks/upstox-ticks-importer.js';

/** Every importer by its kind. */
export const importers: Readonly<Record<ImportKind, Importer>> = {
  'index-bars': indexBarsImporter,
  'nse-chain': nseChainImporter,
  'upstox-ticks': upstoxTicksImporter,
  'upstox-frames': framesImporter,
  'mongo-snapshots': mongoSnapshotsImporter,
  'trendlyne-oi': trendlyneOiImporter,
  files: mappedFilesImporter,
};

function isImportKind(kind: string): kind is ImportKind {
  return (IMPORT_KINDS as readonly string[]).includes(kind);
}

/** The kinds whose importers can read something at or below a path; empty when none can. @throws SOS_INPUT when the path does not exist */
export async function kindsOf(path: string): Promise<ImportKind[]> {
  const fits = await Promise.all(IMPORT_KINDS.map((kind) => importers[kind].detect(path)));
  return IMPORT_KINDS.filter((_, i) => fits[i] !== null);
}

/** The importer of a kind. @throws SOS_INPUT for an unknown kind */
export function knownImporter(kind: string): Importer {
  if (isImportKind(kind)) return importers[kind];
  const known = IMPORT_KINDS.join(', ');
  throw new AppError('SOS_INPUT', `expected a kind of ${known}, found "${kind}"${didYouMean(kind, IMPORT_KINDS)}`);
}

/**
 * The importer for a kind and a path.
 * @throws SOS_INPUT for an unknown kind, a path that does not exist, or data of another kind; the message names what would fit
 */
export async function importerFor(kind: string, path: string, options: ImportOptions = {}): Promise<Importer> {
  const importer = knownImporter(kind);
  if (!(await stat(path).catch(() => null)))
    throw new AppError('SOS_INPUT', `expected a file or folder, found nothing at "${path}"`);
  if ((await importer.detect(path, options)) !== null) return importer;
  const others = await kindsOf(path);
  const hint = others.length === 0 ? 'nothing that any importer reads' : `data of kind ${others.join(' or ')}`;
  throw new AppError('SOS_INPUT', `expected ${importer.describe} at "${path}", found ${hint}`);
}
