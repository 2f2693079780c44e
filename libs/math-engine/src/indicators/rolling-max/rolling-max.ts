import { checkPeriod } from '../check-period.js';
import type { Indicator } from '../indicator.js';

/**
 * Highest of the last `period` values (the forming one included); warm-up `period`. Amortised O(1) by van Herk's blocks: the maximum of any window is
 * that of the tail of one block and the head of the next (M. van Herk, Pattern Recognition Letters 13, 1992).
 */
export class RollingMax implements Indicator {
  value = Number.NaN;
  readonly warmup: number;
  private readonly size: number;
  /** Values of the block being filled. */
  private readonly block: Float64Array;
  /** Maximum from each place to the end of the block before. */
  private readonly tail: Float64Array;
  private pos = 0;
  private count = 0;
  private head = Number.NEGATIVE_INFINITY;
  private newest = Number.NaN;
  private committed = Number.NEGATIVE_INFINITY;

  /** @throws SOS_INPUT for a period that is not a whole number of bars in range */
  constructor(period: number) {
    checkPeriod('RollingMax period', period);
    this.warmup = period;
    this.size = period - 1;
    this.block = new Float64Array(this.size);
    this.tail = new Float64Array(this.size);
  }

  add(x: number): void {
    this.commit(this.newest);
    this.replace(x);
  }

  replace(x: number): void {
    this.newest = x;
    // Written so that a missing x comes out as NaN.
    this.value = this.count === this.size ? (this.committed > x ? this.committed : x) : Number.NaN;
  }

  private commit(x: number): void {
    if (x !== x) {
      this.pos = this.count = 0;
      this.head = this.committed = Number.NEGATIVE_INFINITY;
      this.tail.fill(Number.NEGATIVE_INFINITY);
      return;
    }
    const { size } = this;
    if (size === 0) return;
    if (this.count < size) this.count++;
    this.block[this.pos] = x;
    if (x > this.head) this.head = x;
    if (++this.pos === size) this.turn();
    const tail = this.tail[this.pos] as number;
    this.committed = tail > this.head ? tail : this.head;
  }

  private turn(): void {
    const { block, tail } = this;
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = this.size - 1; i >= 0; i--) {
      const x = block[i] as number;
      if (x > highest) highest = x;
      tail[i] = highest;
    }
    this.pos = 0;
    this.head = Number.NEGATIVE_INFINITY;
  }
}
