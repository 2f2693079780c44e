import { stopDatabase } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';

/** `sos db stop`: stops the embedded server; a server of DATABASE_URL is left alone. */
export async function stopTheDatabase(context: CommandContext): Promise<void> {
  const { dataDir, databaseUrl } = context.settings;
  if (databaseUrl !== undefined) context.note('DATABASE_URL names a server of your own, which is left alone');
  const stopped = await stopDatabase({ dataDir });
  context.print(stopped ? 'embedded PostgreSQL: stopped' : 'embedded PostgreSQL: was not running');
}
