import { open } from 'node:fs/promises';
import { gunzipSync, constants } from 'node:zlib';

/** The first bytes of a file, at most `count`. */
export async function firstBytes(file: string, count: number): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(count);
    const { bytesRead } = await handle.read(buffer, 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The first text of a file, gunzipped when it is gzip; empty when nothing can be made of it. */
export async function firstText(file: string, count = 8192): Promise<string> {
  const head = await firstBytes(file, count);
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head.toString('utf8');
  try {
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString('utf8');
  } catch {
    // A file whose first block is damaged is recognised by nobody here; reading it later names the damage.
    return '';
  }
}
