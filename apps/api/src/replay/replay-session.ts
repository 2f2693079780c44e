import type { DayTape } from '@sos/domain';
import { SOCKET_VERSION, type ServerMessage } from '@sos/contracts';

type Status = 'playing' | 'paused' | 'ended' | 'stopped';

/** How a session waits: real timers in the server, a hand-driven clock in tests. */
export interface ReplayTimer {
  every(milliseconds: number, tick: () => void): () => void;
}

export interface ReplayOptions {
  readonly tape: DayTape;
  /** Bars per second. */
  readonly speed: number;
  readonly timer: ReplayTimer;
  /** Next sequence number of the connection. */
  readonly nextSeq: () => number;
  readonly send: (message: ServerMessage) => void;
}

const known = (column: Float64Array, row: number): number | null => {
  const value = column[row];
  return value === undefined || Number.isNaN(value) ? null : value;
};

/** One replay of one session over one socket: sends deltas, never history; the server's position is authoritative. */
export class ReplaySession {
  readonly #options: ReplayOptions;
  #bar = 0;
  #status: Status = 'paused';
  #cancel: (() => void) | null = null;

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  play(): void {
    if (this.#status === 'ended' || this.#status === 'stopped') return this.#state();
    this.#cancel ??= this.#options.timer.every(1000 / this.#options.speed, () => this.#advance());
    this.#status = 'playing';
    this.#state();
  }

  pause(): void {
    this.#halt('paused');
  }

  stop(): void {
    this.#halt('stopped');
  }

  step(): void {
    if (this.#status === 'playing') this.#halt('paused');
    this.#advance();
  }

  /** Moves to a bar; the client then asks for what it shows before it over HTTP. */
  seek(bar: number): void {
    this.#bar = Math.min(bar, this.#options.tape.index.length);
    if (this.#status === 'ended') this.#status = 'paused';
    this.#state();
  }

  #advance(): void {
    const { index } = this.#options.tape;
    if (this.#bar >= index.length) return this.#halt('ended');
    const row = this.#bar;
    this.#bar += 1;
    this.#options.send({
      v: SOCKET_VERSION,
      seq: this.#options.nextSeq(),
      type: 'bar',
      index: row,
      bar: {
        time: index.time[row] as number,
        open: known(index.open, row),
        high: known(index.high, row),
        low: known(index.low, row),
        close: known(index.close, row),
        volume: known(index.volume, row),
      },
    });
    if (this.#bar >= index.length) this.#halt('ended');
  }

  #halt(status: Status): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#status = status;
    this.#state();
  }

  #state(): void {
    const { tape, nextSeq, send } = this.#options;
    send({
      v: SOCKET_VERSION,
      seq: nextSeq(),
      type: 'replay.state',
      status: this.#status,
      bar: this.#bar,
      bars: tape.index.length,
      source: tape.indexSource,
    });
  }
}
