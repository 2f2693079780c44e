import { createWriteStream } from 'node:fs';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A stream kept on the disk, so that it can be hashed and read again. */
export interface Spooled {
  /** The folder that holds only this stream's file. */
  readonly folder: string;
  remove(): Promise<void>;
}

/** Writes a stream (plain text, or bytes of either text or gzip) to a file of its own in the system's folder for temporary files. */
export async function spool(input: AsyncIterable<string | Uint8Array>, ending: string): Promise<Spooled> {
  const root = await mkdtemp(path.join(tmpdir(), 'sos-input-'));
  const folder = path.join(root, 'input');
  const remove = (): Promise<void> => rm(root, { recursive: true, force: true });
  try {
    await mkdir(folder);
    await pipeline(Readable.from(input, { objectMode: true }), createWriteStream(path.join(folder, `stdin${ending}`)));
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
