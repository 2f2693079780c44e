import { AppError } from '@sos/domain';
import { checkSettings, type DataSettings } from '@sos/market-data';
import type { CliIo } from '../terminal/cli-io.js';
import { readConfigFile, type ConfigFile } from './config-file.js';
import { envNameOf, envValue } from './env-names.js';
import { keyOffset, lineColumn } from './key-position.js';

/** One setting as it is in force, and where it comes from. */
export interface EffectiveSetting {
  readonly path: string;
  readonly value: unknown;
  /** `default`, `<file>:<path>` or `env:<NAME>`. */
  readonly origin: string;
}

/** All settings in force. */
export interface Config {
  readonly settings: DataSettings;
  readonly effective: readonly EffectiveSetting[];
  /** The settings file, whether it is there or not. */
  readonly file: string;
}

type Keyed = Readonly<Record<string, unknown>>;

const isKeyed = (value: unknown): value is Keyed =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Paths of all single settings, from the defaults. */
function leavesOf(value: Keyed, path: readonly string[] = []): (readonly string[])[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    isKeyed(inner) ? leavesOf(inner, [...path, key]) : [[...path, key]],
  );
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isKeyed(inner) ? inner[key] : undefined), value);
}

function withValue(value: Keyed, [key = '', ...rest]: readonly string[], set: unknown): Keyed {
  const inner = value[key];
  return { ...value, [key]: rest.length === 0 ? set : withValue(isKeyed(inner) ? inner : {}, rest, set) };
}

function refuse(
  { file, text }: ConfigFile,
  faults: ReturnType<typeof checkSettings>['faults'],
  env: readonly string[],
): AppError {
  const told = faults.map(({ path, message }) => {
    const name = envNameOf(path.filter((key) => typeof key === 'string'));
    if (env.includes(name)) return `${message} (from env:${name})`;
    return text === null ? message : `${message} at ${lineColumn(text, keyOffset(text, path))}`;
  });
  return new AppError('SOS_CONFIG', `expected the settings of ${file} to be known ones, found ${told.join('; ')}`, {
    context: { remedy: 'Correct the settings file or the variable; `sos config show` prints what is in force.' },
  });
}

const DEFAULTS = (): DataSettings => {
  const { settings } = checkSettings({});
  if (settings === null) throw new AppError('SOS_INVARIANT', 'expected the default settings to hold, found faults');
  return settings;
};

/**
 * The settings in force: environment before file before default.
 * @throws SOS_CONFIG naming every fault with its position; an unknown key comes with what it is near to
 */
export function loadConfig(io: CliIo): Config {
  const source = readConfigFile(io);
  const defaults = DEFAULTS();
  const leaves = leavesOf(defaults);
  const fromEnv = new Map<string, string>();
  let merged: Keyed = source.value;
  for (const path of leaves) {
    const name = envNameOf(path);
    const text = io.env[name] ?? '';
    if (text === '') continue;
    merged = withValue(merged, path, envValue(name, text, at(defaults, path)));
    fromEnv.set(path.join('.'), name);
  }
  const { settings, faults } = checkSettings(merged);
  if (settings === null) throw refuse(source, faults, [...fromEnv.values()]);
  const effective = leaves.map((path) => {
    const name = path.join('.');
    const env = fromEnv.get(name);
    const isInFile = at(source.value, path) !== undefined;
    const origin = env === undefined ? (isInFile ? `${source.file}:${name}` : 'default') : `env:${env}`;
    return { path: name, value: at(settings, path), origin };
  });
  return { settings, effective, file: source.file };
}
