import type { ServerMessage } from '@sos/contracts';
import type { ServerMetrics } from '../metrics/server-metrics.js';
import type { ReplayTimer } from '../replay/replay-timer.js';

/** What a pipe needs of a socket. */
export interface PipeSocket {
  /** Bytes that were given to the socket and have not left this process. */
  readonly bufferedAmount: number;
  send(text: string, written: () => void): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

/** When a client counts as slow. */
export interface PipeLimits {
  /** Waiting bytes above which nothing more is added. */
  readonly trimAboveBytes: number;
  /** Waiting bytes at which the client has caught up. */
  readonly resumeBelowBytes: number;
  /** How long a client may be behind. */
  readonly patienceMs: number;
}

/** A minute of a replay is about 10 kB: a client is behind when a hundred of them wait. */
export const DEFAULT_PIPE_LIMITS: PipeLimits = {
  trimAboveBytes: 1_000_000,
  resumeBelowBytes: 100_000,
  patienceMs: 10_000,
};

/** Close code "try again later": the client did not read what it was sent. */
export const SLOW_CLIENT = 1013;
const LAST_WORD_MS = 1_000;
const MOST_ERRORS = 20;

/** What a pipe is made of. */
export interface PipeOptions {
  readonly socket: PipeSocket;
  readonly timer: ReplayTimer;
  readonly metrics: Pick<ServerMetrics, 'sent' | 'trimmed' | 'cut'>;
  readonly limits?: PipeLimits | undefined;
  /** Says the newest state of the session anew: what was left out of it is not said piece by piece. */
  readonly onCaughtUp: () => void;
}

/** The text that was made last: one message to many clients is turned into text once. */
const last: { message: ServerMessage | null; text: string } = { message: null, text: '' };

function textOf(message: ServerMessage): string {
  if (last.message !== message) {
    last.text = JSON.stringify(message);
    last.message = message;
  }
  return last.text;
}

/**
 * The way to one client. Sending never waits: to a client that does not read, nothing more is sent than it can hold; when it reads again it is told the newest state
 * instead of everything it missed; when it does not, the connection is ended with a reason. Whoever speaks is never slowed.
 */
export class ClientPipe {
  readonly #options: PipeOptions;
  readonly #limits: PipeLimits;
  #isBehind = false;
  #isOver = false;
  #missed = 0;
  #isSessionStale = false;
  #jobs = new Map<string, ServerMessage>();
  #errors: ServerMessage[] = [];
  #cancelCut: (() => void) | null = null;

  constructor(options: PipeOptions) {
    this.#options = options;
    this.#limits = options.limits ?? DEFAULT_PIPE_LIMITS;
  }

  send(message: ServerMessage): void {
    if (this.#isOver) return;
    if (!this.#isBehind && this.#options.socket.bufferedAmount > this.#limits.trimAboveBytes) this.#fallBehind();
    if (this.#isBehind) this.#trim(message);
    else this.#write(message);
  }

  /** The connection ended: nothing is sent any more. */
  end(): void {
    this.#isOver = true;
    this.#cancelCut?.();
    this.#cancelCut = null;
  }

  #write(message: ServerMessage): void {
    this.#options.metrics.sent.add();
    this.#options.socket.send(textOf(message), () => this.#written());
  }

  #written(): void {
    if (this.#isBehind && !this.#isOver && this.#options.socket.bufferedAmount <= this.#limits.resumeBelowBytes)
      this.#catchUp();
  }

  #fallBehind(): void {
    this.#isBehind = true;
    this.#cancelCut = this.#options.timer.after(this.#limits.patienceMs, () => this.#cut());
  }

  #trim(message: ServerMessage): void {
    this.#missed += 1;
    this.#options.metrics.trimmed.add();
    switch (message.type) {
      case 'job':
        this.#jobs.set(message.job.jobId, message);
        break;
      case 'error':
        this.#errors.push(message);
        if (this.#errors.length > MOST_ERRORS) this.#errors.shift();
        break;
      default:
        this.#isSessionStale = true;
    }
  }

  #catchUp(): void {
    this.#cancelCut?.();
    const [jobs, errors, isStale] = [this.#jobs, this.#errors, this.#isSessionStale];
    this.#cancelCut = null;
    this.#isBehind = false;
    this.#isSessionStale = false;
    this.#missed = 0;
    this.#jobs = new Map();
    this.#errors = [];
    if (isStale) this.#options.onCaughtUp();
    // Its number is behind that of the newest state by now, and would be taken for an old message.
    for (const message of [...errors, ...jobs.values()]) this.send({ ...message, seq: 0 });
  }

  #cut(): void {
    const { socket, timer, metrics } = this.#options;
    metrics.cut.add({ reason: 'slow' });
    this.end();
    socket.close(SLOW_CLIENT, `slow client: ${this.#missed} messages were not read in ${this.#limits.patienceMs} ms`);
    // The reason waits behind what was not read: it may never arrive.
    timer.after(LAST_WORD_MS, () => socket.terminate());
  }
}
