import { MS_PER_MINUTE } from '@sos/domain';
import { PAGE_BARS } from '../tradingview-config.js';
import { resolveText } from '../symbol.js';
import { SeriesCompleted, SeriesUpdate, delayMsOf, rowsOf, type TvRow } from '../tradingview-schema.js';
import { MinuteSeries, type MinuteClock } from './minute-series.js';

type Send = (method: string, params: readonly unknown[]) => void;

const SERIES = 's1';
const FIRST_BARS = 3;
// An answer that takes longer is lost.
const ANSWER_MS = 10_000;

/** Both clocks at the moment of asking. */
export interface AskedAt {
  readonly now: number;
  readonly monotonic: number;
}

/** The chart session of one contract: asks for its minutes on each connection from where it stood, and tells the finished ones. */
export class Chart {
  readonly slot: number;
  private readonly symbol: string;
  private readonly minutes = new MinuteSeries();
  private id = '';
  private isComplete = false;
  private delayMs = 0;
  private askedAt = 0;

  constructor(slot: number, symbol: string) {
    this.slot = slot;
    this.symbol = symbol;
  }

  get session(): string {
    return this.id;
  }

  /** Begins a new session; answers to an older one are no longer taken. */
  open(session: string, { now, monotonic }: AskedAt, send: Send): void {
    this.askedAt = monotonic;
    this.id = session;
    this.isComplete = false;
    const { toldUntil } = this.minutes;
    const missed = Number.isNaN(toldUntil) ? 0 : Math.max(0, Math.ceil((now - toldUntil) / MS_PER_MINUTE));
    send('chart_create_session', [session, '']);
    send('resolve_symbol', [session, 'symbol_1', resolveText(this.symbol)]);
    send('create_series', [session, SERIES, 's1', 'symbol_1', '1', Math.min(PAGE_BARS, missed + FIRST_BARS)]);
  }

  /** True when the bars that were asked for should have come long ago. */
  isOverdue(monotonic: number): boolean {
    return this.id !== '' && !this.isComplete && monotonic - this.askedAt > ANSWER_MS;
  }

  close(send: Send): void {
    if (this.id !== '') send('chart_delete_session', [this.id]);
    this.id = '';
  }

  /** Takes a call of this session; true when it carried bars. Returns the newest time that it showed through `seen`. */
  take(method: string, params: readonly unknown[], seen: (time: number) => void): boolean {
    if (method === 'series_completed') {
      this.delayMs = delayMsOf(SeriesCompleted.parse(params)[2]);
      this.isComplete = true;
      return false;
    }
    const rows = method === 'du' || method === 'timescale_update' ? rowsOf(SeriesUpdate.parse(params), SERIES) : null;
    if (rows === null) return false;
    this.minutes.take(rows);
    for (const [time] of rows) seen(time * 1000);
    return rows.length > 0;
  }

  /** Finished minutes not told yet. Nothing is told before the series is complete: minutes of a lost connection come first. */
  finished(clock: MinuteClock): TvRow[] {
    if (!this.isComplete) return [];
    return this.minutes.finished({ vendorTime: clock.vendorTime, now: clock.now - this.delayMs });
  }
}
