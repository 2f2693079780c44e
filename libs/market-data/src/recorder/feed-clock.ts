import type { LiveTicks } from '../providers/feed/live-feed.js';

const APART_MS = 30_000;

/** When frames were sent, by the clock that agrees with the exchange's trade times: the vendor's, or where that one is wrong our own. */
export class FeedClock {
  /** Frames whose vendor clock was not believed. */
  wrong = 0;
  private newestTrade = Number.NaN;

  /** Epoch ms. */
  timeOf({ sentAt, receivedAt, length, ticks }: Omit<LiveTicks, 'contractOf'>): number {
    let newest = Number.NaN;
    for (let row = 0; row < length; row++) {
      const trade = ticks.lastTradeTime[row] as number;
      if (!(trade <= newest) && !Number.isNaN(trade)) newest = trade;
    }
    if (!Number.isNaN(newest)) this.newestTrade = newest;
    if (!(sentAt > 0)) return receivedAt;
    if (Math.abs(sentAt - receivedAt) <= APART_MS || Number.isNaN(this.newestTrade)) return sentAt;
    if (Math.abs(sentAt - this.newestTrade) <= Math.abs(receivedAt - this.newestTrade)) return sentAt;
    this.wrong++;
    return receivedAt;
  }
}
