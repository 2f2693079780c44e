import type { CommandContext } from '../commands/command-context.js';
import { maskSecrets, secretsOfUrl } from '../failure/mask-secrets.js';
import { renderTable } from '../render/table.js';
import type { Check } from './check.js';
import { checkDatabase, checkDataFolder, checkGates, checkNode, checkRulebook } from './checks.js';

/** `sos doctor`: every check, even after one failed; exit code 1 when one did. */
export async function doctor(context: CommandContext, options: { readonly json?: boolean }): Promise<void> {
  const secrets = secretsOfUrl(context.settings.databaseUrl);
  const raw: Check[] = [
    checkNode(),
    await checkDataFolder(context),
    await checkDatabase(context),
    checkRulebook(context),
    await checkGates(context),
  ];
  const checks = raw.map((c) => ({ ...c, found: maskSecrets(c.found, secrets) }));
  if (checks.some((c) => c.state === 'failed')) context.exitWith(1);
  if (options.json === true) return context.print(JSON.stringify(checks, null, 2));
  const { palette } = context;
  const paint = { ok: palette.gain, warning: palette.warning, failed: palette.error };
  context.print(
    renderTable(
      [{ name: 'Check' }, { name: '' }, { name: 'Found' }, { name: 'What to do' }],
      checks.map((c) => [c.name, paint[c.state](c.state), c.found, c.remedy]),
    ),
  );
}
