import { AppError } from '@sos/domain';

/** A frame that does not follow the published layout. */
export function corruptFrame(found: string, at: number): AppError {
  return new AppError('SOS_DATA_CORRUPT', `expected an Upstox v3 feed frame, found ${found} at byte ${at}`, {
    context: { at },
  });
}

/** The exact value of a varint of nine or ten bytes that ends before `end`: negative or very large 64-bit integers. */
export function wideVarint(bytes: Uint8Array, end: number): number {
  let from = end - 1;
  while (from > 0 && end - from < 10 && (bytes[from - 1] as number) >= 128) from--;
  let value = 0n;
  for (let i = end - 1; i >= from; i--) value = (value << 7n) | BigInt((bytes[i] as number) & 127);
  return Number(BigInt.asIntN(64, value));
}

/** Where a varint ends of which at least one byte was read. */
export function varintEnd(bytes: Uint8Array, from: number): number {
  let pos = from;
  while ((bytes[pos++] as number) >= 128);
  return pos;
}

function septets(bytes: Uint8Array, from: number): number {
  return (
    ((bytes[from] as number) & 127) |
    (((bytes[from + 1] as number) & 127) << 7) |
    (((bytes[from + 2] as number) & 127) << 14) |
    (((bytes[from + 3] as number) & 127) << 21)
  );
}

/** The value of the varint at `bytes[from..end)`. @throws SOS_DATA_CORRUPT for more than ten bytes */
export function longVarint(bytes: Uint8Array, from: number, end: number): number {
  const size = end - from;
  if (size > 8) {
    if (size > 10) throw corruptFrame('a number of more than ten bytes', from);
    return wideVarint(bytes, end);
  }
  // Four times seven bits fit a small integer; six bytes are a time in milliseconds, by far the most frequent case.
  if (size === 6)
    return septets(bytes, from) + (((bytes[from + 5] as number) << 7) | ((bytes[from + 4] as number) & 127)) * 2 ** 28;
  let high = 0;
  for (let i = end - 1; i >= from + 4; i--) high = high * 128 + ((bytes[i] as number) & 127);
  let low = 0;
  for (let i = Math.min(end, from + 4) - 1; i >= from; i--) low = (low << 7) | ((bytes[i] as number) & 127);
  return high * 2 ** 28 + low;
}

/** Where the field after the value of an unknown field starts. @throws SOS_DATA_CORRUPT for a wire type that the layout does not have or a size beyond the frame */
export function skipField(bytes: Uint8Array, tag: number, from: number): number {
  const wire = tag & 7;
  if (wire === 1) return from + 8;
  if (wire === 5) return from + 4;
  if (wire !== 0 && wire !== 2) throw corruptFrame(`wire type ${wire}`, from);
  const end = varintEnd(bytes, from);
  if (end - from > 10) throw corruptFrame('a number of more than ten bytes', from);
  if (wire === 0) return end;
  const size = longVarint(bytes, from, end);
  // A size of nine or ten bytes can be negative: going back would never end.
  if (!(size >= 0 && size <= bytes.length - end)) throw corruptFrame('a field that is cut off', from);
  return end + size;
}

/**
 * A varint of up to four bytes and how many they are, in one small integer: value times eight plus size; 0 when it is longer. Two results
 * in one number, because a cursor that lives outside the function is three times slower.
 */
export function shortVarint(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 128) return (first << 3) | 1;
  const second = bytes[at + 1] as number;
  if (second < 128) return (((second << 7) | (first & 127)) << 3) | 2;
  const third = bytes[at + 2] as number;
  const low = ((second & 127) << 7) | (first & 127);
  if (third < 128) return (((third << 14) | low) << 3) | 3;
  const fourth = bytes[at + 3] as number;
  return fourth < 128 ? (((fourth << 21) | ((third & 127) << 14) | low) << 3) | 4 : 0;
}

// The topmost bit of each of four bytes: more bytes follow.
const MORE = 0x80808080 | 0;

/** A time in milliseconds: a varint of exactly six bytes; 0 for any other. */
export function timeVarint(view: DataView, at: number): number {
  const word = view.getInt32(at, true);
  const rest = view.getUint16(at + 4, true);
  if ((word & MORE) !== MORE || (rest & 0x8080) !== 0x80) return 0;
  const low = (word & 0x7f) | ((word >>> 1) & 0x3f80) | ((word >>> 2) & 0x1fc000) | ((word >>> 3) & 0xfe00000);
  return low + ((rest & 0x7f) | ((rest >>> 1) & 0x3f80)) * 2 ** 28;
}
