import type { EpochMs } from '@sos/domain';
import { RECORD_HEAD } from './segment-format.js';

const FIRST_SIZE = 1 << 18;

/** Frames waiting to be written, copied one after the other; it grows to a limit and then says no. */
export class FrameBuffer {
  frames = 0;
  firstSequence = 0;
  firstReceivedAt = 0;
  lastReceivedAt = 0;
  private bytes = Buffer.allocUnsafe(FIRST_SIZE);
  private used = 0;
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The frames so far, as a member of a segment holds them. */
  get content(): Buffer {
    return this.bytes.subarray(0, this.used);
  }

  /** Copies a frame; false when there is no room for it. */
  add(frame: Uint8Array, sequence: number, receivedAt: EpochMs): boolean {
    const end = this.used + RECORD_HEAD + frame.length;
    if (end > this.limit) return false;
    if (end > this.bytes.length) this.grow(end);
    this.bytes.writeDoubleLE(receivedAt, this.used);
    this.bytes.writeDoubleLE(sequence, this.used + 8);
    this.bytes.writeUInt32LE(frame.length, this.used + 16);
    this.bytes.set(frame, this.used + RECORD_HEAD);
    this.used = end;
    if (this.frames === 0) {
      this.firstSequence = sequence;
      this.firstReceivedAt = receivedAt;
    }
    this.lastReceivedAt = receivedAt;
    this.frames++;
    return true;
  }

  clear(): void {
    this.used = 0;
    this.frames = 0;
  }

  private grow(needed: number): void {
    const larger = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    larger.set(this.content);
    this.bytes = larger;
  }
}
