import { AppError, isAppError } from '@sos/domain';

const MEANING: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file, not a folder',
  EEXIST: 'a file of that name is in the way',
  ENOENT: 'the path does not exist',
  ENAMETOOLONG: 'the path is too long',
};

/** The errno code of a system error, or an empty string. */
export function errnoOf(error: unknown): string {
  // By shape, not by class: an error of another realm (a worker, a test) is no instance of this one's Error.
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}

/** Turns a file system error into SOS_DATA_FOLDER with the reason in words; other errors are returned as they are. */
export function folderError(error: unknown, folder: string): unknown {
  if (isAppError(error)) return error;
  const meaning = MEANING[errnoOf(error)];
  if (meaning === undefined) return error;
  return new AppError('SOS_DATA_FOLDER', `expected a writable data folder at ${folder}, but ${meaning}`, {
    context: { folder, errno: errnoOf(error) },
    cause: error,
  });
}
