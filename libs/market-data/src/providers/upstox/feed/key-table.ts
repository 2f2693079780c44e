const SEED = 0x811c9dc5;
const PRIME = 0x01000193;
const ASCII = new TextDecoder('utf-8');

/** Instrument keys of a feed and their slots 0, 1, 2 …: found by the bytes on the wire, so that a known key is never made into text again. */
export class KeyTable {
  private readonly names: string[] = [];
  private readonly encoded: Uint8Array[] = [];
  private readonly hashes: number[] = [];
  private buckets = new Int32Array(256).fill(-1);

  get size(): number {
    return this.names.length;
  }

  /** The key of a slot. */
  keyOf(slot: number): string | undefined {
    return this.names[slot];
  }

  /** True when the key at `bytes[from..end)` is that of a slot. */
  // eslint-disable-next-line max-params -- called for each instrument of each frame: an options object would be an allocation
  isKey(slot: number, bytes: Uint8Array, from: number, end: number): boolean {
    return sameBytes(this.encoded[slot] as Uint8Array, bytes, from, end);
  }

  /** The slot of a key, a new one when it is not known yet. */
  slotOf(key: string): number {
    const bytes = new TextEncoder().encode(key);
    return this.slotOfBytes(bytes, 0, bytes.length);
  }

  /** The slot of the key at `bytes[from..end)`, a new one when it is not known yet. */
  slotOfBytes(bytes: Uint8Array, from: number, end: number): number {
    let hash = SEED;
    for (let i = from; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME);
    const mask = this.buckets.length - 1;
    let bucket = (hash ^ (hash >>> 15)) & mask;
    let slot = this.buckets[bucket] as number;
    while (slot >= 0) {
      if (this.hashes[slot] === hash && sameBytes(this.encoded[slot] as Uint8Array, bytes, from, end)) return slot;
      bucket = (bucket + 1) & mask;
      slot = this.buckets[bucket] as number;
    }
    // A copy: the `slice` of a Buffer would keep looking at the frame.
    return this.add(Uint8Array.from(bytes.subarray(from, end)), hash);
  }

  private add(key: Uint8Array, hash: number): number {
    const slot = this.names.length;
    this.names.push(ASCII.decode(key));
    this.encoded.push(key);
    this.hashes.push(hash);
    if (this.names.length * 4 > this.buckets.length) this.buckets = new Int32Array(this.buckets.length * 4).fill(-1);
    else return this.place(slot);
    for (let i = 0; i < slot; i++) this.place(i);
    return this.place(slot);
  }

  private place(slot: number): number {
    const hash = this.hashes[slot] as number;
    const mask = this.buckets.length - 1;
    let bucket = (hash ^ (hash >>> 15)) & mask;
    while ((this.buckets[bucket] as number) >= 0) bucket = (bucket + 1) & mask;
    this.buckets[bucket] = slot;
    return slot;
  }
}

// eslint-disable-next-line max-params -- called for each instrument of each frame: an options object would be an allocation
function sameBytes(key: Uint8Array, bytes: Uint8Array, from: number, end: number): boolean {
  if (key.length !== end - from) return false;
  // Keys begin alike and differ in their last digits.
  for (let i = key.length - 1; i >= 0; i--) if (key[i] !== bytes[from + i]) return false;
  return true;
}
