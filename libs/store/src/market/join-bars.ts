import { makeBarColumns, type BarColumns } from '@sos/domain';

/** Bars of consecutive days as one set of columns. */
export function joinBars(parts: readonly BarColumns[]): BarColumns {
  const joined = makeBarColumns(parts.reduce((sum, p) => sum + p.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.time.set(part.time, at);
    joined.open.set(part.open, at);
    joined.high.set(part.high, at);
    joined.low.set(part.low, at);
    joined.close.set(part.close, at);
    joined.volume.set(part.volume, at);
    joined.openInterest.set(part.openInterest, at);
    at += part.length;
  }
  return joined;
}
