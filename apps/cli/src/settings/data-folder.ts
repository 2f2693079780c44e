import { randomBytes } from 'node:crypto';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

/** Creates the data folder and proves that it can be written. @throws SOS_DATA_FOLDER */
export async function ensureDataFolder(dataDir: string): Promise<void> {
  const probe = path.join(dataDir, `.probe-${randomBytes(4).toString('hex')}`);
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(probe, 'x');
    await rm(probe);
  } catch (cause) {
    const found = await stat(dataDir).then(
      (s) => (s.isDirectory() ? codeOf(cause) : 'a file'),
      () => codeOf(cause),
    );
    throw new AppError('SOS_DATA_FOLDER', `expected a writable data folder at ${dataDir}, found ${found}`, { cause });
  }
}
