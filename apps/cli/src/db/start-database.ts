import { ensureDatabase, maskUrl, openStore } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { ensureDataFolder } from '../settings/data-folder.js';

/** `sos db start`: the database runs and its schema is current when this returns. */
export async function startDatabase(context: CommandContext): Promise<void> {
  const { dataDir, databaseUrl } = context.settings;
  if (databaseUrl === undefined) await ensureDataFolder(dataDir);
  const database = await ensureDatabase({ dataDir, databaseUrl });
  const store = await openStore({ url: database.url });
  await store.close();
  for (const line of database.notes) context.note(line);
  const what = database.kind === 'server' ? 'server of DATABASE_URL' : 'embedded PostgreSQL';
  context.print(`${what}: ${database.started ? 'started' : 'already running'} at ${maskUrl(database.url)}`);
}
