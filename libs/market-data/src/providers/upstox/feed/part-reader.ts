import { DEPTH_LEVELS, makeTickColumns } from '../../feed/tick-columns.js';
import { corruptFrame, longVarint, skipField, varintEnd } from './wire.js';

/** Bits of the parts of a row, in the order of `tickParts`. */
export const SEEN = { trade: 1, book: 2, totals: 4, greeks: 8, day: 16, minute: 32, all: 63 } as const;

const DAY_BAR = 0x31; // interval `1d`; the other is `I1`

/** A price of 0 is how the feed writes that there is none. */
export const priceOf = (value: number): number => (value === 0 ? Number.NaN : value);

/**
 * The parts that the feeds of all modes are made of, each read into its columns. Every method reads one message between two offsets with a
 * cursor of its own: a cursor shared by all methods is three times slower. Numbers missing in a message that is there are 0, as proto3
 * leaves zeros out.
 */
export abstract class PartReader {
  protected bytes: Uint8Array = new Uint8Array(0);
  protected view: DataView = new DataView(new ArrayBuffer(0));
  protected ticks = makeTickColumns(128);
  /** Which parts the row that is being read has had, by the bits of `SEEN`. */
  protected seen = 0;

  protected ltpc(from: number, end: number, row: number): void {
    const { bytes, view, ticks } = this;
    let pos = from;
    let price = 0;
    let time = 0;
    let qty = 0;
    let close = 0;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x09) {
        price = view.getFloat64(pos, true);
        pos += 8;
      } else if (tag === 0x21) {
        close = view.getFloat64(pos, true);
        pos += 8;
      } else if (tag === 0x10 || tag === 0x18) {
        let value = bytes[pos++] as number;
        const isLong = value >= 128;
        if (isLong) value = (value & 127) + ((bytes[pos++] as number) & 127) * 128;
        if (isLong && (bytes[pos - 1] as number) >= 128) {
          const start = pos - 2;
          pos = varintEnd(bytes, pos);
          value = longVarint(bytes, start, pos);
        }
        if (tag === 0x10) time = value;
        else qty = value;
      } else pos = skipField(bytes, tag, pos);
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    ticks.lastPrice[row] = priceOf(price);
    ticks.lastTradeTime[row] = priceOf(time);
    ticks.lastQty[row] = qty;
    ticks.previousClose[row] = priceOf(close);
    this.seen |= SEEN.trade;
  }

  protected depth(from: number, end: number, row: number): void {
    const bytes = this.bytes;
    let pos = from;
    let cell = row * DEPTH_LEVELS;
    const cells = cell + DEPTH_LEVELS;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x0a) {
        const size = bytes[pos++] as number;
        if (size >= 128 || pos + size > end) throw corruptFrame('a level of the book that is cut off', pos);
        if (cell < cells) this.quote(pos, pos + size, cell++);
        pos += size;
      } else pos = skipField(bytes, tag, pos);
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    if (cell < cells) this.noLevels(cell, cells);
    this.seen |= SEEN.book;
  }

  protected best(from: number, end: number, cell: number): void {
    this.quote(from, end, cell);
    this.noLevels(cell + 1, cell + DEPTH_LEVELS);
    this.seen |= SEEN.book;
  }

  private noLevels(from: number, end: number): void {
    const { bid, ask, bidQty, askQty } = this.ticks;
    for (let cell = from; cell < end; cell++) bid[cell] = ask[cell] = bidQty[cell] = askQty[cell] = Number.NaN;
  }

  protected quote(from: number, end: number, cell: number): void {
    const { bytes, view, ticks } = this;
    let pos = from;
    let bid = 0;
    let ask = 0;
    let bidQty = 0;
    let askQty = 0;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x11) {
        bid = view.getFloat64(pos, true);
        pos += 8;
      } else if (tag === 0x21) {
        ask = view.getFloat64(pos, true);
        pos += 8;
      } else if (tag === 0x08 || tag === 0x18) {
        let value = bytes[pos++] as number;
        const isLong = value >= 128;
        if (isLong) value = (value & 127) + ((bytes[pos++] as number) & 127) * 128;
        if (isLong && (bytes[pos - 1] as number) >= 128) {
          const start = pos - 2;
          pos = varintEnd(bytes, pos);
          value = longVarint(bytes, start, pos);
        }
        if (tag === 0x08) bidQty = value;
        else askQty = value;
      } else pos = skipField(bytes, tag, pos);
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    ticks.bid[cell] = priceOf(bid);
    ticks.ask[cell] = priceOf(ask);
    ticks.bidQty[cell] = bidQty;
    ticks.askQty[cell] = askQty;
  }

  protected greeks(from: number, end: number, row: number): void {
    const { bytes, view, ticks } = this;
    // An empty message is how the feed writes that there are none, for a share or before the first trade.
    if (from === end) return;
    let pos = from;
    let delta = 0;
    let theta = 0;
    let gamma = 0;
    let vega = 0;
    let rho = 0;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if ((tag & 7) !== 1) {
        pos = skipField(bytes, tag, pos);
        continue;
      }
      const value = view.getFloat64(pos, true);
      pos += 8;
      if (tag === 0x09) delta = value;
      else if (tag === 0x11) theta = value;
      else if (tag === 0x19) gamma = value;
      else if (tag === 0x21) vega = value;
      else if (tag === 0x29) rho = value;
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    ticks.delta[row] = delta;
    ticks.theta[row] = theta;
    ticks.gamma[row] = gamma;
    ticks.vega[row] = vega;
    ticks.rho[row] = rho;
    this.seen |= SEEN.greeks;
  }

  protected bars(from: number, end: number, row: number): void {
    const bytes = this.bytes;
    let pos = from;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if (tag === 0x0a) {
        const size = bytes[pos++] as number;
        if (size >= 128 || pos + size > end) throw corruptFrame('a bar that is cut off', pos);
        this.bar(pos, pos + size, row);
        pos += size;
      } else pos = skipField(bytes, tag, pos);
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
  }

  protected bar(from: number, end: number, row: number): void {
    const { bytes, view } = this;
    let pos = from;
    let isDay = false;
    let open = 0;
    let high = 0;
    let low = 0;
    let close = 0;
    let volume = 0;
    let time = 0;
    while (pos < end) {
      const tag = bytes[pos++] as number;
      if ((tag & 7) === 1) {
        const value = view.getFloat64(pos, true);
        pos += 8;
        if (tag === 0x11) open = value;
        else if (tag === 0x19) high = value;
        else if (tag === 0x21) low = value;
        else if (tag === 0x29) close = value;
      } else if (tag === 0x0a) {
        isDay = bytes[pos + 1] === DAY_BAR;
        pos += 1 + (bytes[pos] as number);
      } else if (tag === 0x30 || (tag === 0x38 && !isDay)) {
        const start = pos;
        pos = varintEnd(bytes, pos);
        const value = longVarint(bytes, start, pos);
        if (tag === 0x30) volume = value;
        else time = value;
      } else {
        pos = skipField(bytes, tag, pos);
      }
    }
    if (pos !== end) throw corruptFrame('a message that is cut off', end);
    const ticks = this.ticks;
    if (isDay) {
      ticks.dayOpen[row] = priceOf(open);
      ticks.dayHigh[row] = priceOf(high);
      ticks.dayLow[row] = priceOf(low);
      ticks.dayClose[row] = priceOf(close);
      ticks.dayVolume[row] = volume;
      this.seen |= SEEN.day;
      return;
    }
    ticks.minuteTime[row] = priceOf(time);
    ticks.minuteOpen[row] = priceOf(open);
    ticks.minuteHigh[row] = priceOf(high);
    ticks.minuteLow[row] = priceOf(low);
    ticks.minuteClose[row] = priceOf(close);
    ticks.minuteVolume[row] = volume;
    this.seen |= SEEN.minute;
  }
}
