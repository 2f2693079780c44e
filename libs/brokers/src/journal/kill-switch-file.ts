import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@sos/domain';
import { RELEASE_WORDS } from '@sos/engine';
import { systemCode } from './system-code.js';

/**
 * The kill switch as a file: whoever can write into the folder can throw it, and it survives everything but its release. An unreadable file counts as thrown.
 */
export class KillSwitchFile {
  readonly file: string;

  constructor(folder: string) {
    this.file = path.join(folder, 'KILL');
  }

  /** Why it is thrown; null while it is not. */
  killed(): string | null {
    try {
      return readFileSync(this.file, 'utf8').trim() || 'thrown without a reason';
    } catch (error) {
      const isAbsent = systemCode(error) === 'ENOENT';
      return isAbsent ? null : 'the kill switch cannot be read';
    }
  }

  /** Throws it; durable when this returns. The first reason stays. */
  engage(reason: string): void {
    mkdirSync(path.dirname(this.file), { recursive: true, mode: 0o700 });
    if (this.killed() !== null) return;
    const draft = `${this.file}.${process.pid}`;
    const handle = openSync(draft, 'w', 0o600);
    writeSync(handle, `${reason}\n`);
    fsyncSync(handle);
    closeSync(handle);
    renameSync(draft, this.file);
  }

  /** Releases it. @throws SOS_INPUT unless exactly the words of release were typed */
  release(confirmation: string): void {
    if (confirmation !== RELEASE_WORDS)
      throw new AppError(
        'SOS_INPUT',
        `expected the words "${RELEASE_WORDS}" to release the kill switch, found "${confirmation}"`,
      );
    rmSync(this.file, { force: true });
  }
}
