import { isAppError, type Contract } from '@sos/domain';
import type { LiveTicks } from '../providers/feed/live-feed.js';
import { FrameDecoder } from '../providers/upstox/feed/frame-decoder.js';
import { KeyTable } from '../providers/upstox/feed/key-table.js';
import type { RawFrame } from './segment-format.js';

/** Reads recorded Upstox frames as the live feed read them when they came. */
export class RecordedFrameDecoder {
  /** Frames that could not be read, as they came over the wire. */
  corrupt = 0;
  private readonly decoder = new FrameDecoder(new KeyTable());
  private readonly contracts: (Contract | null)[] = [];
  private readonly keys: ReadonlyMap<string, Contract>;

  constructor(keys: ReadonlyMap<string, Contract>) {
    this.keys = keys;
  }

  /** The market data of a frame, valid until the next; null when it holds none. */
  ticksOf({ bytes, receivedAt }: RawFrame): LiveTicks | null {
    try {
      const { kind, sentAt, length, ticks } = this.decoder.decode(bytes);
      if ((kind !== 'snapshot' && kind !== 'live') || length === 0) return null;
      return { kind, sentAt, receivedAt, length, ticks, contractOf: (slot) => this.contractOf(slot) };
    } catch (error) {
      if (!isAppError(error)) throw error;
      this.corrupt++;
      return null;
    }
  }

  /** Gives the market data of frames on, in their order. */
  feed(frames: readonly RawFrame[], into: { add(ticks: LiveTicks): void }): void {
    for (const frame of frames) {
      const ticks = this.ticksOf(frame);
      if (ticks) into.add(ticks);
    }
  }

  private contractOf(slot: number): Contract | null {
    this.contracts[slot] ??= this.keys.get(this.decoder.keys.keyOf(slot) ?? '') ?? null;
    return this.contracts[slot];
  }
}
