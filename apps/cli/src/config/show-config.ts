import type { CommandContext } from '../commands/command-context.js';
import { SECRET_VARIABLES } from '../failure/mask-secrets.js';
import { renderTable } from '../render/table.js';
import { loadConfig, type EffectiveSetting } from './load-config.js';
import { findSecret, type SecretName } from './secrets.js';

const shown = (value: unknown): string =>
  value === null ? 'not set' : Array.isArray(value) ? value.join(', ') : String(value);

/** Folders are settled before commands run: what they came to is told instead of what the file says. */
function folders({ settings, io }: CommandContext, effective: readonly EffectiveSetting[]): EffectiveSetting[] {
  const inForce: Readonly<Record<string, string>> = { dataDir: settings.dataDir, strategies: settings.strategiesDir };
  return effective.map((one) => {
    const value = inForce[one.path];
    if (value === undefined) return one;
    const isFromHere = one.value !== null && value.endsWith(String(one.value).replace(/^\.\//, ''));
    return { ...one, value, origin: isFromHere || one.value === null ? one.origin : `option, in ${io.cwd}` };
  });
}

async function secretsOf(
  context: CommandContext,
): Promise<{ readonly name: string; readonly origin: string | null }[]> {
  const names = Object.keys(SECRET_VARIABLES) as SecretName[];
  const found = await Promise.all(names.map((name) => findSecret(context, name)));
  const database = context.settings.databaseUrl === undefined ? null : 'env:DATABASE_URL';
  return [
    ...names.map((name, i) => ({ name, origin: found[i]?.origin ?? null })),
    { name: 'database-url', origin: database },
  ];
}

/** `sos config show`: every setting in force with its origin; of secrets only whether and from where they are set. */
export async function showConfig(
  context: CommandContext,
  { json = false }: { readonly json?: boolean },
): Promise<void> {
  const { effective, file } = loadConfig(context.io);
  const settings = folders(context, effective);
  const secrets = await secretsOf(context);
  if (json) {
    const told = secrets.map(({ name, origin }) => ({ name, isSet: origin !== null, origin }));
    return context.print(JSON.stringify({ file, settings, secrets: told }, null, 2));
  }
  const rows = settings.map((s) => [s.path, shown(s.value), s.origin]);
  context.print(renderTable([{ name: 'Setting' }, { name: 'Value' }, { name: 'From' }], rows));
  context.print('');
  const secretRows = secrets.map(({ name, origin }) => [name, origin === null ? 'not set' : `set, from ${origin}`]);
  context.print(renderTable([{ name: 'Secret' }, { name: 'State' }], secretRows));
}
