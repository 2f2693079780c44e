import type { EpochMs } from '@sos/domain';
import { z } from 'zod';

/** How names of segments end; the index of `0001.frames.gz` is `0001.frames.index`. */
export const SEGMENT_ENDING = '.frames.gz';
/** How names of the indexes end. */
export const INDEX_ENDING = '.frames.index';
/** The file that names the contracts of the vendor's instrument keys. */
export const KEYS_FILE = 'instrument-keys.json';

/** Bytes before each frame: receivedAt (float64), sequence (float64), length (uint32); little-endian. */
export const RECORD_HEAD = 20;

/** A line of an index: one gzip member of the segment, written whole before its line. */
export const IndexLine = z.strictObject({
  /** Where the member is in its file. */
  offset: z.number().int().nonnegative(),
  bytes: z.number().int().positive(),
  /** Number of its first frame in the recording of the day, from 1. */
  sequence: z.number().int().positive(),
  frames: z.number().int().positive(),
  /** Frames between this member and the one before that there was no room for. */
  dropped: z.number().int().nonnegative(),
  receivedAt: z.number(),
  lastReceivedAt: z.number(),
});
/** A line of an index. */
export type IndexLine = z.output<typeof IndexLine>;

/** One frame as it came over the wire. */
export interface RawFrame {
  /** Its number in the recording of the day, from 1. */
  readonly sequence: number;
  readonly receivedAt: EpochMs;
  readonly bytes: Uint8Array;
}

/** Splits an unpacked member into its frames; views into it. */
export function framesOf(member: Buffer): RawFrame[] {
  const frames: RawFrame[] = [];
  for (let at = 0; at + RECORD_HEAD <= member.length;) {
    const start = at + RECORD_HEAD;
    const end = start + member.readUInt32LE(at + 16);
    const receivedAt = member.readDoubleLE(at) as EpochMs;
    frames.push({ sequence: member.readDoubleLE(at + 8), receivedAt, bytes: member.subarray(start, end) });
    at = end;
  }
  return frames;
}
