import type { BridgeBar } from './bridge-messages.js';

/**
 * The finished minutes of one contract in their order: each is told once, in time order, over restarts of the bridge. While bars of the past are
 * awaited, newer ones wait.
 */
export class MinuteOrder {
  private told = Number.NEGATIVE_INFINITY;
  private readonly waiting: BridgeBar[] = [];
  private awaited: string | null = null;

  /** Start of the last minute told; -Infinity before the first. */
  get toldUntil(): number {
    return this.told;
  }

  /** The request for bars of the past that is open, null when none is. */
  get request(): string | null {
    return this.awaited;
  }

  /** Lets newer bars wait until the answer of `request` is whole. */
  await(request: string): void {
    this.awaited = request;
  }

  /** Takes bars; returns those to be told now. */
  take(bars: readonly BridgeBar[]): BridgeBar[] {
    this.waiting.push(...bars);
    return this.awaited === null ? this.release() : [];
  }

  /** The answer is whole, or will not come: nothing waits any more. */
  release(): BridgeBar[] {
    this.awaited = null;
    const due = this.waiting.splice(0).sort((a, b) => a.start - b.start);
    return due.filter(({ start }) => {
      if (start <= this.told) return false;
      this.told = start;
      return true;
    });
  }
}
