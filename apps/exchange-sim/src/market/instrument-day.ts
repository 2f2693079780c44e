import { MS_PER_MINUTE, type BarColumns, type DayTape, type OptionSeries } from '@sos/domain';

/** What an exchange would print of an instrument at an instant; NaN = unknown. */
export interface InstrumentState {
  readonly lastPrice: number;
  readonly lastTradeTime: number;
  readonly previousClose: number;
  readonly volumeToday: number;
  readonly openInterest: number;
  readonly bid: number;
  readonly bidQty: number;
  readonly ask: number;
  readonly askQty: number;
  readonly day: StateBar | null;
  /** The last finished minute. */
  readonly minute: StateBar | null;
}

/** A bar by its start. */
export interface StateBar {
  readonly start: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly openInterest: number;
}

/** The recorded or simulated rows of one instrument on one day. */
interface Rows {
  readonly length: number;
  readonly start: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
  readonly quotes: OptionSeries | null;
}

const TICK = 0.05;
const LAST_KNOT = 59 / 60;
const orZero = (value: number): number => (Number.isFinite(value) ? value : 0);

/** One instrument through one day, asked for any instant of it. */
export class InstrumentDay {
  private readonly rows: Rows;
  private readonly previousClose: number;

  constructor(rows: Rows, previousClose: number) {
    this.rows = rows;
    this.previousClose = previousClose;
  }

  static ofBars(bars: BarColumns, previousClose = Number.NaN): InstrumentDay {
    const start = bars.time.map((close) => close - MS_PER_MINUTE);
    return new InstrumentDay({ ...bars, start, quotes: null }, previousClose);
  }

  static ofOption(series: OptionSeries): InstrumentDay {
    const start = series.kind === 'bars' ? series.openTime : series.availableAt;
    const { length, open, high, low, close, volume, openInterest } = series;
    const rows = { length, start, open, high, low, close, volume, openInterest, quotes: series };
    return new InstrumentDay(rows, Number.NaN);
  }

  /** The instrument of a tape's index. */
  static ofIndex(tape: DayTape): InstrumentDay {
    return InstrumentDay.ofBars(tape.index, tape.previousClose);
  }

  /** Bars that began before `now`, the running one as far as it has come. */
  barsUntil(now: number): StateBar[] {
    const last = this.rowAt(now);
    const bars: StateBar[] = [];
    for (let i = 0; i <= last; i++) bars.push(this.bar(i, Math.min(1, (now - this.start(i)) / MS_PER_MINUTE)));
    return bars;
  }

  /** What is known at `now`, or null before the first row. */
  at(now: number): InstrumentState | null {
    const row = this.rowAt(now);
    if (row < 0) return null;
    const { quotes, openInterest } = this.rows;
    const bars = this.barsUntil(now);
    const running = bars[row] as StateBar;
    const isOver = now >= running.start + MS_PER_MINUTE;
    const quote = (column: 'bid' | 'ask' | 'bidQty' | 'askQty'): number => quotes?.[column][row] ?? Number.NaN;
    return {
      lastPrice: running.close,
      lastTradeTime: Math.min(now, running.start + MS_PER_MINUTE - 1),
      previousClose: this.previousClose,
      volumeToday: bars.reduce((sum, bar) => sum + bar.volume, 0),
      openInterest: openInterest[isOver ? row : Math.max(0, row - 1)] as number,
      bid: quote('bid'),
      bidQty: quote('bidQty'),
      ask: quote('ask'),
      askQty: quote('askQty'),
      day: wholeOf(bars),
      minute: (isOver ? running : bars[row - 1]) ?? null,
    };
  }

  private start(row: number): number {
    return this.rows.start[row] as number;
  }

  private rowAt(now: number): number {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start(middle) <= now) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The bar of a row after `part` of its minute: open, nearer extreme, farther extreme, close, at fixed seconds. */
  private bar(row: number, part: number): StateBar {
    const at = (column: Float64Array): number => column[row] as number;
    const [open, high, low, close] = [at(this.rows.open), at(this.rows.high), at(this.rows.low), at(this.rows.close)];
    const volume = Math.floor(orZero(at(this.rows.volume)) * Math.min(1, part));
    const base = { start: this.start(row), volume, openInterest: orZero(at(this.rows.openInterest)) };
    if (part >= LAST_KNOT || this.rows.quotes?.kind === 'quotes') return { ...base, open, high, low, close };
    const knots = close >= open ? [open, low, high, close] : [open, high, low, close];
    const price = along(knots, part);
    const seen = [...knots.filter((_, i) => part >= i / 3), price];
    return { ...base, open, high: Math.max(...seen), low: Math.min(...seen), close: price };
  }
}

function along(knots: readonly number[], part: number): number {
  const leg = Math.min(2, Math.floor(part * 3));
  const from = knots[leg] as number;
  const to = knots[leg + 1] as number;
  const share = part * 3 - leg;
  return share === 0 ? from : Number((Math.round((from + (to - from) * share) / TICK) * TICK).toFixed(2));
}

function wholeOf(bars: readonly StateBar[]): StateBar | null {
  const [first, last] = [bars[0], bars.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    start: first.start,
    open: first.open,
    high: bars.reduce((most, bar) => Math.max(most, bar.high), first.high),
    low: bars.reduce((least, bar) => Math.min(least, bar.low), first.low),
    close: last.close,
    volume: bars.reduce((sum, bar) => sum + bar.volume, 0),
    openInterest: last.openInterest,
  };
}
