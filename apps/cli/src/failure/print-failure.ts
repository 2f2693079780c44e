import { ERROR_CODES, type AppError } from '@sos/domain';
import type { CliIo } from '../terminal/cli-io.js';
import { maskSecrets, secretsOfEnv } from './mask-secrets.js';
import { toAppError } from './to-app-error.js';

/** 2 for what the user can correct in the command, 1 for everything else. */
export function exitCodeOf(error: AppError): 1 | 2 {
  return error.kind === 'InputError' ? 2 : 1;
}

function remedyOf(error: AppError): string {
  const own = error.context['remedy'];
  return typeof own === 'string' ? own : ERROR_CODES[error.code].remedy;
}

function stackLines(error: unknown): string[] {
  const lines: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    lines.push(lines.length === 0 ? (at.stack ?? at.message) : `caused by: ${at.stack ?? at.message}`);
  }
  return lines;
}

/** Prints one line of what was expected and found and one of what to do; stacks and context only when verbose. @returns the exit code */
export function printFailure(io: CliIo, thrown: unknown, verbose: boolean): 1 | 2 {
  const error = toAppError(thrown);
  const secrets = secretsOfEnv(io.env);
  const print = (line: string): void => io.err.write(`${maskSecrets(line, secrets)}\n`);
  print(`error: ${error.message.replaceAll(/\s*\n\s*/g, '; ')}`);
  print(`what to do: ${remedyOf(error)} (${error.code})`);
  if (verbose) {
    for (const [key, value] of Object.entries(error.context)) print(`  ${key}: ${String(value)}`);
    for (const line of stackLines(error)) print(line);
  }
  return exitCodeOf(error);
}
