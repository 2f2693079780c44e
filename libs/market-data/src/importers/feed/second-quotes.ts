import { MS_PER_SECOND } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';

/** Best bid and ask of one instrument, second by second through a session: the last of each second, NaN where none was seen. */
export class SecondQuotes {
  readonly length: number;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  /** 1 where a message was seen, also one without bid or ask. */
  readonly seen: Uint8Array;
  private readonly open: number;

  constructor(window: SessionWindow) {
    this.open = window.open;
    this.length = Math.ceil((window.close - window.open) / MS_PER_SECOND);
    this.bid = new Float64Array(this.length).fill(Number.NaN);
    this.ask = new Float64Array(this.length).fill(Number.NaN);
    this.seen = new Uint8Array(this.length);
  }

  /** Notes the book at an instant within the session. */
  set(at: number, bid: number, ask: number): void {
    const second = Math.floor((at - this.open) / MS_PER_SECOND);
    if (second < 0 || second >= this.length) return;
    this.bid[second] = bid;
    this.ask[second] = ask;
    this.seen[second] = 1;
  }
}
