import { makeBarColumns, MS_PER_MINUTE, type BarColumns } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import { addTo, type RepairReason, type Tally } from '../faults.js';
import type { FeedCandle } from './feed-reading.js';
import { FEED_SILENCE_MS } from './tick-folder.js';
import type { Tick } from './tick-message.js';

type Origin = 'candle' | 'whole' | 'sampled' | 'none';

/**
 * Folds the messages of an index through one session into one-minute bars. The vendor's own candle of a minute is kept where there is one; a
 * minute without it whose values were all seen (no silence touches it) is folded; one seen in parts is a bar of what was seen, and told apart.
 */
export class IndexFolder {
  /** Last value known by the close of each minute in which one was seen, NaN elsewhere. */
  readonly lastValue: Float64Array;
  readonly repairs: Tally<RepairReason> = {};
  private readonly window: SessionWindow;
  private readonly open: Float64Array;
  private readonly high: Float64Array;
  private readonly low: Float64Array;
  private readonly close: Float64Array;
  private readonly broken: Uint8Array;
  private readonly candles = new Map<number, FeedCandle>();
  private lastSeen = Number.NaN;

  constructor(window: SessionWindow) {
    const count = Math.ceil((window.close - window.open) / MS_PER_MINUTE);
    const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
    this.window = window;
    this.lastValue = unknown();
    this.open = unknown();
    this.high = unknown();
    this.low = unknown();
    this.close = unknown();
    this.broken = new Uint8Array(count);
  }

  /** Takes the next message, seen at an instant by the right clock. */
  add(tick: Tick, seen: number): void {
    this.silence(seen);
    this.lastSeen = seen;
    const at = Number.isNaN(tick.tradeTime) ? seen : tick.tradeTime;
    const minute = this.minuteOf(at);
    if (minute < 0) {
      addTo(this.repairs, 'outside-session');
      return;
    }
    const value = tick.tradePrice;
    if (Number.isNaN(value)) return;
    if (Number.isNaN(this.open[minute] as number)) {
      this.open[minute] = value;
      this.high[minute] = value;
      this.low[minute] = value;
    }
    if (value > (this.high[minute] as number)) this.high[minute] = value;
    if (value < (this.low[minute] as number)) this.low[minute] = value;
    this.close[minute] = value;
    this.lastValue[minute] = value;
  }

  /** Keeps the vendor's candle of a minute; a later one of the same minute replaces it. */
  keep(candle: FeedCandle): void {
    const minute = this.minuteOf(candle.start);
    if (minute < 0) return;
    this.candles.set(minute, candle);
    if (Number.isNaN(this.lastValue[minute] as number)) this.lastValue[minute] = candle.close;
  }

  /** Ends the session: where the feed fell silent before a minute was over, that minute is not whole. */
  finish(): void {
    const minute = this.minuteOf(this.lastSeen);
    if (minute >= 0 && this.endOf(minute) - this.lastSeen > FEED_SILENCE_MS) this.broken[minute] = 1;
  }

  /** Bars as printed or seen whole, volume unknown: an index is not traded. */
  recordedBars(): BarColumns {
    return this.barsOf((origin) => origin === 'candle' || origin === 'whole');
  }

  /** Bars of minutes that were seen in parts only. */
  sampledBars(): BarColumns {
    return this.barsOf((origin) => origin === 'sampled');
  }

  private endOf(minute: number): number {
    return this.window.open + (minute + 1) * MS_PER_MINUTE;
  }

  private minuteOf(at: number): number {
    return at < this.window.open || at >= this.window.close ? -1 : Math.floor((at - this.window.open) / MS_PER_MINUTE);
  }

  private silence(seen: number): void {
    const isFirst = Number.isNaN(this.lastSeen);
    if (!isFirst && seen - this.lastSeen <= FEED_SILENCE_MS) return;
    const from = isFirst || this.lastSeen < this.window.open ? 0 : this.minuteOf(this.lastSeen);
    const to = seen >= this.window.close ? this.broken.length - 1 : this.minuteOf(seen);
    const isWholeDay = isFirst && seen <= this.window.open;
    if (from < 0 || isWholeDay) return;
    for (let minute = from; minute <= to; minute++) this.broken[minute] = 1;
  }

  private originOf(minute: number): Origin {
    if (this.candles.has(minute)) return 'candle';
    if (Number.isNaN(this.open[minute] as number)) return 'none';
    return this.broken[minute] === 1 ? 'sampled' : 'whole';
  }

  private barsOf(isWanted: (origin: Origin) => boolean): BarColumns {
    const minutes = Array.from(this.open, (_, minute) => minute).filter((minute) => isWanted(this.originOf(minute)));
    const bars = makeBarColumns(minutes.length);
    minutes.forEach((minute, row) => {
      const candle = this.candles.get(minute);
      bars.time[row] = this.endOf(minute);
      bars.open[row] = candle ? candle.open : (this.open[minute] as number);
      bars.high[row] = candle ? candle.high : (this.high[minute] as number);
      bars.low[row] = candle ? candle.low : (this.low[minute] as number);
      bars.close[row] = candle ? candle.close : (this.close[minute] as number);
    });
    return bars;
  }
}
