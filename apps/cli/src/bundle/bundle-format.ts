import { createHash } from 'node:crypto';
import { gunzip, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { RunResult } from '@sos/backtester';
import { ENGINE_VERSION } from '@sos/engine';
import { AppError } from '@sos/domain';
import { reportOfRun } from '../reporting/report-of-run.js';
import type { RunDossier } from '../run-folder/run-dossier.js';

/** Raised whenever an older SOS could not read what is written, or would read it wrongly. */
export const BUNDLE_VERSION = 1;
export const BUNDLE_KIND = 'sos-run-bundle';

/** Everything that a run is, and that its report is made of; the data themselves are named by their hash. */
export interface RunBundle {
  readonly dossier: RunDossier;
  readonly result: RunResult;
}

/** What a bundle says of itself, before its contents are believed. */
export interface BundleHead {
  readonly kind: string;
  readonly version: number;
  readonly engineVersion: string;
  /** SHA-256 of the contents as text. */
  readonly contentSha256: string;
  /** SHA-256 of the report that the contents give, with trials not counted. */
  readonly reportSha256: string;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

// A database gives keys back in an order of its own.
function ordered(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** SHA-256 of a run's report as JSON with ordered keys, trials not counted: the same wherever the run is reported. */
export const reportHash = (result: RunResult): string => sha256(JSON.stringify(reportOfRun(result), ordered));

/** SHA-256 of a bundle's contents as text. */
export const contentHash = (content: unknown): string => sha256(JSON.stringify(content));

const packed = promisify(gzip);
const unpacked = promisify(gunzip);

/** The bytes of a bundle: gzipped JSON, the same for the same run. */
export async function packBundle(content: RunBundle): Promise<{ readonly bytes: Buffer; readonly head: BundleHead }> {
  const head: BundleHead = {
    kind: BUNDLE_KIND,
    version: BUNDLE_VERSION,
    engineVersion: ENGINE_VERSION,
    contentSha256: contentHash(content),
    reportSha256: reportHash(content.result),
  };
  return { head, bytes: await packed(JSON.stringify({ ...head, content }), { level: 9 }) };
}

/** The JSON value inside a bundle. @param name of the file, for messages @throws SOS_DATA_CORRUPT */
export async function unpackJson(bytes: Uint8Array, name: string): Promise<unknown> {
  try {
    return JSON.parse((await unpacked(bytes)).toString('utf8'));
  } catch (cause) {
    throw new AppError('SOS_DATA_CORRUPT', `expected gzipped JSON in ${name}, found: ${(cause as Error).message}`, {
      cause,
    });
  }
}
