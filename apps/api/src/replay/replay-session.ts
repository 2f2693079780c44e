import { barsPayloadOf, type BarsPayload, type ServerMessage } from '@sos/contracts';
import { sliceBars } from '@sos/domain';
import type { CompiledGates } from '@sos/gates';
import { DayRun } from '../day-run/day-run.js';
import type { ShelvedDay } from '../market/day-shelf.js';
import { OptionPair, strikeAtOpen } from './option-pair.js';
import type { ReplayTimer } from './replay-timer.js';

type Status = 'playing' | 'paused' | 'ended' | 'stopped';
type WithoutHead<T> = T extends unknown ? Omit<T, 'v' | 'seq'> : never;
/** A message before it has its number. */
export type Said = WithoutHead<ServerMessage>;

const MS_PER_MARKET_MINUTE = 60_000;

/** What a replay session is made of. */
export interface ReplayOptions {
  readonly id: string;
  readonly day: ShelvedDay;
  readonly gates: CompiledGates;
  /** Market minutes per wall-clock minute. */
  readonly speed: number;
  readonly timer: ReplayTimer;
  readonly strike?: number | undefined;
  readonly say: (message: Said) => void;
}

/**
 * One replay of one session. The server's position is authoritative; the client is told everything once after a start, seek or change of strike, and only what is new
 * with each further minute.
 */
export class ReplaySession {
  readonly id: string;
  readonly #options: ReplayOptions;
  #run: DayRun;
  #pair: OptionPair;
  #speed: number;
  #status: Status = 'paused';
  #cancel: (() => void) | null = null;

  constructor(options: ReplayOptions) {
    this.id = options.id;
    this.#options = options;
    this.#speed = options.speed;
    this.#run = new DayRun(options.day, options.gates);
    const { tape } = options.day;
    this.#pair = new OptionPair(tape, options.strike ?? strikeAtOpen(tape));
  }

  /** Shows the first minutes. @param bar bars that are known at the start */
  begin(bar: number, isPaused: boolean): void {
    this.#run.advanceTo(bar);
    this.history();
    if (isPaused) this.#state();
    else this.play();
  }

  play(): void {
    if (this.#run.bar >= this.#run.bars) this.#status = 'ended';
    if (this.#status === 'ended' || this.#status === 'stopped') return this.#state();
    this.#status = 'playing';
    this.#startClock();
    this.#state();
  }

  pause(): void {
    this.#halt(this.#status === 'playing' ? 'paused' : this.#status);
  }

  stop(): void {
    this.#halt('stopped');
  }

  speed(speed: number): void {
    this.#speed = speed;
    if (this.#status === 'playing') this.#startClock();
    this.#state();
  }

  step(by: 1 | -1): void {
    if (this.#status === 'playing') this.#halt('paused');
    if (by < 0) this.seek(this.#run.bar - 1);
    else this.#advance();
  }

  /** Moves to a bar; backwards is a cold run to it. */
  seek(bar: number): void {
    const wanted = Math.max(0, Math.min(bar, this.#run.bars));
    if (wanted < this.#run.bar) this.#run = new DayRun(this.#options.day, this.#options.gates);
    this.#run.advanceTo(wanted);
    if (this.#status === 'ended') this.#status = 'paused';
    this.history();
    this.#atEnd();
  }

  /** Moves on to the next minute at which a gate gives a signal, or to the end of the day. */
  nextSignal(): void {
    if (this.#status === 'playing') this.#halt('paused');
    for (let seen = this.#run.decisionCount; this.#run.advance(); seen = this.#run.decisionCount)
      if (this.#run.decisions(seen).some(({ kind }) => kind === 'signal' || kind === 'refused')) break;
    this.history();
    this.#atEnd();
  }

  /** Says everything known now and where the replay stands: what a client that fell behind needs. */
  present(): void {
    this.history();
    this.#state();
  }

  strike(strike: number): void {
    this.#pair = new OptionPair(this.#options.day.tape, strike);
    this.history();
  }

  /** Says everything known at the present minute. */
  history(): void {
    const { tape } = this.#options.day;
    this.#options.say({
      type: 'replay.history',
      session: this.id,
      symbol: tape.underlying,
      date: tape.date,
      source: tape.indexSource,
      origins: [...tape.origins],
      volumeSource: this.#run.volumeSource,
      bars: this.#run.bars,
      strike: this.#pair.strike,
      index: this.#index(0),
      pair: this.#pair.history(this.#run.time),
      decisions: this.#run.decisions(),
      trades: this.#run.trades(),
      minute: this.#run.minute(),
    });
  }

  #advance(): void {
    const run = this.#run;
    const from = { bar: run.bar, decisions: run.decisionCount, trades: run.tradeCount };
    if (run.advance())
      this.#options.say({
        type: 'replay.minute',
        index: this.#index(from.bar),
        pair: this.#pair.growth(run.time),
        decisions: run.decisions(from.decisions),
        trades: run.trades(from.trades),
        minute: run.minute(),
      });
    this.#atEnd();
  }

  /** Index bars from a row on, with the volume that the gates were told. */
  #index(from: number): BarsPayload {
    const { bar, tape, volume } = this.#run;
    const bars = barsPayloadOf(sliceBars(tape.index, from, bar));
    const told = Array.from(volume.subarray(from, bar), (x) => (Number.isNaN(x) ? null : x));
    return { ...bars, volume: told };
  }

  #atEnd(): void {
    if (this.#run.bar >= this.#run.bars) this.#halt('ended');
    else this.#state();
  }

  #startClock(): void {
    this.#cancel?.();
    this.#cancel = this.#options.timer.every(MS_PER_MARKET_MINUTE / this.#speed, () => this.#advance());
  }

  #halt(status: Status): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#status = status;
    this.#state();
  }

  #state(): void {
    const { bar, bars } = this.#run;
    this.#options.say({ type: 'replay.state', status: this.#status, bar, bars, speed: this.#speed });
  }
}
