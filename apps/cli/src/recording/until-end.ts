import { AppError, type EpochMs } from '@sos/domain';
import type { CliIo } from '../terminal/cli-io.js';

const LOOK_MS = 250;

/** Why a recording ends. */
export type RecordingEnd = 'time' | 'interrupted' | AppError;

/** A wait that ends at an instant of the clock, on Ctrl+C or SIGTERM, or when the recording cannot go on. */
export class UntilEnd {
  private end: RecordingEnd | null = null;
  private readonly io: CliIo;
  private readonly until: EpochMs;

  constructor(io: CliIo, until: EpochMs) {
    this.io = io;
    this.until = until;
  }

  /** The vendor wants a new login: what was recorded is kept. */
  loginNeeded(reason: string): void {
    this.end ??= new AppError('SOS_AUTH', reason);
  }

  async wait(): Promise<RecordingEnd> {
    // The program's own answer to Ctrl+C is to leave at once.
    const leave = process.listeners('SIGINT');
    process.removeAllListeners('SIGINT');
    const interrupt = (): void => {
      this.end ??= 'interrupted';
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    try {
      while (this.end === null && this.io.now() < this.until) await new Promise((done) => setTimeout(done, LOOK_MS));
      return this.end ?? 'time';
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      for (const listener of leave) process.on('SIGINT', listener);
    }
  }
}
