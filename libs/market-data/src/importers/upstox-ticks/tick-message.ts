/** One message of the Upstox v3 full feed, in numbers; NaN = not in the message. */
export interface Tick {
  /** Clock of the recorder, epoch ms, uncorrected. */
  readonly recordedAt: number;
  /** Exchange time of the last trade, epoch ms. */
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

type Json = Readonly<Record<string, unknown>>;

function child(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Json)[name] : undefined;
}

/** Numbers come as numbers or, for 64-bit integers, as text. */
function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
}

/** Prices and sizes of 0 are how the feed writes that there is none. */
function positiveOf(value: unknown): number {
  const number = numberOf(value);
  return number > 0 ? number : Number.NaN;
}

const STAMP = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?$/;
const IST_OFFSET_MS = 330 * 60_000;

/** The recorder's stamp, naive Indian time with microseconds, as epoch ms. */
function stampOf(value: unknown): number {
  const m = typeof value === 'string' ? STAMP.exec(value) : null;
  if (!m) return Number.NaN;
  const day = Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]));
  const seconds = (Number(m[4]) * 60 + Number(m[5])) * 60 + Number(m[6]);
  return day + seconds * 1000 + Math.floor(Number(`0.${m[7] ?? '0'}`) * 1000) - IST_OFFSET_MS;
}

/** The instrument key of a message (`NSE_FO|51414`), or an empty text. */
export function instrumentKeyOf(message: unknown): string {
  const key = child(message, 'instrumentKey');
  return typeof key === 'string' ? key : '';
}

/** Reads one message, or null when it is not a full message of a traded instrument. */
export function readTick(message: unknown): Tick | null {
  const feed = child(child(message, 'fullFeed'), 'marketFF');
  const trade = child(feed, 'ltpc');
  const quotes = child(child(feed, 'marketLevel'), 'bidAskQuote');
  const best: unknown = Array.isArray(quotes) ? quotes[0] : undefined;
  const recordedAt = stampOf(child(message, '_insertion_time'));
  const tradeTime = numberOf(child(trade, 'ltt'));
  if (Number.isNaN(recordedAt) || Number.isNaN(tradeTime)) return null;
  return {
    recordedAt,
    tradeTime,
    tradePrice: positiveOf(child(trade, 'ltp')),
    tradeQty: numberOf(child(trade, 'ltq')),
    volumeToday: numberOf(child(feed, 'vtt')),
    openInterest: numberOf(child(feed, 'oi')),
    bid: positiveOf(child(best, 'bidP')),
    ask: positiveOf(child(best, 'askP')),
    bidQty: positiveOf(child(best, 'bidQ')),
    askQty: positiveOf(child(best, 'askQ')),
  };
}
