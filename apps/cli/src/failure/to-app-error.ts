import { CommanderError } from 'commander';
import { AppError, isAppError } from '@sos/domain';

const FOLDER_FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'a full disk',
  EDQUOT: 'a full disk quota',
  EFBIG: 'a limit on the size of files',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a read-only file system',
  ENOTDIR: 'a file where a folder is needed',
};

const NETWORK_FAULTS = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
]);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function pathOf(error: unknown): string {
  return error instanceof Error && 'path' in error ? String(error.path) : 'the data folder';
}

const HELP = { context: { remedy: 'See `sos --help` and `sos <command> --help`.' } };

const known = /^error: unknown (option|command) '([^']+)'(?:\s*\(Did you mean ([^)]*)\?\))?/;

// Commander's own texts in the house form; the ones not listed are already readable.
function fromCommander(error: CommanderError): AppError {
  const text = error.message.replaceAll('\n', ' ');
  const unknown = known.exec(text);
  if (unknown !== null) {
    const [, what = '', found = '', near] = unknown;
    const hint = near === undefined ? '' : ` (did you mean ${near.replace(/^one of /, '')}?)`;
    return new AppError('SOS_INPUT', `expected a known ${what}, found "${found}"${hint}`, HELP);
  }
  const missing = /^error: (?:required option|missing required argument) '([^']+)'/.exec(text);
  if (missing !== null) return new AppError('SOS_INPUT', `expected ${missing[1] ?? ''}, found nothing`, HELP);
  return new AppError('SOS_INPUT', text.replace(/^error: /, ''), HELP);
}

/** Any thrown value as the error that is shown; what SOS did not foresee becomes a defect report. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof CommanderError) return fromCommander(error);
  const code = codeOf(error);
  const fault = FOLDER_FAULTS[code];
  if (fault !== undefined)
    return new AppError('SOS_DATA_FOLDER', `expected to write ${pathOf(error)}, found ${fault} (${code})`, {
      cause: error,
    });
  if (NETWORK_FAULTS.has(code))
    return new AppError('SOS_DB_UNAVAILABLE', `expected an answer from the database, found ${code}`, { cause: error });
  const text = error instanceof Error ? error.message : String(error);
  return new AppError('SOS_INVARIANT', `expected no failure here, found: ${text}`, { cause: error });
}
