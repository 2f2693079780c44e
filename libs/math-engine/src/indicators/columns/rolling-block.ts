/** Which extreme: +1 the highest, −1 the lowest. */
export type Extreme = 1 | -1;

/** Rows of a block, `from` (inclusive) to `to` (exclusive). */
export interface Block {
  readonly from: number;
  readonly to: number;
}

/**
 * Share of a block's first value by which the others may differ. Differences of numbers this near to each other are exact, and so are their sums: the larger of two is then
 * ½ (a + b + |a − b|) to the last bit, without a branch that nobody can predict.
 */
export const NEAR = 0.3;

/** Extremes of each place to the end of a block that has not begun yet: nothing is known, and nothing is to be added beyond the end. */
export function makeTail(period: number, extreme: Extreme): Float64Array {
  const tail = new Float64Array(period + 1).fill(Number.NaN);
  tail[period] = -extreme * Number.POSITIVE_INFINITY;
  return tail;
}

/**
 * One block of van Herk's method by comparisons, for any numbers: `out` = the extreme of the block's head and the tail of the block before; `next` = tail of this block.
 * Math.max hands a missing value on to every window that contains it, and to no other.
 */
export function compareBlock(
  columns: { readonly input: Float64Array; readonly out: Float64Array },
  { from, to }: Block,
  at: { readonly extreme: Extreme; readonly tail: Float64Array; readonly next: Float64Array },
): void {
  const { input, out } = columns;
  const { extreme, tail, next } = at;
  let head = Number.NEGATIVE_INFINITY;
  for (let i = from, k = 1; i < to; i++, k++) {
    head = Math.max(head, extreme * (input[i] as number));
    out[i] = extreme * Math.max(head, extreme * (tail[k] as number));
  }
  let furthest = Number.NEGATIVE_INFINITY;
  for (let i = to - 1, k = to - 1 - from; k >= 0; i--, k--) {
    furthest = Math.max(furthest, extreme * (input[i] as number));
    next[k] = extreme * furthest;
  }
}
