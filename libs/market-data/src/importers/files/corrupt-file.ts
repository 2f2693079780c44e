import path from 'node:path';
import { AppError, isAppError } from '@sos/domain';

/** The error of a file that cannot be read to its end; `context.file` is its absolute path. */
export function corruptFile(file: string, problem: string, cause?: unknown): AppError {
  const context = { file };
  return new AppError('SOS_DATA_CORRUPT', `${path.basename(file)}: ${problem}`, { context, cause });
}

/** Turns whatever a parser threw into the error of a corrupt file; errors of SOS itself pass through. */
export function asCorruptFile(file: string, expected: string, error: unknown): AppError {
  if (isAppError(error)) return error;
  const found = String(error).replace(/^\w*Error: /, '');
  return corruptFile(file, `expected ${expected}, found ${found}`, error);
}
