import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '@sos/domain';
import type { CommandContext } from '../commands/command-context.js';

/** Writes a file so that it is either whole or as it was before. @returns its full path @throws SOS_INPUT when it cannot be written */
export async function writeWhole(context: CommandContext, out: string, content: string | Uint8Array): Promise<string> {
  const file = path.resolve(context.io.cwd, out);
  const partial = `${file}.partial-${process.pid}`;
  try {
    await writeFile(partial, content);
    await rename(partial, file);
  } catch (cause) {
    throw new AppError('SOS_INPUT', `expected a file that can be written, found ${file}: ${(cause as Error).message}`, {
      cause,
    });
  }
  return file;
}
