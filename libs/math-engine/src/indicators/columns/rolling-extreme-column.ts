import { NEAR, compareBlock, makeTail, type Extreme } from './rolling-block.js';

interface Tails {
  tail: Float64Array;
  next: Float64Array;
}

/** A whole block of values near to each other, head and tail in one loop so that neither waits. False when they are not; what was written is then void. */
function nearBlock(input: Float64Array, out: Float64Array, at: { from: number; extreme: Extreme } & Tails): boolean {
  const { from, extreme, tail, next } = at;
  const size = next.length - 1;
  const origin = input[from] as number;
  let head = 0;
  let furthest = extreme * ((input[from + size - 1] as number) - origin);
  let opposite = 0;
  for (let k = 0, j = size - 1; k < size; k++, j--) {
    const x = extreme * ((input[from + k] as number) - origin);
    head = 0.5 * (head + x + Math.abs(head - x));
    opposite = 0.5 * (opposite + x - Math.abs(opposite - x));
    const inside = origin + extreme * head;
    const before = tail[k + 1] as number;
    out[from + k] = extreme * (inside - before) > 0 ? inside : before;
    const y = extreme * ((input[from + j] as number) - origin);
    furthest = 0.5 * (furthest + y + Math.abs(furthest - y));
    next[j] = origin + extreme * furthest;
  }
  const limit = NEAR * Math.abs(origin);
  return head <= limit && -opposite <= limit;
}

/** Highest (+1) or lowest (−1) of the last `period` rows; not checked. */
export function rollingExtreme(
  input: Float64Array,
  out: Float64Array,
  at: { readonly period: number; readonly extreme: Extreme },
): Float64Array {
  const { period, extreme } = at;
  const tails = { tail: makeTail(period, extreme), next: makeTail(period, extreme) };
  for (let from = 0; from < input.length; from += period) {
    const to = Math.min(from + period, input.length);
    const isWhole = to - from === period;
    if (!isWhole || !nearBlock(input, out, { from, extreme, ...tails }))
      compareBlock({ input, out }, { from, to }, { extreme, ...tails });
    [tails.tail, tails.next] = [tails.next, tails.tail];
  }
  return out;
}
