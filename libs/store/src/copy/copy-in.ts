import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

import type { Queryable } from '../client.js';
import { CopyEncoder } from './copy-encoder.js';
import { streamFailure } from './stream-failure.js';

/** Rows that can be written one by one into an encoder. */
export interface RowSource {
  readonly length: number;
  write(encoder: CopyEncoder, row: number): void;
}

function send(stream: Writable, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

async function sendAll(stream: Writable, rows: RowSource): Promise<void> {
  const encoder = new CopyEncoder();
  let sending = Promise.resolve();
  for (let i = 0; i < rows.length; i++) {
    rows.write(encoder, i);
    if (!encoder.isFull) continue;
    // One chunk is on its way while the next is encoded: memory stays at two chunks whatever the number of rows.
    await sending;
    sending = send(stream, encoder.take());
  }
  encoder.end();
  await sending;
  await send(stream, encoder.take());
}

/**
 * Streams rows into a table by binary COPY. @param target trusted SQL: table name and column list
 * @throws what the server says of the rows, e.g. a violated check
 */
export async function copyIn(sql: Queryable, target: string, rows: RowSource): Promise<void> {
  if (rows.length === 0) return;
  const query = sql.unsafe(`copy ${target} from stdin (format binary)`);
  const stream = await query.writable();
  const failed = streamFailure(query);
  const ended = finished(stream);
  // Of several promises that fail together the first one awaited reports.
  ended.catch(() => undefined);
  const sent = sendAll(stream, rows).then(() => void stream.end());
  sent.catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
  await Promise.race([Promise.all([sent, ended]), failed]);
}
