import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SettingView } from '@sos/contracts';
import { AppError } from '@sos/domain';
import { maskUrl } from '@sos/store';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const DEFAULT_PORT = 8640;

/** What the server was started with. */
export interface Settings {
  readonly port: number;
  readonly dataDir: string;
  readonly strategiesDir: string;
  /** Folder of the built dashboard; without one only the API is served. */
  readonly webRoot: string;
  readonly databaseUrl: string | undefined;
  /** The same for people, with where each value came from. */
  readonly views: readonly SettingView[];
}

function portOf(text: string | undefined): number {
  const port = text === undefined ? DEFAULT_PORT : Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new AppError('SOS_CONFIG', `expected SOS_PORT to be 1..65535, found "${text ?? ''}"`);
  return port;
}

/** Reads the environment; everything has a default. @throws SOS_CONFIG */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const folder = (name: string, fallback: string): string => path.resolve(given(name) ?? path.join(CHECKOUT, fallback));
  const originOf = (name: string): string => (given(name) === undefined ? 'default' : `environment ${name}`);
  const settings = {
    port: portOf(given('SOS_PORT')),
    dataDir: folder('SOS_DATA_DIR', '.sos'),
    strategiesDir: folder('SOS_STRATEGIES', 'strategies'),
    webRoot: folder('SOS_WEB_ROOT', 'apps/web/dist'),
    databaseUrl: given('DATABASE_URL'),
  };
  const { databaseUrl } = settings;
  const database = databaseUrl === undefined ? 'embedded PostgreSQL of the data folder' : maskUrl(databaseUrl);
  const views: SettingView[] = [
    { name: 'Address', value: '127.0.0.1', origin: 'fixed', meaning: 'The dashboard answers this machine only.' },
    {
      name: 'Port',
      value: String(settings.port),
      origin: originOf('SOS_PORT'),
      meaning: 'Where the dashboard is served.',
    },
    {
      name: 'Data folder',
      value: settings.dataDir,
      origin: originOf('SOS_DATA_DIR'),
      meaning: 'Database, runs and logs.',
    },
    { name: 'Database', value: database, origin: originOf('DATABASE_URL'), meaning: 'Where days and runs are kept.' },
    {
      name: 'Strategies',
      value: settings.strategiesDir,
      origin: originOf('SOS_STRATEGIES'),
      meaning: 'Folder of the gates.',
    },
    {
      name: 'Dashboard files',
      value: existsSync(settings.webRoot) ? settings.webRoot : 'not built',
      origin: originOf('SOS_WEB_ROOT'),
      meaning: 'The built pages.',
    },
  ];
  return { ...settings, views };
}
