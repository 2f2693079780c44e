const UTF8 = new TextEncoder();

/** Writes protobuf messages as proto3 does: zeros and empty texts are left out. */
export class ProtoWriter {
  private readonly bytes: number[] = [];
  private readonly scratch = new DataView(new ArrayBuffer(8));

  int(field: number, value: number): this {
    if (!Number.isFinite(value) || value === 0) return this;
    this.varint(BigInt(field * 8));
    this.varint(BigInt.asUintN(64, BigInt(Math.trunc(value))));
    return this;
  }

  double(field: number, value: number): this {
    if (!Number.isFinite(value) || value === 0) return this;
    this.varint(BigInt(field * 8 + 1));
    this.scratch.setFloat64(0, value, true);
    for (let i = 0; i < 8; i++) this.bytes.push(this.scratch.getUint8(i));
    return this;
  }

  text(field: number, value: string): this {
    return value === '' ? this : this.part(field, UTF8.encode(value));
  }

  message(field: number, write: (inner: ProtoWriter) => void): this {
    const inner = new ProtoWriter();
    write(inner);
    return this.part(field, inner.bytes);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.bytes);
  }

  private part(field: number, content: ArrayLike<number>): this {
    this.varint(BigInt(field * 8 + 2));
    this.varint(BigInt(content.length));
    for (let i = 0; i < content.length; i++) this.bytes.push(content[i] as number);
    return this;
  }

  private varint(value: bigint): void {
    let rest = value;
    for (; rest >= 128n; rest >>= 7n) this.bytes.push(Number(rest & 127n) | 128);
    this.bytes.push(Number(rest));
  }
}
