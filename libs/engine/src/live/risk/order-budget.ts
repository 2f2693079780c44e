import { AppError } from '@sos/domain';

/** At most `orders` order messages in any stretch of `ms` milliseconds. */
export interface OrderWindow {
  readonly orders: number;
  readonly ms: number;
}

/** Who asks: what opens positions, or what closes, protects and withdraws. */
export type OrderLane = 'entry' | 'exit';

/** How many messages may leave. `exitShare` of every window is kept for exits, 0..1. */
export interface OrderBudgetOptions {
  readonly windows: readonly OrderWindow[];
  readonly exitShare: number;
}

/** Below the limits of Upstox (10/s, 500/min, 2,000/30 min), which count for all programs of an account together. */
export const UPSTOX_ORDER_BUDGET: OrderBudgetOptions = {
  windows: [
    { orders: 8, ms: 1_000 },
    { orders: 400, ms: 60_000 },
    { orders: 1_800, ms: 1_800_000 },
  ],
  exitShare: 0.25,
};

/**
 * The order messages of an account: no window is ever exceeded, wherever it begins, and entries leave a share of each for exits. It knows no clock;
 * `stamps` (times of the last messages, ascending) is all its memory, so that processes can share it.
 */
export class OrderBudget {
  readonly #options: OrderBudgetOptions;
  readonly #most: number;
  #stamps: number[];

  constructor(options: OrderBudgetOptions, stamps: readonly number[] = []) {
    for (const { orders, ms } of options.windows)
      if (!(orders >= 2 && ms > 0))
        throw new AppError('SOS_CONFIG', `expected at least 2 orders per window, found ${orders} in ${ms} ms`);
    if (!(options.exitShare > 0 && options.exitShare < 1))
      throw new AppError('SOS_CONFIG', `expected a share for exits between 0 and 1, found ${options.exitShare}`);
    this.#options = options;
    this.#most = Math.max(...options.windows.map((window) => window.orders));
    this.#stamps = [...stamps].slice(-this.#most);
  }

  /** Times of the messages that still count, ascending. */
  get stamps(): readonly number[] {
    return this.#stamps;
  }

  /** Milliseconds to wait before a message of that lane may leave; 0 = it may leave now, and is counted. */
  take(lane: OrderLane, now: number): number {
    const wait = this.#wait(lane, now);
    if (wait > 0) return wait;
    // A clock that was set back must not make old messages look younger than new ones.
    this.#stamps.push(Math.max(now, this.#stamps.at(-1) ?? now));
    if (this.#stamps.length > this.#most) this.#stamps.shift();
    return 0;
  }

  #wait(lane: OrderLane, now: number): number {
    const { windows, exitShare } = this.#options;
    let until = now;
    for (const { orders, ms } of windows) {
      const room = lane === 'exit' ? orders : Math.max(1, Math.floor(orders * (1 - exitShare)));
      const oldest = this.#stamps[this.#stamps.length - room];
      if (oldest !== undefined) until = Math.max(until, oldest + ms);
    }
    return until - now;
  }
}
