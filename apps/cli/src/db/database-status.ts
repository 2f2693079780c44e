import { databaseStatus } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { renderTable } from '../render/table.js';

/** `sos db status`. */
export async function showDatabaseStatus(context: CommandContext, options: { readonly json?: boolean }): Promise<void> {
  const { dataDir, databaseUrl } = context.settings;
  const status = await databaseStatus({ dataDir, databaseUrl });
  if (options.json === true) return context.print(JSON.stringify(status, null, 2));
  const rows: [string, string][] = [
    ['kind', status.kind === 'server' ? 'server of DATABASE_URL' : 'embedded'],
    ['running', status.running ? 'yes' : 'no'],
  ];
  for (const key of ['url', 'pid', 'port', 'version', 'dataFolder', 'logFile'] as const)
    if (status[key] !== null) rows.push([key, String(status[key])]);
  context.print(renderTable([{ name: 'Database' }, { name: '' }], rows));
}
