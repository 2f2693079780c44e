import { isAppError } from '@sos/domain';
import { DEPTH_LEVELS, makeTickColumns, tickParts, type TickColumns } from '../../feed/tick-columns.js';
import type { KeyTable } from './key-table.js';
import { readMarketInfo, type MarketInfo } from './market-info.js';
import { OrderedPartReader } from './ordered-part-reader.js';
import { SEEN, priceOf } from './part-reader.js';
import { corruptFrame, longVarint, shortVarint, skipField } from './wire.js';

/** What a frame is: the state on subscribing, a change, news of the market's phase, or a kind that the vendor added later. */
export type FrameKind = 'snapshot' | 'live' | 'market-info' | 'unknown';

/** One decoded frame. The decoder owns it: it is overwritten by the next one. */
export interface FeedFrame {
  readonly kind: FrameKind;
  /** Clock of the vendor when it sent the frame, epoch ms; 0 when it did not say. */
  readonly sentAt: number;
  /** Rows of `ticks` in use. */
  readonly length: number;
  readonly ticks: TickColumns;
  readonly marketInfo: MarketInfo | null;
}

const KINDS: readonly FrameKind[] = ['snapshot', 'live', 'market-info'];
const BOOK_PART = 1;
// Levels of the nested feed messages, apart from any tag of one byte.
const FEED = 0x100;
const FULL_FEED = 0x200;
const INDEX_FEED = 0x300;

/** Reads Upstox v3 protobuf frames straight into columns. */
export class FrameDecoder extends OrderedPartReader {
  readonly keys: KeyTable;
  private parts = Object.values(tickParts(this.ticks));
  private length = 0;
  private marketInfo: MarketInfo | null = null;

  constructor(keys: KeyTable) {
    super();
    this.keys = keys;
  }

  /** @throws SOS_DATA_CORRUPT for a frame that is cut off or does not follow the layout */
  decode(frame: Uint8Array): FeedFrame {
    this.length = 0;
    this.marketInfo = null;
    this.bytes = frame;
    this.view = new DataView(frame.buffer, frame.byteOffset, frame.length);
    try {
      return this.response(frame.length);
    } catch (error) {
      if (isAppError(error)) throw error;
      throw corruptFrame('a message that is cut off', frame.length);
    }
  }

  private response(end: number): FeedFrame {
    const bytes = this.bytes;
    let pos = 0;
    let kind = 0;
    let sentAt = 0;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x12 || tag === 0x22) {
        const size = shortVarint(bytes, pos);
        const start = size === 0 ? skipField(bytes, 0, pos) : pos + (size & 7);
        const next = size === 0 ? skipField(bytes, 2, pos) : start + (size >>> 3);
        if (next > end) throw corruptFrame('a message that is cut off', pos);
        if (tag === 0x12) this.entry(start, next);
        else this.marketInfo = readMarketInfo(bytes.subarray(start, next));
        pos = next;
      } else {
        const next = skipField(bytes, tag, pos);
        if (tag === 0x08) kind = bytes[pos] as number;
        if (tag === 0x18) sentAt = longVarint(bytes, pos, next);
        pos = next;
      }
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    const { length, ticks, marketInfo } = this;
    return { kind: KINDS[kind] ?? 'unknown', sentAt, length, ticks, marketInfo };
  }

  private entry(from: number, end: number): void {
    const bytes = this.bytes;
    let pos = from;
    let slot = -1;
    let feed = 0;
    let feedEnd = 0;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x0a || tag === 0x12) {
        let size = bytes[pos++] as number;
        if (size >= 128) size = (size & 127) + (bytes[pos++] as number) * 128;
        if (pos + size > end) throw corruptFrame('a message that is cut off', pos);
        if (tag === 0x0a) slot = this.slotOf(pos, pos + size);
        else {
          feed = pos;
          feedEnd = pos + size;
        }
        pos += size;
      } else pos = skipField(bytes, tag, pos);
    }
    if (slot < 0) throw corruptFrame('a feed without instrument key', from);
    if (this.length === this.ticks.capacity) this.grow();
    const row = this.length++;
    this.ticks.slot[row] = slot;
    this.seen = 0;
    this.feed(FEED, feed, feedEnd, row);
    if (this.seen !== SEEN.all) this.forget(row);
  }

  /** Frames name instruments in much the same order: the one that stood in this row before is tried first. */
  private slotOf(from: number, end: number): number {
    const guess = this.length < this.ticks.capacity ? (this.ticks.slot[this.length] as number) : -1;
    if (guess >= 0 && this.keys.isKey(guess, this.bytes, from, end)) return guess;
    return this.keys.slotOfBytes(this.bytes, from, end);
  }

  private grow(): void {
    const ticks = makeTickColumns(this.ticks.capacity * 2);
    const parts = Object.values(tickParts(ticks));
    ticks.slot.set(this.ticks.slot);
    this.parts.forEach((columns, part) => columns.forEach((column, i) => parts[part]?.[i]?.set(column)));
    this.parts = parts;
    this.ticks = ticks;
  }

  /** Makes unknown what an earlier frame left in the columns that this one has nothing for. */
  private forget(row: number): void {
    for (let part = 0; part < this.parts.length; part++) {
      if ((this.seen & (1 << part)) !== 0) continue;
      const cells = part === BOOK_PART ? DEPTH_LEVELS : 1;
      for (const column of this.parts[part] ?? [])
        for (let cell = row * cells; cell < (row + 1) * cells; cell++) column[cell] = Number.NaN;
    }
  }

  /** `Feed`, `FullFeed` and `IndexFullFeed` hold messages only; what their fields are depends on the level. */
  // eslint-disable-next-line max-params -- called for each instrument of each frame: an options object would be an allocation
  private feed(level: number, from: number, end: number, row: number): void {
    const bytes = this.bytes;
    let pos = from;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x0a || tag === 0x12 || tag === 0x1a) {
        let size = bytes[pos++] as number;
        if (size >= 128) size = (size & 127) + (bytes[pos++] as number) * 128;
        if (pos + size > end) throw corruptFrame('a message that is cut off', pos);
        this.feedPart(level + tag, pos, pos + size, row);
        pos += size;
      } else if (tag === 0x20 && (bytes[pos] as number) < 128) pos++;
      else pos = skipField(bytes, tag, pos);
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
  }

  // eslint-disable-next-line max-params -- as above
  private feedPart(levelAndTag: number, from: number, end: number, row: number): void {
    if (levelAndTag === FEED + 0x12) this.feed(FULL_FEED, from, end, row);
    else if (levelAndTag === FULL_FEED + 0x0a) this.marketFeed(from, end, row);
    else if (levelAndTag === FULL_FEED + 0x12) this.feed(INDEX_FEED, from, end, row);
    else if (levelAndTag === INDEX_FEED + 0x12) this.bars(from, end, row);
    else if (levelAndTag === FEED + 0x1a) this.firstLevel(from, end, row);
    else if (levelAndTag === FEED + 0x0a || levelAndTag === INDEX_FEED + 0x0a) this.ltpc(from, end, row);
  }

  private marketFeed(from: number, end: number, row: number): void {
    const { bytes, view, ticks } = this;
    let pos = from;
    let average = 0;
    let volume = 0;
    let interest = 0;
    let volatility = 0;
    let bids = 0;
    let asks = 0;
    while (pos < end) {
      let tag = bytes[pos++] as number;
      if (tag >= 128) tag = (tag & 127) + (bytes[pos++] as number) * 128;
      if (tag === 0x0a || tag === 0x12 || tag === 0x1a || tag === 0x22) {
        let size = bytes[pos++] as number;
        if (size >= 128) size = (size & 127) + (bytes[pos++] as number) * 128;
        if (pos + size > end) throw corruptFrame('a message that is cut off', pos);
        this.part(tag, pos, pos + size, row);
        pos += size;
        // The parts come first; what is left is read at once when it is laid out as usual.
        if (tag === 0x22 && pos < end && this.totals(pos, end, row)) return;
      } else if ((tag & 7) === 1 && tag <= 0x51) {
        const value = view.getFloat64(pos, true);
        pos += 8;
        if (tag === 0x29) average = value;
        else if (tag === 0x39) interest = value;
        else if (tag === 0x41) volatility = value;
        else if (tag === 0x49) bids = value;
        else if (tag === 0x51) asks = value;
      } else {
        const next = skipField(bytes, tag, pos);
        if (tag === 0x30) volume = longVarint(bytes, pos, next);
        pos = next;
      }
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    ticks.averagePrice[row] = priceOf(average);
    ticks.volumeToday[row] = volume;
    ticks.openInterest[row] = interest;
    ticks.impliedVolatility[row] = priceOf(volatility);
    ticks.totalBidQty[row] = bids;
    ticks.totalAskQty[row] = asks;
    this.seen |= SEEN.totals;
  }

  // eslint-disable-next-line max-params -- called for each part of each instrument: an options object would be an allocation
  private part(tag: number, from: number, end: number, row: number): void {
    if (tag === 0x0a) this.ltpc(from, end, row);
    else if (tag === 0x12) this.depth(from, end, row);
    else if (tag === 0x1a) this.greeks(from, end, row);
    else this.bars(from, end, row);
  }

  private firstLevel(from: number, end: number, row: number): void {
    const { bytes, view, ticks } = this;
    let pos = from;
    let volume = 0;
    let interest = 0;
    let volatility = 0;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x0a || tag === 0x12 || tag === 0x1a) {
        let size = bytes[pos++] as number;
        if (size >= 128) size = (size & 127) + (bytes[pos++] as number) * 128;
        if (pos + size > end) throw corruptFrame('a message that is cut off', pos);
        if (tag === 0x0a) this.ltpc(pos, pos + size, row);
        else if (tag === 0x12) this.best(pos, pos + size, row * DEPTH_LEVELS);
        else this.greeks(pos, pos + size, row);
        pos += size;
      } else if (tag === 0x29 || tag === 0x31) {
        const value = view.getFloat64(pos, true);
        pos += 8;
        if (tag === 0x29) interest = value;
        else volatility = value;
      } else {
        const next = skipField(bytes, tag, pos);
        if (tag === 0x20) volume = longVarint(bytes, pos, next);
        pos = next;
      }
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    ticks.volumeToday[row] = volume;
    ticks.openInterest[row] = interest;
    ticks.impliedVolatility[row] = priceOf(volatility);
    ticks.averagePrice[row] = ticks.totalBidQty[row] = ticks.totalAskQty[row] = Number.NaN;
    this.seen |= SEEN.totals;
  }
}
