import { child, numberOf, positiveOf } from './json-fields.js';
import type { Tick } from './tick-message.js';

/** A candle that came with a message: prices in rupees, volume in units (NaN for an index). */
export interface FeedCandle {
  /** Begin of its minute, epoch ms. */
  readonly start: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** The part of a feed object that holds its fields, or undefined: full, first level, or last trade only. */
function bodyOf(feed: unknown): unknown {
  const full = child(feed, 'fullFeed');
  const body = child(full, 'marketFF') ?? child(full, 'indexFF') ?? child(feed, 'firstLevelWithGreeks');
  if (body !== undefined) return body;
  return child(feed, 'ltpc') === undefined ? undefined : feed;
}

function minuteCandle(ohlc: unknown): FeedCandle | null {
  if (!Array.isArray(ohlc)) return null;
  for (const one of ohlc as readonly unknown[]) {
    if (child(one, 'interval') !== 'I1') continue;
    const start = numberOf(child(one, 'ts'));
    const [open, high] = [numberOf(child(one, 'open')), numberOf(child(one, 'high'))];
    const [low, close] = [numberOf(child(one, 'low')), numberOf(child(one, 'close'))];
    if (Number.isNaN(start + open + high + low + close)) return null;
    return { start, open, high, low, close, volume: numberOf(child(one, 'vol')) };
  }
  return null;
}

/**
 * What is known of one instrument, message by message. A message may hold some groups of fields only: those it has replace what was known,
 * those it has not stay as they were. Within a group a field that is not written has its default (no price, no size), as protobuf writes it.
 */
export class FeedReading implements Tick {
  recordedAt = Number.NaN;
  tradeTime = Number.NaN;
  tradePrice = Number.NaN;
  tradeQty = Number.NaN;
  volumeToday = Number.NaN;
  openInterest = Number.NaN;
  bid = Number.NaN;
  ask = Number.NaN;
  bidQty = Number.NaN;
  askQty = Number.NaN;
  /** The minute candle of the last message, null when it had none. */
  candle: FeedCandle | null = null;

  /** Merges a message; false when it has none of the fields of a feed, and nothing was changed. */
  take(feed: unknown, recordedAt: number): boolean {
    const body = bodyOf(feed);
    const trade = child(body, 'ltpc');
    const level = child(body, 'marketLevel');
    const first = child(body, 'firstDepth');
    const volume = numberOf(child(body, 'vtt'));
    const interest = numberOf(child(body, 'oi'));
    const ohlc = child(child(body, 'marketOHLC'), 'ohlc');
    const isScalar = !Number.isNaN(volume) || !Number.isNaN(interest);
    if (!isScalar && (trade ?? level ?? first ?? ohlc) === undefined) return false;
    this.recordedAt = recordedAt;
    if (trade !== undefined) this.takeTrade(trade);
    if (level !== undefined) this.takeBook(firstOf(child(level, 'bidAskQuote')));
    else if (first !== undefined) this.takeBook(first);
    if (!Number.isNaN(volume)) this.volumeToday = volume;
    if (!Number.isNaN(interest)) this.openInterest = interest;
    this.candle = ohlc === undefined ? null : minuteCandle(ohlc);
    return true;
  }

  private takeTrade(trade: unknown): void {
    this.tradeTime = positiveOf(child(trade, 'ltt'));
    this.tradePrice = positiveOf(child(trade, 'ltp'));
    this.tradeQty = numberOf(child(trade, 'ltq'));
  }

  private takeBook(best: unknown): void {
    this.bid = positiveOf(child(best, 'bidP'));
    this.ask = positiveOf(child(best, 'askP'));
    this.bidQty = positiveOf(child(best, 'bidQ'));
    this.askQty = positiveOf(child(best, 'askQ'));
  }
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
