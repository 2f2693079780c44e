import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ledgerHash, type RunResult } from '@sos/backtester';
import { AppError } from '@sos/domain';
import { ENGINE_VERSION } from '@sos/engine';
import type { CommandContext } from '../commands/command-context.js';
import { dossierOf } from '../run-folder/run-dossier.js';
import { BUNDLE_KIND, BUNDLE_VERSION, contentHash, reportHash, unpackJson, type RunBundle } from './bundle-format.js';

type Keyed = Readonly<Record<string, unknown>>;

const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const damaged = (name: string, found: string): AppError =>
  new AppError('SOS_DATA_CORRUPT', `expected a whole run bundle in ${name}, found ${found}`);

function checkVersions({ kind, version, engineVersion }: Keyed, name: string): void {
  if (kind !== BUNDLE_KIND) throw damaged(name, `a file of kind ${JSON.stringify(kind ?? null)}`);
  if (version !== BUNDLE_VERSION)
    throw new AppError(
      'SOS_BUNDLE_VERSION',
      `expected a run bundle of version ${BUNDLE_VERSION}, found version ${JSON.stringify(version ?? null)} in ${name}`,
    );
  if (engineVersion !== ENGINE_VERSION)
    throw new AppError(
      'SOS_BUNDLE_VERSION',
      `expected a run bundle of engine ${ENGINE_VERSION}, found engine ${JSON.stringify(engineVersion ?? null)} in ${name}`,
    );
}

function checkLedger(result: RunResult, name: string): void {
  const found = ledgerHash(result);
  if (found !== result.ledgerHash)
    throw damaged(name, `a ledger of hash ${found.slice(0, 16)} instead of ${result.ledgerHash.slice(0, 16)}`);
}

const LISTS = ['underlyings', 'gates', 'orders', 'fills', 'trades', 'decisions', 'vetoes', 'coverage'] as const;

// Its text has the hash that its writer gave it, and its ledger is held against a hash of its own.
const isResult = (value: unknown): value is RunResult =>
  isKeyed(value) && typeof value['ledgerHash'] === 'string' && LISTS.every((key) => Array.isArray(value[key]));

function contentOf(value: unknown, name: string): RunBundle {
  const { dossier, result } = isKeyed(value) ? value : {};
  if (!isResult(result)) throw damaged(name, `no result with ${LISTS.join(', ')}`);
  return { dossier: dossierOf(dossier, name), result };
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new AppError('SOS_INPUT', `expected a run bundle, found nothing to read at ${file}`, { cause });
  }
}

/**
 * Reads a run bundle and proves it: its contents have their hash, its ledger has its hash, and the report made of it here is the one that was made there.
 * @throws SOS_INPUT for no file, SOS_DATA_CORRUPT for a damaged one, SOS_BUNDLE_VERSION for one of another version
 */
export async function readBundle(context: CommandContext, given: string): Promise<RunBundle> {
  const file = path.resolve(context.io.cwd, given);
  const bundle = await unpackJson(await bytesOf(file), given);
  if (!isKeyed(bundle)) throw damaged(given, 'another value');
  checkVersions(bundle, given);
  if (contentHash(bundle['content']) !== bundle['contentSha256']) throw damaged(given, 'contents of another hash');
  const content = contentOf(bundle['content'], given);
  checkLedger(content.result, given);
  const hash = reportHash(content.result);
  if (hash !== bundle['reportSha256'])
    throw new AppError(
      'SOS_BUNDLE_VERSION',
      `expected the report ${String(bundle['reportSha256']).slice(0, 16)} that the writer of ${given} saw, found ${hash.slice(0, 16)}: it was made by another version of SOS`,
    );
  return content;
}
