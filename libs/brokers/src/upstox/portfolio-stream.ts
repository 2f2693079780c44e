import { isAppError } from '@sos/domain';
import type { OrderStream, ShellClock } from '@sos/engine';
import type { ConnectTextSocket, TextSocket } from './text-socket.js';
import { OrderRow } from './upstox-wire.js';

/** What a portfolio stream needs. */
export interface PortfolioStreamOptions {
  readonly clock: ShellClock;
  readonly connect: ConnectTextSocket;
  /** A fresh address for one connection: its code is spent by connecting. */
  address(): Promise<string>;
  onState(state: 'up' | 'down' | 'login-needed'): void;
  onRow(row: OrderRow): void;
}

const PING_MS = 10_000;
const DEAD_MS = 25_000;
const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 30_000;
const REFUSALS = 2;

/** Upstox's stream of order updates, kept connected: fresh address each time, growing waits, a watchdog for silence, one owner per socket. */
export class PortfolioStream implements OrderStream {
  readonly #options: PortfolioStreamOptions;
  #generation = 0;
  #socket: TextSocket | null = null;
  #attempts = 0;
  #refusals = 0;
  #lastSign = 0;
  #isStopped = true;

  constructor(options: PortfolioStreamOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStopped = false;
    void this.#connect();
  }

  stop(): void {
    this.#isStopped = true;
    this.#drop();
  }

  #drop(): void {
    this.#generation++;
    this.#socket?.terminate();
    this.#socket = null;
  }

  async #connect(): Promise<void> {
    this.#drop();
    const generation = this.#generation;
    const isMine = (): boolean => generation === this.#generation && !this.#isStopped;
    try {
      const address = await this.#options.address();
      if (!isMine()) return;
      this.#lastSign = this.#options.clock.now();
      this.#socket = this.#options.connect(address, {
        open: () => {
          if (!isMine()) return;
          this.#attempts = 0;
          this.#refusals = 0;
          this.#options.onState('up');
          this.#watch(generation);
        },
        message: (text) => {
          if (isMine()) this.#hear(text);
        },
        alive: () => {
          this.#lastSign = this.#options.clock.now();
        },
        close: (status) => {
          if (isMine()) this.#closed(status);
        },
      });
    } catch (error) {
      if (!isMine()) return;
      this.#closed(isAppError(error) && error.kind === 'AuthError' ? 401 : 0);
    }
  }

  #hear(text: string): void {
    this.#lastSign = this.#options.clock.now();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      return;
    }
    const isOrder = typeof json === 'object' && json !== null && 'update_type' in json && json.update_type === 'order';
    const row = isOrder ? OrderRow.safeParse(json).data : undefined;
    if (row !== undefined) this.#options.onRow(row);
  }

  #closed(status: number): void {
    this.#drop();
    this.#refusals = status === 401 || status === 403 ? this.#refusals + 1 : 0;
    if (this.#refusals >= REFUSALS) {
      this.#isStopped = true;
      return this.#options.onState('login-needed');
    }
    this.#options.onState('down');
    const wait = Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#attempts++, 10));
    const generation = this.#generation;
    this.#options.clock.after(wait, () => {
      if (generation === this.#generation && !this.#isStopped) void this.#connect();
    });
  }

  #watch(generation: number): void {
    if (generation !== this.#generation || this.#isStopped) return;
    if (this.#options.clock.now() - this.#lastSign >= DEAD_MS) return this.#closed(0);
    this.#socket?.ping();
    this.#options.clock.after(PING_MS, () => this.#watch(generation));
  }
}
