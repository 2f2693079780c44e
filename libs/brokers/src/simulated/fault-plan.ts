import { RandomStream } from './random-stream.js';

/** What may go wrong at a simulated broker: probabilities per occasion, 0..1. */
export interface FaultMenu {
  /** The order stands, its answer never comes. */
  readonly timeoutAfterAccept: number;
  /** The request is lost and so is its answer. */
  readonly timeoutBeforeAccept: number;
  /** HTTP 502 at once; the order arrives seconds later. */
  readonly lateArrival: number;
  /** HTTP 5xx; whether the order stands is a coin toss. */
  readonly serverError: number;
  /** HTTP 429 with an envelope: definitely not taken. */
  readonly rateLimited: number;
  /** The connection could not be made: definitely not sent. */
  readonly notSent: number;
  /** Accepted, then rejected by risk management. */
  readonly lateReject: number;
  /** The answer comes after the fill. */
  readonly slowAnswer: number;
  /** An update of the stream is lost, doubled, or comes late and out of order. */
  readonly lostUpdate: number;
  readonly doubleUpdate: number;
  readonly lateUpdate: number;
  /** The stream drops for a while at an update. */
  readonly disconnect: number;
  /** A read of a book fails. */
  readonly readFails: number;
  /** The broker cancels the rest of a partially filled order. */
  readonly partialThenCancel: number;
  /** How far the broker's clock is off at most, ms. */
  readonly clockSkewMs: number;
}

/** A broker without faults. */
export const NO_FAULTS: FaultMenu = {
  timeoutAfterAccept: 0,
  timeoutBeforeAccept: 0,
  lateArrival: 0,
  serverError: 0,
  rateLimited: 0,
  notSent: 0,
  lateReject: 0,
  slowAnswer: 0,
  lostUpdate: 0,
  doubleUpdate: 0,
  lateUpdate: 0,
  disconnect: 0,
  readFails: 0,
  partialThenCancel: 0,
  clockSkewMs: 0,
};

/** A day on which everything goes wrong that can: far worse than any real one. */
export const BAD_DAY: FaultMenu = {
  timeoutAfterAccept: 0.06,
  timeoutBeforeAccept: 0.04,
  lateArrival: 0.04,
  serverError: 0.05,
  rateLimited: 0.04,
  notSent: 0.04,
  lateReject: 0.04,
  slowAnswer: 0.15,
  lostUpdate: 0.15,
  doubleUpdate: 0.1,
  lateUpdate: 0.15,
  disconnect: 0.02,
  readFails: 0.1,
  partialThenCancel: 0.1,
  clockSkewMs: 2_000,
};

/** What happens to one order message. */
export type MessageFate =
  | 'answered'
  | 'timeout-after'
  | 'timeout-before'
  | 'late-arrival'
  | 'error-after'
  | 'error-before'
  | 'rate-limited'
  | 'not-sent';

/** What happens to one update of the stream. */
export type UpdateFate = 'told' | 'lost' | 'doubled' | 'late' | 'disconnect';

/** Draws faults from a menu; one integer repeats them all. */
export class FaultPlan {
  readonly menu: FaultMenu;
  readonly random: RandomStream;
  readonly skewMs: number;

  constructor(menu: FaultMenu, seed: number) {
    this.menu = menu;
    this.random = new RandomStream(seed);
    this.skewMs = menu.clockSkewMs === 0 ? 0 : this.random.between(-menu.clockSkewMs, menu.clockSkewMs);
  }

  message(): MessageFate {
    const { menu } = this;
    let draw = this.random.next();
    const table: readonly (readonly [number, MessageFate])[] = [
      [menu.timeoutAfterAccept, 'timeout-after'],
      [menu.timeoutBeforeAccept, 'timeout-before'],
      [menu.lateArrival, 'late-arrival'],
      [menu.serverError / 2, 'error-after'],
      [menu.serverError / 2, 'error-before'],
      [menu.rateLimited, 'rate-limited'],
      [menu.notSent, 'not-sent'],
    ];
    for (const [probability, fate] of table) {
      if (draw < probability) return fate;
      draw -= probability;
    }
    return 'answered';
  }

  update(): UpdateFate {
    const { menu } = this;
    let draw = this.random.next();
    const table: readonly (readonly [number, UpdateFate])[] = [
      [menu.lostUpdate, 'lost'],
      [menu.doubleUpdate, 'doubled'],
      [menu.lateUpdate, 'late'],
      [menu.disconnect, 'disconnect'],
    ];
    for (const [probability, fate] of table) {
      if (draw < probability) return fate;
      draw -= probability;
    }
    return 'told';
  }
}
