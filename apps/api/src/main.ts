#!/usr/bin/env node
import path from 'node:path';
import { AppError, isAppError } from '@sos/domain';
import { ensureDatabase, migrate, openStore, type Store } from '@sos/store';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { readApiTokens, tokenFileOf } from './access/api-tokens.js';
import type { AccessRules } from './access/access-rules.js';
import { AuditLog } from './access/audit-log.js';
import { openGateLibrary } from './gates/gate-library.js';
import { databaseProbes } from './health/database-probes.js';
import { workerStarter } from './jobs/start-worker.js';
import { makeLogger } from './logging/make-logger.js';
import { buildServer } from './server.js';
import { readSettings, type Settings } from './settings/settings.js';
import { stopOnSignal } from './stop/stop-gracefully.js';
import { storedData } from './stored-data.js';

const JOB_GRACE_MS = 2_500;
const STOP_WITHIN_MS = 5_000;
const STDERR = 2;

/** Who is let in at the address the server is bound to. @throws SOS_CONFIG at an address that others reach, without a token */
async function accessOf({ isLocal, host, dataDir, allowedHosts }: Settings): Promise<AccessRules> {
  if (isLocal) return { hosts: allowedHosts, tokens: null };
  const file = tokenFileOf(dataDir);
  const tokens = await readApiTokens(file);
  if (tokens.length > 0) return { hosts: allowedHosts, tokens };
  throw new AppError(
    'SOS_CONFIG',
    `expected a token in ${file}, because ${host} is reached from other machines, found none: make one with \`sos auth token\``,
  );
}

interface Parts {
  readonly settings: Settings;
  readonly store: Store;
  readonly databaseUrl: string;
  readonly schemaVersion: number;
  readonly access: AccessRules;
}

async function serve({ settings, store, databaseUrl, schemaVersion, access }: Parts): Promise<void> {
  const { port, host, dataDir, strategiesDir, webRoot, views, logLevel, isLocal } = settings;
  const audit = await AuditLog.open(path.join(dataDir, 'audit', 'commands.ndjson'));
  const logger = makeLogger(logLevel, pino.destination({ dest: STDERR, sync: false }));
  const app: FastifyInstance = await buildServer({
    data: storedData(store),
    gates: await openGateLibrary(strategiesDir),
    startJob: workerStarter({ databaseUrl, strategiesDir }),
    version: '0.0.1',
    settings: views,
    webRoot,
    access,
    audit,
    logger,
    probes: databaseProbes(databaseUrl, schemaVersion),
    jobGraceMs: JOB_GRACE_MS,
  });
  const close = async (): Promise<void> => {
    await app.close();
    await Promise.all([audit.close(), store.close()]);
  };
  const stop = stopOnSignal({ close, exit: (code) => process.exit(code), logger, withinMs: STOP_WITHIN_MS });
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  await app.listen({ host, port });
  const who = isLocal ? 'this machine only' : 'with a token';
  process.stdout.write(
    `SOS dashboard: http://${host.includes(':') ? `[${host}]` : host}:${port} (${who}; Ctrl+C ends it)\n`,
  );
}

async function main(): Promise<void> {
  const settings = readSettings(process.env, process.argv.slice(2));
  const access = await accessOf(settings);
  const { dataDir, databaseUrl } = settings;
  const { url } = await ensureDatabase({ dataDir, databaseUrl });
  const { version } = await migrate(url);
  const store = await openStore({ url, migrate: false });
  await serve({ settings, store, databaseUrl: url, schemaVersion: version, access });
}

main().catch((error: unknown) => {
  const message = isAppError(error) ? error.message : error instanceof Error ? error.message : String(error);
  process.stderr.write(`error: ${message}\n`);
  process.exitCode = 1;
});
