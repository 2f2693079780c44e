import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@sos/domain';
import { OrderBudget, type OrderBudgetOptions, type OrderLane } from '@sos/engine';

const STALE_MS = 2_000;
const BUSY_MS = 2;

/** The order budget of an account in a file, so that all processes of this machine count together. */
export class SharedBudget {
  readonly #file: string;
  readonly #lock: string;
  readonly #options: OrderBudgetOptions;
  readonly #now: () => number;

  constructor(folder: string, options: OrderBudgetOptions, now: () => number) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#file = path.join(folder, 'order-budget');
    this.#lock = path.join(folder, 'order-budget.lock');
    this.#options = options;
    this.#now = now;
  }

  /** 0: a message of that lane may leave now and is counted; else the milliseconds to wait. While another process counts: a moment. */
  take(lane: OrderLane): number {
    if (!this.#isMine()) return BUSY_MS;
    try {
      const budget = new OrderBudget(this.#options, this.#stamps());
      const wait = budget.take(lane, this.#now());
      if (wait === 0) {
        const draft = `${this.#file}.${process.pid}`;
        writeFileSync(draft, Buffer.from(Float64Array.from(budget.stamps).buffer), { mode: 0o600 });
        renameSync(draft, this.#file);
      }
      return wait;
    } finally {
      rmSync(this.#lock, { force: true });
    }
  }

  #isMine(): boolean {
    try {
      closeSync(openSync(this.#lock, 'wx', 0o600));
      return true;
    } catch {
      // A process that died while counting leaves its lock behind.
      const since = statSync(this.#lock, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
      if (Date.now() - since > STALE_MS) rmSync(this.#lock, { force: true });
      return false;
    }
  }

  #stamps(): number[] {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#file);
    } catch {
      return [];
    }
    if (bytes.length % 8 !== 0)
      throw new AppError('SOS_DATA_CORRUPT', `expected whole stamps in ${this.#file}, found ${bytes.length} bytes`);
    return [...new Float64Array(new Uint8Array(bytes).buffer)];
  }
}
