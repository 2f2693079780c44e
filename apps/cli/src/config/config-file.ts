import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@sos/domain';
import { findCheckout } from '../settings/find-checkout.js';
import type { CliIo } from '../terminal/cli-io.js';
import { lineColumn } from './key-position.js';

export const CONFIG_NAME = 'sos.config.json';

/** The settings file as written; `text` null = there is none. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string | null;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Where the settings file is looked for: `SOS_CONFIG`, else beside the checkout's own files, else in the current folder. */
export function configPath(io: CliIo): string {
  const given = io.env['SOS_CONFIG'] ?? '';
  return given === '' ? path.join(findCheckout() ?? io.cwd, CONFIG_NAME) : path.resolve(io.cwd, given);
}

function parse(file: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const at = Number(/position (\d+)/.exec(cause instanceof Error ? cause.message : '')?.[1] ?? text.length);
    throw new AppError('SOS_CONFIG', `expected JSON in ${file}, found none at ${lineColumn(text, at)}`, { cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new AppError('SOS_CONFIG', `expected an object of settings in ${file}, found something else`);
}

/** Reads the settings file; its keys are checked by `loadConfig`. @throws SOS_CONFIG for a file that is no JSON object, or that `SOS_CONFIG` names and is not there */
export function readConfigFile(io: CliIo): ConfigFile {
  const file = configPath(io);
  if (!existsSync(file)) {
    if ((io.env['SOS_CONFIG'] ?? '') !== '')
      throw new AppError('SOS_CONFIG', `expected the settings file that SOS_CONFIG names, found nothing at ${file}`);
    return { file, text: null, value: {} };
  }
  const text = readFileSync(file, 'utf8');
  return { file, text, value: parse(file, text) };
}
