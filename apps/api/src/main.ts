#!/usr/bin/env node
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppError, isAppError } from '@sos/domain';
import { ensureDatabase, openStore } from '@sos/store';
import { firstKnown } from './first-known.js';
import { buildServer } from './server.js';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const DEFAULT_PORT = 8640;

function portOf(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new AppError('SOS_CONFIG', `expected SOS_PORT to be 1..65535, found "${text ?? ''}"`);
  return port;
}

async function main(): Promise<void> {
  const port = portOf(process.env['SOS_PORT']);
  const dataDir = process.env['SOS_DATA_DIR'] ?? path.join(CHECKOUT, '.sos');
  const database = await ensureDatabase({ dataDir, databaseUrl: process.env['DATABASE_URL'] });
  const store = await openStore({ url: database.url });
  const market = firstKnown(store.marketSource({ filter: 'imported' }), store.marketSource({ filter: 'simulated' }));
  const app = await buildServer({
    data: { listRuns: () => store.listRuns(), loadRun: (runId) => store.loadRun(runId), market: () => market },
    version: '0.0.1',
    webRoot: path.join(CHECKOUT, 'apps/web/dist'),
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
