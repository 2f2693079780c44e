import type { Contract, EpochMs } from '@sos/domain';
import type { TickColumns } from './tick-columns.js';

/** How much of an instrument a feed sends: last trade, best quote and Greeks, or the book as well. */
export type FeedMode = 'trades' | 'quotes' | 'full';

/** One message of a live feed. Valid during the callback only: the columns are used again. */
export interface LiveTicks {
  /** `snapshot` is the state on subscribing; `live` is a change. */
  readonly kind: 'snapshot' | 'live';
  /** Clock of the vendor, epoch ms; 0 when it did not say. */
  readonly sentAt: number;
  readonly receivedAt: EpochMs;
  /** Rows of `ticks` in use. */
  readonly length: number;
  readonly ticks: TickColumns;
  /** The contract of a slot; null for an instrument that nobody subscribed. */
  contractOf(slot: number): Contract | null;
}

/**
 * What a feed goes through. `live`: data flow. `stalled`: connected, but nothing came although the market is open. `waiting`: the next
 * attempt comes at `nextAttemptAt`. `login-needed`: the vendor refuses the token; the feed rests until started again.
 */
export type FeedState =
  | { readonly state: 'connecting' | 'connected' | 'live' | 'stopped' }
  | { readonly state: 'stalled'; readonly silentMs: number }
  | { readonly state: 'waiting'; readonly reason: string; readonly nextAttemptAt: EpochMs }
  | { readonly state: 'login-needed'; readonly reason: string };

/** Who listens to a feed. Callbacks must not throw. */
export interface FeedOptions {
  /** A message arrived; its columns are used again after the call. */
  onTicks(ticks: LiveTicks): void;
  /** The connection changed its state. */
  onState(state: FeedState): void;
  /** A frame that could not be read, dropped. */
  onCorrupt?(reason: string): void;
  /** Every frame as it came, before decoding: for recording. Valid during the callback only. */
  onRawFrame?(frame: Uint8Array, receivedAt: EpochMs): void;
}

/** A live feed that keeps itself connected. Subscriptions survive reconnects and may change at any time. */
export interface LiveFeed {
  /** Connects, and keeps connected until `stop`. */
  start(): void;
  /** Closes the connection for good. */
  stop(): void;
  /** A contract that is subscribed already changes its mode. @throws SOS_INPUT above the vendor's limit of instruments, SOS_UNKNOWN_SYMBOL for a contract without a key */
  subscribe(contracts: readonly Contract[], mode: FeedMode): Promise<void>;
  /** Ends the subscription of contracts; unknown ones are ignored. */
  unsubscribe(contracts: readonly Contract[]): Promise<void>;
  /** The vendor's keys of what is subscribed: without them raw frames could not be read later, as keys are used again after expiry. */
  instrumentKeys?(): ReadonlyMap<string, Contract>;
}
