import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { firstBytes } from './first-bytes.js';

/** True for the first two bytes of gzip. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** The content of a file as a stream of bytes, unpacked when it is gzip; `onBytes` is told the bytes read from the disk. */
export async function openedBytes(file: string, onBytes: (bytes: number) => void): Promise<Readable> {
  const head = await firstBytes(file, 2);
  const source = createReadStream(file, { highWaterMark: 1 << 18 });
  source.on('data', (chunk) => onBytes(chunk.length));
  if (!isGzip(head)) return source;
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  source.on('error', (error) => gunzip.destroy(error));
  return source.pipe(gunzip);
}
