import { AppError, isAppError } from '@sos/domain';

import { maskUrl } from './embedded/database-url.js';

const DOWN = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  'ENOENT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
]);

interface ErrorShape {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

// By shape, not by class: an error of another realm (a worker, a test) is no instance of this one's Error.
function shapeOf(error: unknown): ErrorShape {
  return typeof error === 'object' && error !== null ? error : {};
}

/** SQLSTATE of a PostgreSQL error or code of a socket error, or an empty string; looks through drizzle's wrapper. */
export function codeOf(error: unknown): string {
  const { code, cause } = shapeOf(error);
  if (typeof code === 'string') return code;
  return cause === undefined ? '' : codeOf(cause);
}

function messageOf(error: unknown): string {
  const { message, cause, errors } = shapeOf(error);
  if (Array.isArray(errors) && errors.length > 0) return messageOf(errors[0]);
  if (cause !== undefined) return messageOf(cause);
  return typeof message === 'string' ? message : String(error);
}

/** Every error of the database as an AppError in one line; errors of SOS itself pass through. */
export function databaseError(error: unknown, url: string): Error {
  if (isAppError(error)) return error;
  const code = codeOf(error);
  const found = messageOf(error).split('\n')[0] ?? '';
  const where = maskUrl(url);
  const options = { context: { code, url: where }, cause: error };
  if (code === '53100' || code === 'ENOSPC')
    return new AppError('SOS_DATA_FOLDER', `expected room for the database at ${where}, but its disk is full`, options);
  // 08 connection, 28 authorisation, 3D no such database, 57P administrator shutdown or starting up, 53 too many connections.
  if (DOWN.has(code) || /^(08|28|3D|57P|53)/.test(code))
    return new AppError('SOS_DB_UNAVAILABLE', `expected PostgreSQL at ${where}, found: ${found || code}`, options);
  if (/^[0-9A-Z]{5}$/.test(code))
    return new AppError('SOS_INVARIANT', `expected the database to accept a statement, found: ${found}`, options);
  return error instanceof Error ? error : new Error(String(error));
}
