import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';

/**
 * SHA-256 (hex) over names and contents of files and of the files they refer to, and the size of the former in bytes; the same on every
 * machine and in every folder.
 */
export async function hashFiles(
  paths: readonly string[],
  references: readonly string[],
): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for (const file of [...paths, ...references]) {
    hash.update(`\0${path.basename(file)}\0`);
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      const bytes = chunk as Buffer;
      hash.update(bytes);
      if (paths.includes(file)) size += bytes.length;
    }
  }
  return { sha256: hash.digest('hex'), size };
}
