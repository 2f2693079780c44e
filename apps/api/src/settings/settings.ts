import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SettingView } from '@sos/contracts';
import { AppError } from '@sos/domain';
import { maskUrl } from '@sos/store';
import { LOG_LEVELS, type LogLevel } from '../logging/make-logger.js';

const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..');
const DEFAULT_PORT = 8640;

/** What the server was started with. */
export interface Settings {
  readonly port: number;
  /** The address it is bound to. */
  readonly host: string;
  /** Whether only this machine reaches that address. */
  readonly isLocal: boolean;
  /** Names with port under which the server may be asked, besides those of this machine. */
  readonly allowedHosts: readonly string[];
  readonly logLevel: LogLevel;
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

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
const HOST = /^[a-z0-9.:-]{1,253}$/;
const ALLOWED_HOST = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/;

function hostOf(text: string | undefined): string {
  const host = (text ?? '127.0.0.1').toLowerCase();
  if (HOST.test(host)) return host;
  throw new AppError('SOS_CONFIG', `expected --host or SOS_HOST to be an address, found "${host}"`);
}

function allowedHostsOf(text: string | undefined, host: string, port: number): string[] {
  const named = (text ?? '').split(',').map((name) => name.trim().toLowerCase());
  const wrong = named.find((name) => name !== '' && !ALLOWED_HOST.test(name));
  if (wrong !== undefined)
    throw new AppError('SOS_CONFIG', `expected SOS_ALLOWED_HOSTS to be names with port, found "${wrong}"`);
  const own = EVERYWHERE.has(host) || LOOPBACK.has(host) ? [] : [`${host.includes(':') ? `[${host}]` : host}:${port}`];
  return [...named.filter((name) => name !== ''), ...own];
}

function logLevelOf(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((known) => known === (text ?? 'info'));
  if (level !== undefined) return level;
  throw new AppError('SOS_CONFIG', `expected SOS_LOG_LEVEL out of ${LOG_LEVELS.join(', ')}, found "${text ?? ''}"`);
}

const OPTIONS: Readonly<Record<string, string>> = { '--host': 'SOS_HOST', '--port': 'SOS_PORT' };

// An option stands before the environment.
function withOptions(env: Environment, argv: readonly string[]): Environment {
  const merged: Record<string, string | undefined> = { ...env };
  for (let i = 0; i < argv.length; i += 2) {
    const [option = '', value] = [argv[i], argv[i + 1]];
    const name = OPTIONS[option];
    if (name === undefined || value === undefined)
      throw new AppError(
        'SOS_CONFIG',
        `expected --host <address> or --port <number>, found "${argv.slice(i).join(' ')}"`,
      );
    merged[name] = value;
  }
  return merged;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads options and the environment; everything has a default. @throws SOS_CONFIG */
export function readSettings(environment: Environment, argv: readonly string[] = []): Settings {
  const env = withOptions(environment, argv);
  const given = (name: string): string | undefined => (env[name] === '' ? undefined : env[name]);
  const folder = (name: string, fallback: string): string => path.resolve(given(name) ?? path.join(CHECKOUT, fallback));
  const originOf = (name: string): string => (given(name) === undefined ? 'default' : `environment ${name}`);
  const port = portOf(given('SOS_PORT'));
  const host = hostOf(given('SOS_HOST'));
  const settings = {
    port,
    host,
    isLocal: LOOPBACK.has(host),
    allowedHosts: allowedHostsOf(given('SOS_ALLOWED_HOSTS'), host, port),
    logLevel: logLevelOf(given('SOS_LOG_LEVEL')),
    dataDir: folder('SOS_DATA_DIR', '.sos'),
    strategiesDir: folder('SOS_STRATEGIES', 'strategies'),
    webRoot: folder('SOS_WEB_ROOT', 'apps/web/dist'),
    databaseUrl: given('DATABASE_URL'),
  };
  return { ...settings, views: viewsOf(settings, originOf) };
}

function viewsOf(settings: Omit<Settings, 'views'>, originOf: (name: string) => string): SettingView[] {
  const { databaseUrl } = settings;
  const database = databaseUrl === undefined ? 'embedded PostgreSQL of the data folder' : maskUrl(databaseUrl);
  return [
    {
      name: 'Address',
      value: settings.host,
      origin: originOf('SOS_HOST'),
      meaning: settings.isLocal ? 'The dashboard answers this machine only.' : 'Every request needs a token.',
    },
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
}
