import { isAppError, type EpochMs } from '@sos/domain';
import type { ProviderRuntime } from '../runtime.js';
import { printableCause } from '../secret.js';
import type { FeedSocket, SocketEvents, SocketOptions } from './feed-socket.js';
import type { FeedState } from './live-feed.js';

/** What a link needs of the feed that it carries. */
export interface FeedLinkOptions {
  readonly runtime: ProviderRuntime;
  /** A fresh address for one connection. */
  address(): Promise<string>;
  /** How the vendor wants to be spoken to; asked at each connection. */
  socketOptions?(): SocketOptions;
  /** The connection stands: subscribe. */
  opened(): void;
  /** Takes a frame; true when it carried market data. */
  frame(bytes: Uint8Array): boolean;
  /** Since when the market is open and data must flow, or null. */
  flowsSince(now: EpochMs): EpochMs | null;
  onState(state: FeedState): void;
}

const CHECK_MS = 250;
const PING_MS = 10_000;
// No frame and no answer to a ping: the connection is gone although nobody said so.
const DEAD_MS = 25_000;
// With the checks between, a stall is told within five seconds.
const STALLED_MS = 4_500;
// Connected and answering pings but mute, as after a change of the token elsewhere: begin anew.
const MUTE_MS = 15_000;
// A check that comes that much too late: this process did not run, and what was sent meanwhile is waiting in the socket.
const OVERSLEPT_MS = 1_000;
const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;
const MAX_BACKOFF_CLOSED_MS = 60_000;
const REFUSALS = 2;

/**
 * Keeps one connection of a feed alive: fresh address each time, full-jitter waits, never giving up, watchdog for silence. Every socket has
 * the generation number of its attempt, so that a late event of an old socket touches nothing.
 */
export class FeedLink {
  private readonly options: FeedLinkOptions;
  private generation = 0;
  private socket: FeedSocket | null = null;
  private stopping: AbortController | null = null;
  private attempts = 0;
  private refusals = 0;
  private lastSign = 0;
  private lastPing = 0;
  private lastData = 0;
  private state: FeedState['state'] = 'stopped';

  constructor(options: FeedLinkOptions) {
    this.options = options;
  }

  start(): void {
    if (this.stopping !== null) return;
    const stopping = new AbortController();
    this.stopping = stopping;
    this.attempts = 0;
    this.refusals = 0;
    void this.connect();
    void this.watch(stopping.signal);
  }

  stop(): void {
    if (this.stopping === null) return;
    this.rest({ state: 'stopped' });
  }

  /** Sends when connected; else the feed says it again in `opened`. */
  send(message: Uint8Array): void {
    if (this.state === 'connected' || this.state === 'live' || this.state === 'stalled') this.socket?.send(message);
  }

  private tell(state: FeedState): void {
    this.state = state.state;
    this.options.onState(state);
  }

  private rest(state: FeedState): void {
    this.drop();
    this.stopping?.abort();
    this.stopping = null;
    this.tell(state);
  }

  private drop(): void {
    this.generation++;
    this.socket?.terminate();
    this.socket = null;
  }

  private async connect(): Promise<void> {
    this.drop();
    const generation = this.generation;
    this.tell({ state: 'connecting' });
    try {
      const address = await this.options.address();
      if (generation !== this.generation) return;
      this.lastSign = this.lastPing = this.options.runtime.monotonic();
      this.socket = this.options.runtime.connect(address, this.events(generation), this.options.socketOptions?.());
    } catch (error) {
      if (generation !== this.generation) return;
      if (isAppError(error) && error.kind === 'AuthError') this.rest({ state: 'login-needed', reason: error.message });
      else void this.retry(isAppError(error) ? error.message : printableCause(error).message);
    }
  }

  private events(generation: number): SocketEvents {
    const { runtime } = this.options;
    const isMine = (): boolean => generation === this.generation;
    return {
      open: () => {
        if (!isMine()) return;
        this.refusals = 0;
        this.lastSign = this.lastData = runtime.monotonic();
        this.tell({ state: 'connected' });
        this.options.opened();
      },
      message: (bytes) => {
        if (!isMine()) return;
        this.lastSign = runtime.monotonic();
        if (this.options.frame(bytes) && isMine()) this.dataCame();
      },
      alive: () => {
        if (isMine()) this.lastSign = runtime.monotonic();
      },
      close: (reason, status) => {
        if (isMine()) this.closed(printableCause(reason).message, status);
      },
    };
  }

  private dataCame(): void {
    this.lastData = this.options.runtime.monotonic();
    this.attempts = 0;
    if (this.state !== 'live') this.tell({ state: 'live' });
  }

  private closed(reason: string, status: number): void {
    if (status === 401 || status === 403) this.refusals++;
    if (this.refusals >= REFUSALS) this.rest({ state: 'login-needed', reason });
    else void this.retry(reason);
  }

  private async retry(reason: string): Promise<void> {
    this.drop();
    const generation = this.generation;
    const { runtime, flowsSince } = this.options;
    const most = flowsSince(runtime.now()) === null ? MAX_BACKOFF_CLOSED_MS : MAX_BACKOFF_MS;
    const wait = runtime.random() * Math.min(most, FIRST_BACKOFF_MS * 2 ** Math.min(this.attempts, 20));
    this.attempts++;
    this.tell({ state: 'waiting', reason, nextAttemptAt: (runtime.now() + wait) as EpochMs });
    await runtime.sleep(wait, this.stopping?.signal);
    if (generation === this.generation && this.stopping !== null) await this.connect();
  }

  private async watch(stopped: AbortSignal): Promise<void> {
    const { runtime } = this.options;
    let before = runtime.monotonic();
    while (!stopped.aborted) {
      await runtime.sleep(CHECK_MS, stopped);
      const now = runtime.monotonic();
      const overslept = now - before - CHECK_MS;
      before = now;
      if (overslept > OVERSLEPT_MS) {
        this.lastSign += overslept;
        this.lastData += overslept;
      }
      if (!stopped.aborted && this.socket !== null) this.check(this.socket);
    }
  }

  private check(socket: FeedSocket): void {
    const { runtime, flowsSince } = this.options;
    const now = runtime.monotonic();
    if (now - this.lastSign >= DEAD_MS) return void this.retry(`no sign of the vendor for ${DEAD_MS / 1000} s`);
    if (this.state === 'connecting') return;
    if (now - this.lastPing >= PING_MS) {
      this.lastPing = now;
      socket.ping();
    }
    const open = flowsSince(runtime.now());
    const silentMs = open === null ? 0 : Math.min(now - this.lastData, runtime.now() - open);
    if (silentMs >= MUTE_MS) return void this.retry(`connected but mute for ${MUTE_MS / 1000} s`);
    if (silentMs >= STALLED_MS && this.state !== 'stalled') this.tell({ state: 'stalled', silentMs });
  }
}
