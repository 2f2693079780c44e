import type { Contract, EpochMs } from '@sos/domain';
import type { RecordedMessage, RecordedMessages } from '@sos/market-data';
import { bookOfMessage, type DisplayedBook } from '../trading/displayed-book.js';
import { encodeRecordedFeed } from '../upstox/encode-recorded.js';

/** A recorded message on the wire of the vendor. */
export interface PlayedMessage {
  readonly at: EpochMs;
  readonly key: string;
  readonly feed: Uint8Array;
  /** What it displays, null for an index. */
  readonly book: DisplayedBook | null;
}

/** Plays a recorded day: every message once, at its time, in its order. */
export class RecordedPlay {
  /** Messages played so far. */
  played = 0;
  /** Messages of another form, which no feed could send. */
  unreadable = 0;
  private readonly source: RecordedMessages;
  private readonly messages: AsyncGenerator<RecordedMessage>;
  private readonly newest = new Map<string, Uint8Array>();
  private next: RecordedMessage | null = null;
  private over = false;

  constructor(source: RecordedMessages) {
    this.source = source;
    this.messages = source.messages();
  }

  /** True when every message was played. */
  get isOver(): boolean {
    return this.over && this.next === null;
  }

  contractOf(key: string): Contract | null {
    return this.source.contractOf(key);
  }

  instruments(): ReturnType<RecordedMessages['instruments']> {
    return this.source.instruments();
  }

  /** What was sent last of an instrument, for a snapshot. */
  newestOf(key: string): Uint8Array | undefined {
    return this.newest.get(key);
  }

  /** The messages up to an instant that were not played yet. */
  async *until(now: EpochMs): AsyncGenerator<PlayedMessage> {
    for (let message = await this.peek(); message !== null && message.at <= now; message = await this.peek()) {
      this.next = null;
      const feed = encodeRecordedFeed(message.message);
      if (feed === null) {
        this.unreadable++;
        continue;
      }
      this.played++;
      this.newest.set(message.key, feed);
      yield { at: message.at, key: message.key, feed, book: bookOfMessage(message.message, message.at) };
    }
  }

  private async peek(): Promise<RecordedMessage | null> {
    if (this.next !== null || this.over) return this.next;
    const { value, done } = await this.messages.next();
    if (done === true) this.over = true;
    else this.next = value;
    return this.next;
  }
}
