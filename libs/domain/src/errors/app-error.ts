import { ERROR_CODES, type ErrorCode, type ErrorKind } from './error-codes.js';

/** Facts about an error that a machine can read: path, position, expected, found. Never a secret. */
export type ErrorContext = Readonly<Record<string, string | number | boolean | null>>;

/** What an error may carry besides code and message: facts for machines, and the error that led to it. */
export interface AppErrorOptions {
  readonly context?: ErrorContext;
  readonly cause?: unknown;
}

/**
 * The only error class of SOS. The message says what was expected and what was found; `code` decides kind and retryability.
 * @throws nothing itself; it is what every library throws.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly retryable: boolean;
  readonly context: ErrorContext;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    const spec = ERROR_CODES[code];
    this.code = code;
    this.kind = spec.kind;
    this.retryable = spec.retryable;
    this.context = options.context ?? {};
  }
}

/** True for an error thrown by SOS itself, across module copies. */
export function isAppError(value: unknown): value is AppError {
  return value instanceof Error && value.name === 'AppError' && 'code' in value;
}
