import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError, didYouMean } from '@sos/domain';

/** What a run folder says of how the run was made. */
export interface RecordedRun {
  readonly runId: string;
  readonly symbols: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly gates: readonly { readonly id: string }[];
  /** What the choice of data came to. */
  readonly used: string;
  readonly source: string;
  readonly premiums: string;
  readonly seed: number;
  readonly capitalRupees: number;
  readonly chain: { readonly maxAgeMinutes: number };
  readonly warmUpBars: number;
  readonly dataHash: string;
  readonly configHash: string;
  readonly ledgerHash: string;
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isObjectWith =
  (key: string, check: Check): Check =>
  (value) =>
    typeof value === 'object' && value !== null && check((value as Record<string, unknown>)[key]);
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.length > 0 && value.every(check);

const CHECKS: Readonly<Record<keyof RecordedRun, Check>> = {
  runId: isText,
  symbols: isListOf(isText),
  from: isText,
  to: isText,
  gates: isListOf(isObjectWith('id', isText)),
  used: isText,
  source: isText,
  premiums: isText,
  seed: isNumber,
  capitalRupees: isNumber,
  chain: isObjectWith('maxAgeMinutes', isNumber),
  warmUpBars: isNumber,
  dataHash: isText,
  configHash: isText,
  ledgerHash: isText,
};

function wrongKey(value: unknown): string | null {
  const wrong = Object.entries(CHECKS).find(([key, check]) => !isObjectWith(key, check)(value));
  return wrong?.[0] ?? null;
}

const isRecordedRun = (value: unknown): value is RecordedRun => wrongKey(value) === null;

async function idsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const found = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  return found.map((entry) => entry.name).sort();
}

function chosen(ids: readonly string[], wanted: string): string {
  const matches = wanted === 'latest' ? ids.slice(-1) : ids.filter((id) => id === wanted || id.startsWith(wanted));
  const exact = ids.includes(wanted) ? wanted : matches[0];
  if (exact !== undefined && (matches.length === 1 || exact === wanted)) return exact;
  const found = matches.length > 1 ? `"${wanted}", which begins ${matches.length} run ids` : `"${wanted}"`;
  throw new AppError('SOS_UNKNOWN_RUN', `expected the id of a run, found ${found}${didYouMean(wanted, ids)}`);
}

/** Reads `config.json` of a run by id, by its unique beginning, or the latest. @throws SOS_UNKNOWN_RUN, SOS_DATA_CORRUPT */
export async function readRecordedRun(dataDir: string, wanted: string): Promise<RecordedRun> {
  const runs = path.join(dataDir, 'runs');
  const file = path.join(runs, chosen(await idsIn(runs), wanted), 'config.json');
  const value: unknown = await readFile(file, 'utf8').then(JSON.parse);
  if (isRecordedRun(value)) return value;
  throw new AppError(
    'SOS_DATA_CORRUPT',
    `expected the settings of a run in ${file}, found a missing or wrong "${wrongKey(value)}"`,
  );
}
