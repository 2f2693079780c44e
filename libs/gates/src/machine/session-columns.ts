import { MS_PER_DAY, MS_PER_MINUTE, istMinuteOfDay, type BarColumns, type EpochMs } from '@sos/domain';
import type { GateSession } from '../signal-source.js';
import type { Evaluator } from './evaluator.js';
import type { Program } from './program.js';

const IST_OFFSET_MS = 330 * MS_PER_MINUTE;

function dayOf(at: number): number {
  return Math.floor((at + IST_OFFSET_MS) / MS_PER_DAY);
}

/** Writes the words about the bar and the session so far into the slots that are in use. */
export class SessionColumns {
  /** Close of the last bar, rupees; NaN before the first. */
  lastClose = Number.NaN;
  /** Close time of the bar last written, epoch ms. */
  time = Number.NaN;
  /** The same as minutes since midnight IST. */
  minuteOfDay = Number.NaN;
  readonly #values: Float64Array;
  readonly #slots: Readonly<Record<string, number>>;
  #opened = Number.NaN;
  #closes = Number.NaN;
  #previousClose = Number.NaN;
  #first = Number.NaN;
  #high = Number.NaN;
  #low = Number.NaN;
  #bars = 0;
  #day = Number.NaN;
  readonly #open: number;
  readonly #highSlot: number;
  readonly #lowSlot: number;
  readonly #close: number;
  readonly #volume: number;
  readonly #time: number;
  readonly #usesSession: boolean;

  constructor(program: Program, evaluator: Evaluator) {
    const slot = (name: string): number => program.variables.get(name) ?? program.spare;
    this.#values = evaluator.values;
    this.#open = slot('open');
    this.#highSlot = slot('high');
    this.#lowSlot = slot('low');
    this.#close = slot('close');
    this.#volume = slot('volume');
    this.#time = slot('time');
    this.#slots = {
      open: slot('session.open'),
      high: slot('session.high'),
      low: slot('session.low'),
      previousClose: slot('session.previousClose'),
      bar: slot('session.bar'),
      minutes: slot('session.minutes'),
      minutesLeft: slot('session.minutesLeft'),
    };
    this.#usesSession = Object.values(this.#slots).some((at) => at !== program.spare);
  }

  /** Whether a bar of this time belongs to another day than the bar before it. */
  isNewDay(time: number): boolean {
    return dayOf(time) !== this.#day;
  }

  openSession(session: GateSession): void {
    this.#start(session.open, session.close, session.previousClose);
    this.#day = dayOf(session.open);
  }

  /** A day of history whose hours nobody told: it opens one minute before its first bar closes. */
  openWarmUpDay(firstBar: number): void {
    this.#start(firstBar - MS_PER_MINUTE, Number.NaN, this.lastClose);
    this.#day = dayOf(firstBar);
  }

  write(bars: BarColumns, row: number, volume: number): void {
    const values = this.#values;
    const close = bars.close[row] as number;
    this.time = bars.time[row] as number;
    this.minuteOfDay = istMinuteOfDay(this.time as EpochMs);
    this.lastClose = close;
    values[this.#open] = bars.open[row] as number;
    values[this.#highSlot] = bars.high[row] as number;
    values[this.#lowSlot] = bars.low[row] as number;
    values[this.#close] = close;
    values[this.#volume] = volume;
    values[this.#time] = this.minuteOfDay;
    if (this.#usesSession) this.#writeSession(bars, row);
  }

  #start(opened: number, closes: number, previousClose: number): void {
    this.#opened = opened;
    this.#closes = closes;
    this.#previousClose = previousClose;
    this.#first = this.#high = this.#low = Number.NaN;
    this.#bars = 0;
  }

  #writeSession(bars: BarColumns, row: number): void {
    const values = this.#values;
    const slots = this.#slots;
    const high = bars.high[row] as number;
    const low = bars.low[row] as number;
    if (this.#bars++ === 0) this.#first = bars.open[row] as number;
    if (!(high <= this.#high)) this.#high = high;
    if (!(low >= this.#low)) this.#low = low;
    values[slots['open'] as number] = this.#first;
    values[slots['high'] as number] = this.#high;
    values[slots['low'] as number] = this.#low;
    values[slots['previousClose'] as number] = this.#previousClose;
    values[slots['bar'] as number] = this.#bars;
    values[slots['minutes'] as number] = (this.time - this.#opened) / MS_PER_MINUTE;
    values[slots['minutesLeft'] as number] = (this.#closes - this.time) / MS_PER_MINUTE;
  }
}
