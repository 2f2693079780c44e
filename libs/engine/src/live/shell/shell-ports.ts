import type { EpochMs } from '@sos/domain';
import type { Broker } from '../broker/broker.js';
import type { DeskRecord } from '../desk/desk-record.js';
import type { OrderLane } from '../risk/order-budget.js';

/** Where records become durable: once `append` resolves, a power cut does not lose them. */
export interface DeskJournal {
  append(records: readonly DeskRecord[]): Promise<void>;
}

/** Time as a live shell is told it. */
export interface ShellClock {
  now(): EpochMs;
  /** Calls back once after `ms`; the answer cancels it. */
  after(ms: number, call: () => void): () => void;
}

/** Everything a live shell needs of the world. */
export interface ShellPorts {
  readonly broker: Broker;
  readonly journal: DeskJournal;
  readonly clock: ShellClock;
  /** 0: an order message of that lane may leave now and is counted; else the milliseconds to wait. Shared by all processes of an account. */
  take(lane: OrderLane): number;
  /** Why the kill switch is thrown, wherever it was thrown; null while it is not. Asked before every entry leaves. */
  killed(): string | null;
  /** The desk halted: nothing is sent any more, the journal is kept. */
  onFault(error: unknown): void;
}
