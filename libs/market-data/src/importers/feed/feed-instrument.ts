import { MS_PER_MINUTE, type Contract } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import { addTo, mergeInto, type QuarantineReason, type RepairReason, type Tally } from '../faults.js';
import { isOhlc } from '../price-checks.js';
import { FeedReading, type FeedCandle } from './feed-reading.js';
import { IndexFolder } from './index-folder.js';
import type { RecorderClock } from './recorder-clock.js';
import { TickFolder } from './tick-folder.js';

/** One instrument through one session: its messages merged, and folded as what it is. */
export class FeedInstrument {
  readonly contract: Contract;
  /** What an option or future is folded by; null for an index. */
  readonly ticks: TickFolder | null;
  /** What an index is folded by; null for others. */
  readonly index: IndexFolder | null;
  private readonly reading = new FeedReading();
  private readonly candles = new Map<number, FeedCandle>();
  private readonly clock: RecorderClock | null;

  constructor(contract: Contract, window: SessionWindow, clock: RecorderClock | null) {
    this.contract = contract;
    this.clock = clock;
    this.index = contract.kind === 'index' ? new IndexFolder(window) : null;
    this.ticks = contract.kind === 'index' ? null : new TickFolder(window, clock);
  }

  /** Takes the next message; the reason when it cannot be used. */
  add(feed: unknown, recordedAt: number): QuarantineReason | null {
    const { reading } = this;
    if (!reading.take(feed, recordedAt)) return 'message-shape';
    if (this.ticks) this.ticks.add(reading);
    else this.index?.add(reading, this.clock ? this.clock.correct(recordedAt, reading.tradeTime) : recordedAt);
    return reading.candle ? this.keep(reading.candle, recordedAt) : null;
  }

  /** Ends the session. `repairs` is told what was mended. */
  finish(repairs: Tally<RepairReason>): void {
    this.ticks?.finish();
    this.index?.finish();
    for (const candle of this.candles.values())
      if (this.ticks?.mend(candle)) addTo(this.ticks.repairs, 'vendor-candle');
    mergeInto(repairs, this.ticks?.repairs ?? this.index?.repairs ?? {});
  }

  /** A candle whose minute is not over yet will come again, whole. */
  private keep(candle: FeedCandle, recordedAt: number): QuarantineReason | null {
    if (candle.start + MS_PER_MINUTE > recordedAt) return null;
    if (!isOhlc(candle)) return 'ohlc-order';
    if (this.index) this.index.keep(candle);
    else this.candles.set(candle.start, candle);
    return null;
  }
}
