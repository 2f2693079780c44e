import path from 'node:path';
import { AppError } from '@sos/domain';
import { readConfigFile } from '../config/config-file.js';
import type { CliIo } from '../terminal/cli-io.js';
import { findCheckout } from './find-checkout.js';

/** What every command needs to know, resolved once. */
export interface Settings {
  /** Folder of database, runs and logs. */
  readonly dataDir: string;
  /** Folder of the shipped gates. */
  readonly strategiesDir: string;
  /** A server given by the environment; otherwise the embedded one of the data folder is used. */
  readonly databaseUrl: string | undefined;
  readonly verbose: boolean;
  readonly color: boolean;
}

/** Options that every command accepts. */
export interface GlobalOptions {
  readonly dataDir?: string;
  readonly strategies?: string;
  readonly verbose?: boolean;
  readonly color?: boolean;
}

const given = (text: string | undefined): string | undefined => (text === undefined || text === '' ? undefined : text);

function databaseUrlOf(io: CliIo): string | undefined {
  const url = given(io.env['DATABASE_URL']);
  if (url !== undefined && !/^postgres(ql)?:\/\//.test(url))
    throw new AppError('SOS_CONFIG', `expected DATABASE_URL to start with postgres://, found another scheme`);
  return url;
}

/** A folder that the settings file names, below the file unless it is absolute; what else stands there is checked when it is needed. */
function folderOf({ file, value }: ReturnType<typeof readConfigFile>, key: string): string | undefined {
  const folder = value[key];
  return typeof folder === 'string' && folder !== '' ? path.resolve(path.dirname(file), folder) : undefined;
}

/**
 * Options before environment before settings file before defaults: `--data-dir`, `SOS_DATA_DIR`, `dataDir`, `<checkout>/.sos`.
 * @throws SOS_CONFIG for an unusable DATABASE_URL or settings file
 */
export function resolveSettings(io: CliIo, options: GlobalOptions): Settings {
  const base = findCheckout() ?? io.cwd;
  const config = readConfigFile(io);
  const dataDir =
    given(options.dataDir) ?? given(io.env['SOS_DATA_DIR']) ?? folderOf(config, 'dataDir') ?? path.join(base, '.sos');
  const strategies =
    given(options.strategies) ??
    given(io.env['SOS_STRATEGIES']) ??
    folderOf(config, 'strategies') ??
    path.join(base, 'strategies');
  return {
    dataDir: path.resolve(io.cwd, dataDir),
    strategiesDir: path.resolve(io.cwd, strategies),
    databaseUrl: databaseUrlOf(io),
    verbose: options.verbose === true,
    color: options.color !== false,
  };
}
