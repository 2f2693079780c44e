import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@sos/domain';
import { systemCode } from './system-code.js';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Makes this process the only one that may send orders from a folder. The lock of a dead process is taken over. */
export class DeskLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** @throws SOS_CONFIG while another process holds it, naming the process */
  static take(folder: string): DeskLock {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, 'desk.lock');
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const handle = openSync(file, 'wx', 0o600);
        writeSync(handle, String(process.pid));
        closeSync(handle);
        return new DeskLock(file);
      } catch (error) {
        if (systemCode(error) !== 'EEXIST') throw error;
        const owner = Number(readOwner(file));
        if (owner > 0 && isAlive(owner))
          throw new AppError(
            'SOS_CONFIG',
            `expected no other process to trade from ${folder}, found process ${owner}`,
            { context: { pid: owner } },
          );
        // An empty lock is one that is being written at this moment: only a named, dead owner is cleared away.
        if (owner > 0) rmSync(file, { force: true });
      }
    }
    throw new AppError('SOS_CONFIG', `expected to take the lock ${file}, found it taken by others`);
  }

  release(): void {
    rmSync(this.#file, { force: true });
  }
}

function readOwner(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** The process that trades from a folder now; null when none does. */
export function deskOwner(folder: string): number | null {
  const owner = Number(readOwner(path.join(folder, 'desk.lock')));
  return owner > 0 && isAlive(owner) ? owner : null;
}
