import { ensureDatabase, openStore, type Store } from '@sos/store';
import type { CommandContext } from '../commands/command-context.js';
import { ensureDataFolder } from '../settings/data-folder.js';

/** Runs `work` with an open store and closes it, whatever happens; starts the embedded database when it does not run. */
export async function withStore<T>(context: CommandContext, work: (store: Store) => Promise<T>): Promise<T> {
  const { dataDir, databaseUrl, verbose } = context.settings;
  await ensureDataFolder(dataDir);
  const database = await ensureDatabase({ dataDir, databaseUrl });
  if (verbose || database.started) for (const line of database.notes) context.note(line);
  const store = await openStore({ url: database.url });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
