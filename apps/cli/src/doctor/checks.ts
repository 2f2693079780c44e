import { statfs } from 'node:fs/promises';
import { daysBetween, ERROR_CODES, istDateOf, type AppError } from '@sos/domain';
import { LAST_REVIEWED, RULEBOOK_VERSION } from '@sos/rulebook';
import { databaseStatus, ensureDatabase, openStore } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { loadGates } from '../gates/load-gates.js';
import { toAppError } from '../failure/to-app-error.js';
import { ensureDataFolder } from '../settings/data-folder.js';
import { failed, ok, warning, type Check } from './check.js';

const OLDEST_NODE = [20, 19] as const;
const LEAST_FREE_BYTES = 1_000_000_000;
const REVIEW_DAYS = 120;

const remedyOf = (error: AppError): string => ERROR_CODES[error.code].remedy;

/** Node.js is new enough. */
export function checkNode(version = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const good = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  if (good) return ok('Node.js', version);
  return failed('Node.js', version, `Install Node.js ${OLDEST_NODE.join('.')} or newer.`);
}

/** The data folder can be written and its disk has room. */
export async function checkDataFolder({ settings }: CommandContext): Promise<Check> {
  const name = 'Data folder';
  try {
    await ensureDataFolder(settings.dataDir);
    const { bavail, bsize } = await statfs(settings.dataDir);
    const free = bavail * bsize;
    const found = `${settings.dataDir}, ${(free / 1e9).toFixed(1)} GB free`;
    return free >= LEAST_FREE_BYTES
      ? ok(name, found)
      : warning(name, found, 'Free space: a year of option data needs some GB.');
  } catch (error) {
    const known = toAppError(error);
    return failed(name, known.message, remedyOf(known));
  }
}

/** The database answers and its schema is known; it is not started for this. */
export async function checkDatabase({ settings }: CommandContext): Promise<Check> {
  const name = 'Database';
  try {
    const { dataDir, databaseUrl } = settings;
    const status = await databaseStatus({ dataDir, databaseUrl });
    if (!status.running && databaseUrl === undefined)
      return ok(name, 'embedded, not running; every command that needs it starts it');
    const { url } = await ensureDatabase({ dataDir, databaseUrl });
    const store = await openStore({ url });
    await store.close();
    return ok(name, `${status.kind}, PostgreSQL ${status.version ?? ''} at ${status.url ?? ''}`);
  } catch (error) {
    const known = toAppError(error);
    return failed(name, known.message, remedyOf(known));
  }
}

/** The rulebook was reviewed recently enough for the dates people ask about. */
export function checkRulebook({ io }: CommandContext): Check {
  const age = daysBetween(LAST_REVIEWED, istDateOf(io.now()));
  const found = `version ${RULEBOOK_VERSION}, reviewed ${LAST_REVIEWED}`;
  if (age <= REVIEW_DAYS) return ok('Rulebook', found);
  return warning('Rulebook', found, `Lots, charges or hours may have changed in the ${age} days since; update SOS.`);
}

/** All shipped gates compile. */
export async function checkGates(context: CommandContext): Promise<Check> {
  try {
    const { compiled } = await loadGates(context, { extras: true });
    return ok('Gates', `${compiled.gates.length} valid in ${context.settings.strategiesDir}`);
  } catch (error) {
    const known = toAppError(error);
    return failed('Gates', known.message, remedyOf(known));
  }
}
