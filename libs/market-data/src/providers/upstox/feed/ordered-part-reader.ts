import { PartReader, SEEN, priceOf } from './part-reader.js';
import { shortVarint, timeVarint } from './wire.js';

const DAY = '1d'.charCodeAt(0);
const MINUTE = 'I'.charCodeAt(0);
const DOUBLE = 9;
const GREEKS = 5 * DOUBLE;
const PRICES = 4 * DOUBLE;
const TIME = 7;

/**
 * Reads parts whose fields are all there and in their order, which is how the vendor sends nearly all of them, in one straight line; whatever is
 * not laid out so goes to the reader of any order. Offsets below are those of the published message layout.
 */
export abstract class OrderedPartReader extends PartReader {
  /** 09 price, 10 time, 18 size, 21 close. */
  protected override ltpc(from: number, end: number, row: number): void {
    const { bytes, view, ticks } = this;
    const qtyAt = from + DOUBLE + TIME;
    if (end < qtyAt + 2 || bytes[from] !== 0x09 || bytes[from + DOUBLE] !== 0x10 || bytes[qtyAt] !== 0x18)
      return super.ltpc(from, end, row);
    const time = timeVarint(view, from + DOUBLE + 1);
    const qty = shortVarint(bytes, qtyAt + 1);
    const closeAt = qtyAt + 1 + (qty & 7);
    if (time === 0 || qty === 0 || closeAt + DOUBLE !== end || bytes[closeAt] !== 0x21)
      return super.ltpc(from, end, row);
    ticks.lastPrice[row] = priceOf(view.getFloat64(from + 1, true));
    ticks.lastTradeTime[row] = time;
    ticks.lastQty[row] = qty >>> 3;
    ticks.previousClose[row] = priceOf(view.getFloat64(closeAt + 1, true));
    this.seen |= SEEN.trade;
  }

  /** 08 bid size, 11 bid, 18 ask size, 21 ask. */
  protected override quote(from: number, end: number, cell: number): void {
    const { bytes, view, ticks } = this;
    if (end - from < 2 * DOUBLE + 4 || bytes[from] !== 0x08) return super.quote(from, end, cell);
    const bidQty = shortVarint(bytes, from + 1);
    const bidAt = from + 1 + (bidQty & 7);
    const askQtyAt = bidAt + DOUBLE;
    if (bidQty === 0 || askQtyAt >= end || bytes[bidAt] !== 0x11 || bytes[askQtyAt] !== 0x18)
      return super.quote(from, end, cell);
    const askQty = shortVarint(bytes, askQtyAt + 1);
    const askAt = askQtyAt + 1 + (askQty & 7);
    if (askQty === 0 || askAt + DOUBLE !== end || bytes[askAt] !== 0x21) return super.quote(from, end, cell);
    ticks.bid[cell] = priceOf(view.getFloat64(bidAt + 1, true));
    ticks.ask[cell] = priceOf(view.getFloat64(askAt + 1, true));
    ticks.bidQty[cell] = bidQty >>> 3;
    ticks.askQty[cell] = askQty >>> 3;
  }

  /** 09 delta, 11 theta, 19 gamma, 21 vega, 29 rho. */
  protected override greeks(from: number, end: number, row: number): void {
    const { bytes, view, ticks } = this;
    if (
      end - from !== GREEKS ||
      bytes[from] !== 0x09 ||
      bytes[from + DOUBLE] !== 0x11 ||
      bytes[from + 2 * DOUBLE] !== 0x19 ||
      bytes[from + 3 * DOUBLE] !== 0x21 ||
      bytes[from + 4 * DOUBLE] !== 0x29
    )
      return super.greeks(from, end, row);
    ticks.delta[row] = view.getFloat64(from + 1, true);
    ticks.theta[row] = view.getFloat64(from + DOUBLE + 1, true);
    ticks.gamma[row] = view.getFloat64(from + 2 * DOUBLE + 1, true);
    ticks.vega[row] = view.getFloat64(from + 3 * DOUBLE + 1, true);
    ticks.rho[row] = view.getFloat64(from + 4 * DOUBLE + 1, true);
    this.seen |= SEEN.greeks;
  }

  /** 0a interval of two letters, 11 open, 19 high, 21 low, 29 close, 30 volume, 38 time. */
  protected override bar(from: number, end: number, row: number): void {
    const { bytes, view, ticks } = this;
    const prices = from + 4;
    const volumeAt = prices + PRICES;
    if (
      end < volumeAt + 2 + TIME ||
      bytes[from] !== 0x0a ||
      bytes[from + 1] !== 2 ||
      bytes[prices] !== 0x11 ||
      bytes[prices + DOUBLE] !== 0x19 ||
      bytes[prices + 2 * DOUBLE] !== 0x21 ||
      bytes[prices + 3 * DOUBLE] !== 0x29 ||
      bytes[volumeAt] !== 0x30
    )
      return super.bar(from, end, row);
    const interval = bytes[from + 2] as number;
    const volume = shortVarint(bytes, volumeAt + 1);
    const timeAt = volumeAt + 1 + (volume & 7);
    if (volume === 0 || timeAt + TIME !== end || bytes[timeAt] !== 0x38) return super.bar(from, end, row);
    const time = timeVarint(view, timeAt + 1);
    if (time === 0) return super.bar(from, end, row);
    if (interval === DAY) {
      ticks.dayVolume[row] = volume >>> 3;
      this.dayPrices(prices, row);
    } else if (interval === MINUTE) {
      ticks.minuteTime[row] = time;
      ticks.minuteVolume[row] = volume >>> 3;
      this.minutePrices(prices, row);
    } else super.bar(from, end, row);
  }

  /** 29 average, 30 volume, 39 open interest, 41 volatility, 49 all bids, 51 all asks: the end of a full feed. False, and nothing read, when it is not laid out so. */
  protected totals(from: number, end: number, row: number): boolean {
    const { bytes, view, ticks } = this;
    const volumeAt = from + DOUBLE;
    if (end < volumeAt + 2 + PRICES || bytes[from] !== 0x29 || bytes[volumeAt] !== 0x30) return false;
    const volume = shortVarint(bytes, volumeAt + 1);
    const rest = volumeAt + 1 + (volume & 7);
    if (
      volume === 0 ||
      rest + PRICES !== end ||
      bytes[rest] !== 0x39 ||
      bytes[rest + DOUBLE] !== 0x41 ||
      bytes[rest + 2 * DOUBLE] !== 0x49 ||
      bytes[rest + 3 * DOUBLE] !== 0x51
    )
      return false;
    ticks.averagePrice[row] = priceOf(view.getFloat64(from + 1, true));
    ticks.volumeToday[row] = volume >>> 3;
    ticks.openInterest[row] = view.getFloat64(rest + 1, true);
    ticks.impliedVolatility[row] = priceOf(view.getFloat64(rest + DOUBLE + 1, true));
    ticks.totalBidQty[row] = view.getFloat64(rest + 2 * DOUBLE + 1, true);
    ticks.totalAskQty[row] = view.getFloat64(rest + 3 * DOUBLE + 1, true);
    this.seen |= SEEN.totals;
    return true;
  }

  private dayPrices(from: number, row: number): void {
    const { view, ticks } = this;
    ticks.dayOpen[row] = priceOf(view.getFloat64(from + 1, true));
    ticks.dayHigh[row] = priceOf(view.getFloat64(from + DOUBLE + 1, true));
    ticks.dayLow[row] = priceOf(view.getFloat64(from + 2 * DOUBLE + 1, true));
    ticks.dayClose[row] = priceOf(view.getFloat64(from + 3 * DOUBLE + 1, true));
    this.seen |= SEEN.day;
  }

  private minutePrices(from: number, row: number): void {
    const { view, ticks } = this;
    ticks.minuteOpen[row] = priceOf(view.getFloat64(from + 1, true));
    ticks.minuteHigh[row] = priceOf(view.getFloat64(from + DOUBLE + 1, true));
    ticks.minuteLow[row] = priceOf(view.getFloat64(from + 2 * DOUBLE + 1, true));
    ticks.minuteClose[row] = priceOf(view.getFloat64(from + 3 * DOUBLE + 1, true));
    this.seen |= SEEN.minute;
  }
}
