import type { Readable } from 'node:stream';

import { AppError } from '@sos/domain';

import type { Queryable } from '../client.js';
import { streamFailure } from './stream-failure.js';

/** Kinds of column that become numbers: float8, timestamptz as epoch ms, int4, int2. */
export type ColumnKind = 'float' | 'time' | 'integer' | 'smallint';

/** Query results as columns of numbers; NULL is NaN. */
export interface NumberTable {
  readonly length: number;
  readonly columns: readonly Float64Array[];
}

const POSTGRES_EPOCH_MS = 946_684_800_000;
const HEADER_BYTES = 19;

class TableDecoder {
  readonly #kinds: readonly ColumnKind[];
  readonly #columns: Float64Array[];
  #capacity: number;
  #length = 0;
  #started = false;
  #view: DataView = new DataView(new ArrayBuffer(0));

  constructor(kinds: readonly ColumnKind[], expectedRows: number) {
    this.#kinds = kinds;
    this.#capacity = Math.max(64, expectedRows);
    this.#columns = kinds.map(() => new Float64Array(this.#capacity));
  }

  /** One CopyData message: by the protocol it holds whole rows (the first also the header). */
  accept(chunk: Buffer): void {
    // Many rows share one piece of memory read from the socket: one view serves them all.
    if (this.#view.buffer !== chunk.buffer) this.#view = new DataView(chunk.buffer);
    const view = this.#view;
    const end = chunk.byteOffset + chunk.byteLength;
    let at = chunk.byteOffset + (this.#started ? 0 : HEADER_BYTES);
    this.#started = true;
    while (at < end) {
      const fields = view.getInt16(at);
      at += 2;
      if (fields < 0) return;
      if (fields !== this.#kinds.length)
        throw new AppError('SOS_INVARIANT', `expected ${this.#kinds.length} columns, found ${fields}`);
      if (this.#length === this.#capacity) this.#grow();
      at = this.#row(view, at);
      this.#length++;
    }
  }

  finish(): NumberTable {
    const length = this.#length;
    return { length, columns: this.#columns.map((c) => (c.length === length ? c : c.subarray(0, length))) };
  }

  #row(view: DataView, start: number): number {
    const kinds = this.#kinds;
    const row = this.#length;
    let at = start;
    for (let k = 0; k < kinds.length; k++) {
      const size = view.getInt32(at);
      const column = this.#columns[k] as Float64Array;
      at += 4;
      if (size < 0) {
        column[row] = Number.NaN;
        continue;
      }
      const kind = kinds[k];
      if (kind === 'float') column[row] = view.getFloat64(at);
      else if (kind === 'time')
        column[row] = (view.getInt32(at) * 4_294_967_296 + view.getUint32(at + 4)) / 1000 + POSTGRES_EPOCH_MS;
      else column[row] = kind === 'integer' ? view.getInt32(at) : view.getInt16(at);
      at += size;
    }
    return at;
  }

  #grow(): void {
    this.#capacity *= 2;
    for (let k = 0; k < this.#columns.length; k++) {
      const larger = new Float64Array(this.#capacity);
      larger.set(this.#columns[k] as Float64Array);
      this.#columns[k] = larger;
    }
  }
}

export interface CopyOutQuery {
  /** Trusted SQL of a select whose columns are exactly `kinds`. */
  readonly select: string;
  readonly kinds: readonly ColumnKind[];
  /** A guess that saves growing; any number is correct. */
  readonly expectedRows?: number;
}

/** Runs a query by binary COPY and decodes it straight into typed arrays. */
export async function copyOut(sql: Queryable, query: CopyOutQuery): Promise<NumberTable> {
  if (!('reserve' in sql)) return copyOver(sql, query);
  // A busy pool pipelines further queries onto a connection, which postgres.js refuses while a COPY streams over it: hold one for ourselves.
  const own = await sql.reserve();
  try {
    return await copyOver(own, query);
  } finally {
    own.release();
  }
}

async function copyOver(sql: Queryable, query: CopyOutQuery): Promise<NumberTable> {
  const pending = sql.unsafe(`copy (${query.select}) to stdout (format binary)`);
  const stream = await pending.readable();
  const decoder = new TableDecoder(query.kinds, query.expectedRows ?? 0);
  await Promise.race([drain(stream, (chunk) => decoder.accept(chunk)), streamFailure(pending)]);
  return decoder.finish();
}

/** Hands every chunk on; after a failure the rest is still taken off the wire, so that the connection stays usable. */
function drain(stream: Readable, accept: (chunk: Buffer) => void): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    let failure: { error: unknown } | null = null;
    // 'data' events: this stream stalls when it is iterated with `for await`.
    stream.on('data', (chunk: Buffer) => {
      if (failure !== null) return;
      try {
        accept(chunk);
      } catch (error) {
        failure = { error };
      }
    });
    stream.once('error', reject);
    stream.once('end', () => {
      // postgres.js pauses the socket when this stream's buffer fills and resumes it in `_read`, which nobody calls once the end is buffered
      // too: the connection would stay paused for ever.
      stream._read(0);
      if (failure === null) resolve();
      else reject(failure.error);
    });
  });
}
