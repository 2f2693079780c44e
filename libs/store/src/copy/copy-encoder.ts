const CHUNK_BYTES = 1 << 18;
/** A row never exceeds this unless it holds text, which makes its own room. */
const ROW_BYTES = 1 << 12;
/** 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const TWO_32 = 4_294_967_296;
const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

/** Writes rows in PostgreSQL's binary COPY format into chunks of about 256 KiB. */
export class CopyEncoder {
  #buffer: Buffer = Buffer.allocUnsafe(CHUNK_BYTES + ROW_BYTES);
  #view: DataView = viewOf(this.#buffer);
  #at = 0;

  constructor() {
    this.#at += SIGNATURE.copy(this.#buffer);
  }

  /** True when the chunk should be taken and sent. */
  get isFull(): boolean {
    return this.#at >= CHUNK_BYTES;
  }

  /** The bytes so far; later rows go into a new chunk. */
  take(): Buffer {
    const chunk = this.#buffer.subarray(0, this.#at);
    this.#buffer = Buffer.allocUnsafe(CHUNK_BYTES + ROW_BYTES);
    this.#view = viewOf(this.#buffer);
    this.#at = 0;
    return chunk;
  }

  row(fields: number): void {
    this.#view.setInt16(this.#at, fields);
    this.#at += 2;
  }

  end(): void {
    this.row(-1);
  }

  null(): void {
    this.#view.setInt32(this.#at, -1);
    this.#at += 4;
  }

  smallint(value: number): void {
    this.#view.setInt32(this.#at, 2);
    this.#view.setInt16(this.#at + 4, value);
    this.#at += 6;
  }

  integer(value: number): void {
    this.#view.setInt32(this.#at, 4);
    this.#view.setInt32(this.#at + 4, value);
    this.#at += 8;
  }

  /** A whole number up to 2^53 as bigint. */
  bigint(value: number): void {
    const high = Math.floor(value / TWO_32);
    this.#view.setInt32(this.#at, 8);
    this.#view.setInt32(this.#at + 4, high);
    this.#view.setUint32(this.#at + 8, value - high * TWO_32);
    this.#at += 12;
  }

  /** A float; NaN (unknown) as NULL. */
  float(value: number): void {
    if (value !== value) {
      this.null();
      return;
    }
    this.#view.setInt32(this.#at, 8);
    this.#view.setFloat64(this.#at + 4, value);
    this.#at += 12;
  }

  /** Epoch milliseconds as timestamptz. */
  time(ms: number): void {
    this.bigint(Math.round((ms - POSTGRES_EPOCH_MS) * 1000));
  }

  boolean(value: boolean): void {
    this.#view.setInt32(this.#at, 1);
    this.#view.setUint8(this.#at + 4, value ? 1 : 0);
    this.#at += 5;
  }

  text(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.#fit(bytes);
    this.#view.setInt32(this.#at, bytes);
    this.#at += 4;
    this.#at += this.#buffer.write(value, this.#at, bytes, 'utf8');
  }

  /** JSON text as jsonb (format version 1). */
  jsonb(value: unknown): void {
    const text = JSON.stringify(value);
    const bytes = Buffer.byteLength(text) + 1;
    this.#fit(bytes);
    this.#view.setInt32(this.#at, bytes);
    this.#view.setUint8(this.#at + 4, 1);
    this.#at += 5;
    this.#at += this.#buffer.write(text, this.#at, bytes - 1, 'utf8');
  }

  #fit(bytes: number): void {
    if (this.#buffer.length - this.#at >= bytes + ROW_BYTES) return;
    const larger = Buffer.allocUnsafe(this.#buffer.length + bytes + CHUNK_BYTES);
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
