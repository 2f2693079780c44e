import type { DeskEffect } from '../desk/desk-event.js';
import type { OrderLane } from '../risk/order-budget.js';
import type { ShellClock } from './shell-ports.js';

/** An order message that waits for its turn. */
export type OrderMessage = Extract<DeskEffect, { kind: 'place' | 'modify' | 'cancel' }>;

/** What an outbox needs. */
export interface OutboxOptions {
  readonly clock: ShellClock;
  take(lane: OrderLane): number;
  send(message: OrderMessage): void;
}

/** Order messages in two lanes: exits never wait behind entries, and nothing leaves before the budget of the account allows it. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #lanes: Record<OrderLane, OrderMessage[]> = { exit: [], entry: [] };
  #cancelTimer: (() => void) | null = null;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  post(message: OrderMessage): void {
    this.#lanes[message.lane].push(message);
    this.#pump();
  }

  #pump(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    for (;;) {
      const lane: OrderLane = this.#lanes.exit.length > 0 ? 'exit' : 'entry';
      const message = this.#lanes[lane][0];
      if (message === undefined) return;
      const wait = this.#options.take(lane);
      if (wait > 0) {
        this.#cancelTimer = this.#options.clock.after(wait, () => this.#pump());
        return;
      }
      this.#lanes[lane].shift();
      this.#options.send(message);
    }
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#lanes.exit.length = 0;
    this.#lanes.entry.length = 0;
  }
}
