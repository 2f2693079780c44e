import { AppError } from '@sos/domain';
import { databaseStatus, ensureDatabase, maskUrl } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';

/** `sos db url`: the URL of the running database, its password as *** unless asked for. @throws SOS_DB_UNAVAILABLE when it does not run */
export async function showDatabaseUrl(
  context: CommandContext,
  options: { readonly showPassword?: boolean },
): Promise<void> {
  const { dataDir, databaseUrl } = context.settings;
  const status = await databaseStatus({ dataDir, databaseUrl });
  if (!status.running)
    throw new AppError('SOS_DB_UNAVAILABLE', 'expected a running database, found none', {
      context: { remedy: 'Start it with `sos db start`.' },
    });
  const { url } = await ensureDatabase({ dataDir, databaseUrl });
  context.print(options.showPassword === true ? url : maskUrl(url));
}
