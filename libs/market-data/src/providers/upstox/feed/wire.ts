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

/** Where the field after the value of an unknown field starts. @throws SOS_DATA_CORRUPT for a wire type that the layout does not have */
export function skipField(bytes: Uint8Array, tag: number, from: number): number {
  const wire = tag & 7;
  if (wire === 1) return from + 8;
  if (wire === 5) return from + 4;
  if (wire !== 0 && wire !== 2) throw corruptFrame(`wire type ${wire}`, from);
  const end = varintEnd(bytes, from);
  if (end - from > 10) throw corruptFrame('a number of more than ten bytes', from);
  return wire === 0 ? end : end + longVarint(bytes, from, end);
}
