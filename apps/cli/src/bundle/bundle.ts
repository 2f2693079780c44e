import path from 'node:path';
import { readdir, readFile } from 'node:fs/promises';
import { AppError } from '@sos/domain';
import { createRulebook, parseRuleRows } from '@sos/rulebook';
import type { CommandContext } from '../commands/command-context.js';
import { withStore } from '../db/with-store.js';
import { secretsOfEnv } from '../failure/mask-secrets.js';
import { resolveRunId } from '../reporting/report.js';
import { writeWhole } from '../reporting/write-out.js';
import { readDossier, type RunDossier } from '../run-folder/run-dossier.js';
import { packBundle, type RunBundle } from './bundle-format.js';

/** Options of `sos bundle` as given. */
export interface BundleOptions {
  readonly run: string;
  readonly out?: string;
  readonly json?: boolean;
}

async function storedSecrets(dataDir: string): Promise<string[]> {
  const folder = path.join(dataDir, 'secrets');
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.map(async (name) => (await readFile(path.join(folder, name), 'utf8')).trim()));
}

const SHORTEST_SECRET = 4;

/** Where a text occurs in a value, as a JSON path. */
function placeOf(value: unknown, text: string, place = '$'): string | null {
  if (typeof value === 'string') return value.includes(text) ? place : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const found = key.includes(text) ? place : placeOf(inner, text, `${place}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

// What a bundle holds is made to be given away: a gate's description may say what its author pasted there.
async function refuseSecrets(context: CommandContext, content: RunBundle): Promise<void> {
  const secrets = [...secretsOfEnv(context.io.env), ...(await storedSecrets(context.settings.dataDir))];
  for (const secret of secrets.filter((one) => one.length >= SHORTEST_SECRET)) {
    const place = placeOf(content, secret);
    if (place !== null)
      throw new AppError('SOS_INPUT', `expected a run without secrets, found one of this machine's at ${place}`);
  }
}

function checkRules({ rules }: RunDossier, version: string): void {
  if (rules.length === 0) return;
  const found = createRulebook(rules.flatMap(({ file, text }) => parseRuleRows(JSON.parse(text), file))).version;
  if (found !== version)
    throw new AppError('SOS_DATA_CORRUPT', `expected the rows of law of rulebook ${version}, found those of ${found}`);
}

/** `sos bundle`: one stored run as one file that proves itself. @throws SOS_UNKNOWN_RUN; SOS_NO_DATA for a run whose folder is elsewhere */
export async function bundle(context: CommandContext, options: BundleOptions): Promise<void> {
  await withStore(context, async (store) => {
    const result = await store.loadRun(await resolveRunId(store, options.run));
    const dossier = await readDossier(context.settings.dataDir, result.runId);
    if (dossier === null)
      throw new AppError(
        'SOS_NO_DATA',
        `expected configuration and gates of ${result.runId} in ${context.settings.dataDir}, found none: it was made elsewhere or by an older SOS`,
      );
    checkRules(dossier, result.rulebookVersion);
    await refuseSecrets(context, { dossier, result });
    const { bytes, head } = await packBundle({ dossier, result });
    const file = await writeWhole(context, options.out ?? `${result.runId}.sosrun.gz`, bytes);
    if (options.json === true)
      return context.print(JSON.stringify({ ...head, runId: result.runId, file, bytes: bytes.length }, null, 2));
    context.print(`run ${result.runId}, report ${head.reportSha256.slice(0, 16)}, ${bytes.length} bytes: ${file}`);
  });
}
