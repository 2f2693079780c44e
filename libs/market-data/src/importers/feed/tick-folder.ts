import { MS_PER_MINUTE } from '@sos/domain';
import { addTo, type RepairReason, type Tally } from '../faults.js';
import type { SessionWindow } from '@sos/rulebook';
import { RecorderClock } from './recorder-clock.js';
import { SecondQuotes } from './second-quotes.js';
import { isFreakPrint } from '../price-checks.js';
import type { FeedCandle } from './feed-reading.js';
import type { Tick } from './tick-message.js';

/** A silence after which trades may have been missed. */
export const FEED_SILENCE_MS = 20_000;

/** One-minute columns of a session; row = minute since the open, all NaN where nothing was seen. */
export interface MinuteColumns {
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidQty: Float64Array;
  readonly askQty: Float64Array;
  readonly openInterest: Float64Array;
  /** Last trade price and units traded today, as of the minute's last message. */
  readonly lastPrice: Float64Array;
  readonly volumeToday: Float64Array;
}

function makeMinutes(count: number): MinuteColumns {
  const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
  return {
    open: unknown(),
    high: unknown(),
    low: unknown(),
    close: unknown(),
    volume: unknown(),
    bid: unknown(),
    ask: unknown(),
    bidQty: unknown(),
    askQty: unknown(),
    openInterest: unknown(),
    lastPrice: unknown(),
    volumeToday: unknown(),
  };
}

/**
 * Folds the messages of one instrument through one session into one-minute bars.
 *
 * A trade belongs to the minute of its exchange time (`ltt`); its volume is what the day's count (`vtt`) grew by. A message that repeats
 * the last trade updates the book and counts no trade. The book belongs to the minute in which it was recorded, by the corrected clock.
 * Minutes that the feed did not see whole (its first, and those around a silence with missed trades) keep their quote; prices and volume are unknown.
 */
export class TickFolder {
  readonly minutes: MinuteColumns;
  readonly seconds: SecondQuotes;
  readonly repairs: Tally<RepairReason> = {};
  private readonly window: SessionWindow;
  private readonly clock: RecorderClock | null;
  private readonly broken: Uint8Array;
  private begunAt = Number.NaN;
  private lastTrade = Number.NaN;
  private lastPrice = Number.NaN;
  private lastSeen = Number.NaN;
  private highestVolume = Number.NaN;

  /** @param clock sets the recorder's stamps right; null where messages carry the time of the vendor's server */
  constructor(window: SessionWindow, clock: RecorderClock | null = new RecorderClock()) {
    const count = Math.ceil((window.close - window.open) / MS_PER_MINUTE);
    this.window = window;
    this.clock = clock;
    this.minutes = makeMinutes(count);
    this.seconds = new SecondQuotes(window);
    this.broken = new Uint8Array(count);
  }

  /** Takes the next message of the instrument, in the order of recording. */
  add(tick: Tick): void {
    const hasTrade = !Number.isNaN(tick.tradeTime);
    const isNew = hasTrade && !(tick.tradeTime <= this.lastTrade);
    const isLate = tick.tradeTime < this.lastTrade;
    const { recordedAt } = tick;
    const seen = this.clock ? this.clock.correct(recordedAt, isNew ? tick.tradeTime : Number.NaN) : recordedAt;
    if (Number.isNaN(this.begunAt)) this.begin(tick, seen);
    else if (hasTrade) this.trade(tick, seen, isNew);
    else addTo(this.repairs, 'trade-undated');
    // The book of an overtaken message is older than the one already known.
    if (!isLate) this.quote(tick, seen);
    this.lastSeen = seen;
  }

  /** Ends the session: where the feed fell silent before a minute was over, that minute is not whole. */
  finish(): void {
    const minute = this.minuteOf(this.lastSeen);
    if (minute < 0) return;
    const end = this.window.open + (minute + 1) * MS_PER_MINUTE;
    if (end - this.lastSeen > FEED_SILENCE_MS) this.breakMinutes(minute, minute);
  }

  /**
   * Takes the vendor's own candle of a minute that was not seen whole; a minute that was keeps what its trades say. After `finish`.
   * @returns true where the candle was used
   */
  mend(candle: FeedCandle): boolean {
    const minute = this.minuteOf(candle.start);
    if (minute < 0 || !(this.isBroken(minute) || Number.isNaN(this.minutes.open[minute] as number))) return false;
    const { minutes } = this;
    minutes.open[minute] = candle.open;
    minutes.high[minute] = candle.high;
    minutes.low[minute] = candle.low;
    minutes.close[minute] = candle.close;
    minutes.volume[minute] = candle.volume;
    this.broken[minute] = 0;
    return true;
  }

  /** True where a minute was seen but not whole. */
  isBroken(minute: number): boolean {
    return this.broken[minute] === 1;
  }

  private minuteOf(at: number): number {
    return at < this.window.open || at >= this.window.close ? -1 : Math.floor((at - this.window.open) / MS_PER_MINUTE);
  }

  /** The first message tells a trade and a count of unknown age: the count is the base line, the minute is not whole. */
  private begin(tick: Tick, seen: number): void {
    this.begunAt = seen;
    this.lastTrade = tick.tradeTime;
    this.lastPrice = tick.tradePrice;
    this.highestVolume = tick.volumeToday;
    if (Number.isNaN(tick.tradeTime)) addTo(this.repairs, 'trade-undated');
    const minute = this.minuteOf(seen);
    if (minute >= 0 && seen > this.window.open) {
      this.breakMinutes(minute, minute);
      addTo(this.repairs, 'partial-minute');
    }
  }

  private trade(tick: Tick, seen: number, isNew: boolean): void {
    const grown = tick.volumeToday - this.highestVolume;
    if (tick.volumeToday < this.highestVolume) addTo(this.repairs, 'volume-fell');
    else if (tick.tradeTime < this.lastTrade) addTo(this.repairs, 'late-message');
    if (Number.isNaN(this.lastTrade) && tick.tradeTime < this.begunAt) {
      // The first trade that is dated was made before the feed began: it is the base line, as in a first message.
      this.lastTrade = tick.tradeTime;
      this.highestVolume = tick.volumeToday;
      return;
    }
    if (!isNew && !(grown > 0)) {
      if (tick.tradeTime === this.lastTrade) addTo(this.repairs, 'book-only');
      else this.late(tick);
      return;
    }
    if (seen - this.lastSeen > FEED_SILENCE_MS && grown > tick.tradeQty) this.silence(seen);
    this.count(tick, Math.max(0, grown));
    if (isNew) this.lastTrade = tick.tradeTime;
    if (!(grown <= 0)) this.highestVolume = tick.volumeToday;
  }

  /** Trades were missed: every minute from the last message to this one is incomplete. */
  private silence(seen: number): void {
    const from = this.minuteOf(this.lastSeen);
    const to = this.minuteOf(seen);
    if (from >= 0) this.breakMinutes(from, to < 0 ? this.broken.length - 1 : to);
    addTo(this.repairs, 'feed-gap');
  }

  private breakMinutes(from: number, to: number): void {
    for (let minute = from; minute <= to; minute++) this.broken[minute] = 1;
  }

  private count(tick: Tick, grown: number): void {
    const minute = this.minuteOf(tick.tradeTime);
    if (minute < 0) {
      addTo(this.repairs, 'outside-session');
      return;
    }
    const { minutes } = this;
    if (Number.isNaN(minutes.volume[minute] as number)) minutes.volume[minute] = 0;
    minutes.volume[minute] = (minutes.volume[minute] as number) + grown;
    const price = tick.tradePrice;
    if (this.isFreak(tick)) return addTo(this.repairs, 'freak-price');
    this.lastPrice = price;
    if (Number.isNaN(minutes.open[minute] as number)) {
      minutes.open[minute] = price;
      minutes.high[minute] = price;
      minutes.low[minute] = price;
    }
    if (price > (minutes.high[minute] as number)) minutes.high[minute] = price;
    if (price < (minutes.low[minute] as number)) minutes.low[minute] = price;
    minutes.close[minute] = price;
  }

  /** A trade far away from the trade before it and from the book that came with it is a misprint; its volume was real. */
  private isFreak(tick: Tick): boolean {
    return isFreakPrint(tick.tradePrice, this.lastPrice, (tick.bid + tick.ask) / 2);
  }

  /** A message that was overtaken: its trade was in its own minute, and its volume has been counted. */
  private late(tick: Tick): void {
    const minute = this.minuteOf(tick.tradeTime);
    if (minute < 0 || Number.isNaN(this.minutes.open[minute] as number)) return;
    if (tick.tradePrice > (this.minutes.high[minute] as number)) this.minutes.high[minute] = tick.tradePrice;
    if (tick.tradePrice < (this.minutes.low[minute] as number)) this.minutes.low[minute] = tick.tradePrice;
  }

  private quote(tick: Tick, seen: number): void {
    const minute = this.minuteOf(seen);
    if (minute < 0) {
      addTo(this.repairs, 'outside-session');
      return;
    }
    const { minutes } = this;
    const isCrossed = tick.bid > tick.ask;
    if (isCrossed) addTo(this.repairs, 'crossed-quote');
    const [bid, ask] = isCrossed ? [Number.NaN, Number.NaN] : [tick.bid, tick.ask];
    minutes.bid[minute] = bid;
    minutes.ask[minute] = ask;
    minutes.bidQty[minute] = isCrossed ? Number.NaN : tick.bidQty;
    minutes.askQty[minute] = isCrossed ? Number.NaN : tick.askQty;
    minutes.openInterest[minute] = tick.openInterest;
    minutes.lastPrice[minute] = tick.tradePrice;
    minutes.volumeToday[minute] = this.highestVolume;
    this.seconds.set(seen, bid, ask);
  }
}
