#!/usr/bin/env node
import { isAppError } from '@sos/domain';
import { ensureDatabase, openStore } from '@sos/store';
import { openGateLibrary } from './gates/gate-library.js';
import { workerStarter } from './jobs/start-worker.js';
import { buildServer } from './server.js';
import { readSettings } from './settings/settings.js';
import { storedData } from './stored-data.js';

async function main(): Promise<void> {
  const { port, dataDir, databaseUrl, strategiesDir, webRoot, views } = readSettings(process.env);
  const gates = await openGateLibrary(strategiesDir);
  const database = await ensureDatabase({ dataDir, databaseUrl });
  const store = await openStore({ url: database.url });
  const app = await buildServer({
    data: storedData(store),
    gates,
    startJob: workerStarter({ databaseUrl: database.url, strategiesDir }),
    version: '0.0.1',
    settings: views,
    webRoot,
  });
  const stop = (): void => {
    void app.close().then(() => store.close());
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await app.listen({ host: '127.0.0.1', port });
  process.stdout.write(`SOS dashboard: http://127.0.0.1:${port} (this machine only; Ctrl+C ends it)\n`);
}

main().catch((error: unknown) => {
  const message = isAppError(error) ? error.message : error instanceof Error ? error.message : String(error);
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = 1;
});
