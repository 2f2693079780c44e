import { child, stampOf } from './json-fields.js';
import { FeedReading } from './feed-reading.js';

/** One message of the Upstox v3 full feed, in numbers; NaN = not known. */
export interface Tick {
  /** Clock of the recorder, epoch ms, uncorrected. */
  readonly recordedAt: number;
  /** Exchange time of the last trade, epoch ms; NaN when the message does not tell it. */
  readonly tradeTime: number;
  readonly tradePrice: number;
  readonly tradeQty: number;
  /** Units traded today. */
  readonly volumeToday: number;
  readonly openInterest: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidQty: number;
  readonly askQty: number;
}

/** The instrument key of a message (`NSE_FO|51414`), or an empty text. */
export function instrumentKeyOf(message: unknown): string {
  const key = child(message, 'instrumentKey');
  return typeof key === 'string' ? key : '';
}

/** Reads one message by itself, or null when it is not a full message of a traded instrument with its trade time. */
export function readTick(message: unknown): Tick | null {
  const reading = new FeedReading();
  const isTraded = child(child(message, 'fullFeed'), 'marketFF') !== undefined;
  const isRead = isTraded && reading.take(message, stampOf(child(message, '_insertion_time')));
  if (!isRead || Number.isNaN(reading.recordedAt) || Number.isNaN(reading.tradeTime)) return null;
  const { recordedAt, tradeTime, tradePrice, tradeQty, volumeToday, openInterest, bid, ask, bidQty, askQty } = reading;
  return { recordedAt, tradeTime, tradePrice, tradeQty, volumeToday, openInterest, bid, ask, bidQty, askQty };
}
