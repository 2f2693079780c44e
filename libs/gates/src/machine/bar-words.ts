import { MS_PER_DAY, MS_PER_MINUTE, istMinuteOfDay, type BarColumns, type EpochMs } from '@sos/domain';
import type { GateSession } from '../signal-source.js';

/** The words that a bar and the session so far give, in the order of their columns. */
export const BAR_WORDS = [
  'open',
  'high',
  'low',
  'close',
  'volume',
  'time',
  'session.open',
  'session.high',
  'session.low',
  'session.previousClose',
  'session.bar',
  'session.minutes',
  'session.minutesLeft',
] as const;

const IST_OFFSET_MS = 330 * MS_PER_MINUTE;

function dayOf(at: number): number {
  return Math.floor((at + IST_OFFSET_MS) / MS_PER_DAY);
}

/** Which rows of some bars go to which row of the columns. */
export interface RowCopy {
  /** First row of the bars. */
  readonly from: number;
  readonly count: number;
  /** First row of the columns. */
  readonly to: number;
}

/** Writes the words about each bar and the session so far into columns. The volume is not among what is written: it may become known later than the prices. */
export class BarWords {
  readonly #cells: Float64Array;
  /** First cell of each word of BAR_WORDS; -1 where nobody reads it. */
  readonly #first: Int32Array;
  readonly #usesSession: boolean;
  #opened = Number.NaN;
  #closes = Number.NaN;
  #previousClose = Number.NaN;
  #firstOpen = Number.NaN;
  #high = Number.NaN;
  #low = Number.NaN;
  #lastClose = Number.NaN;
  #bars = 0;
  #day = Number.NaN;

  constructor(cells: Float64Array, first: Int32Array) {
    this.#cells = cells;
    this.#first = first;
    this.#usesSession = BAR_WORDS.some((word, i) => word.startsWith('session.') && (first[i] as number) >= 0);
  }

  /** Whether a bar of this time belongs to another day than the bars before it. */
  isNewDay(time: number): boolean {
    return dayOf(time) !== this.#day;
  }

  openSession({ open, close, previousClose }: GateSession): void {
    this.#start(open, close, previousClose);
    this.#day = dayOf(open);
  }

  /** A day of history whose hours nobody told: it opens one minute before its first bar closes. */
  openWarmUpDay(firstBar: number): void {
    this.#start(firstBar - MS_PER_MINUTE, Number.NaN, this.#lastClose);
    this.#day = dayOf(firstBar);
  }

  write(bars: BarColumns, copy: RowCopy): void {
    this.#copy(bars.open, 0, copy);
    this.#copy(bars.high, 1, copy);
    this.#copy(bars.low, 2, copy);
    this.#copy(bars.close, 3, copy);
    this.#writeTime(bars, copy);
    if (this.#usesSession) this.#writeSession(bars, copy);
    this.#lastClose = bars.close[copy.from + copy.count - 1] as number;
  }

  #start(opened: number, closes: number, previousClose: number): void {
    this.#opened = opened;
    this.#closes = closes;
    this.#previousClose = previousClose;
    this.#firstOpen = this.#high = this.#low = Number.NaN;
    this.#bars = 0;
  }

  #copy(column: Float64Array, word: number, { from, count, to }: RowCopy): void {
    const first = this.#first[word] as number;
    if (first < 0) return;
    for (let k = 0; k < count; k++) this.#cells[first + to + k] = column[from + k] as number;
  }

  #writeTime(bars: BarColumns, { from, count, to }: RowCopy): void {
    const first = this.#first[5] as number;
    if (first < 0) return;
    for (let k = 0; k < count; k++) this.#cells[first + to + k] = istMinuteOfDay(bars.time[from + k] as EpochMs);
  }

  #writeSession(bars: BarColumns, { from, count, to }: RowCopy): void {
    for (let k = 0; k < count; k++) {
      const high = bars.high[from + k] as number;
      const low = bars.low[from + k] as number;
      const time = bars.time[from + k] as number;
      if (this.#bars++ === 0) this.#firstOpen = bars.open[from + k] as number;
      if (!(high <= this.#high)) this.#high = high;
      if (!(low >= this.#low)) this.#low = low;
      this.#put(6, to + k, this.#firstOpen);
      this.#put(7, to + k, this.#high);
      this.#put(8, to + k, this.#low);
      this.#put(9, to + k, this.#previousClose);
      this.#put(10, to + k, this.#bars);
      this.#put(11, to + k, (time - this.#opened) / MS_PER_MINUTE);
      this.#put(12, to + k, (this.#closes - time) / MS_PER_MINUTE);
    }
  }

  #put(word: number, row: number, value: number): void {
    const first = this.#first[word] as number;
    if (first >= 0) this.#cells[first + row] = value;
  }
}
