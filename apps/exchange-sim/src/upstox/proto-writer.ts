const UTF8 = new TextEncoder();
const FIRST_SIZE = 256;
const SMALL = 2 ** 31;

/** Writes protobuf messages as proto3 does: zeros and empty texts are left out. */
export class ProtoWriter {
  private content = new Uint8Array(FIRST_SIZE);
  private view = new DataView(this.content.buffer);
  private used = 0;

  int(field: number, value: number): this {
    if (!Number.isFinite(value) || value === 0) return this;
    this.small(field * 8);
    const whole = Math.trunc(value);
    if (whole >= 0) this.positive(whole);
    else this.negative(BigInt.asUintN(64, BigInt(whole)));
    return this;
  }

  double(field: number, value: number): this {
    if (!Number.isFinite(value) || value === 0) return this;
    this.small(field * 8 + 1);
    this.reserve(8);
    this.view.setFloat64(this.used, value, true);
    this.used += 8;
    return this;
  }

  text(field: number, value: string): this {
    return value === '' ? this : this.bytes(field, UTF8.encode(value));
  }

  message(field: number, write: (inner: ProtoWriter) => void): this {
    const inner = new ProtoWriter();
    write(inner);
    return this.bytes(field, inner.content.subarray(0, inner.used));
  }

  /** A field of bytes: a message that is encoded already. */
  bytes(field: number, content: Uint8Array): this {
    this.small(field * 8 + 2);
    this.small(content.length);
    this.reserve(content.length);
    this.content.set(content, this.used);
    this.used += content.length;
    return this;
  }

  finish(): Uint8Array {
    return this.content.slice(0, this.used);
  }

  private reserve(more: number): void {
    const needed = this.used + more;
    if (needed <= this.content.length) return;
    const larger = new Uint8Array(Math.max(needed, this.content.length * 2));
    larger.set(this.content);
    this.content = larger;
    this.view = new DataView(larger.buffer);
  }

  private small(value: number): void {
    this.reserve(5);
    let rest = value;
    for (; rest >= 128; rest >>>= 7) this.content[this.used++] = (rest & 127) | 128;
    this.content[this.used++] = rest;
  }

  /** Up to 2^53: the part above 31 bits by division, as bit operations have 32 bits only. */
  private positive(value: number): void {
    let rest = value;
    this.reserve(10);
    for (; rest >= SMALL; rest = Math.floor(rest / 128)) this.content[this.used++] = (rest % 128) | 128;
    this.small(rest);
  }

  private negative(value: bigint): void {
    this.reserve(10);
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) this.content[this.used++] = Number(rest & 127n) | 128;
    this.content[this.used++] = Number(rest);
  }
}
