import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { errnoOf } from './folder-error.js';
import { isProcessAlive, processStart } from './process-state.js';

const POLL_MS = 40;
/** A holder that is alive but older than this hangs: no start of a local server takes so long. */
const MAX_HOLD_MS = 180_000;

/** Takes the lock file or reports false when another live process holds it. */
export function tryLock(path: string): boolean {
  try {
    writeFileSync(path, JSON.stringify({ pid: process.pid, start: processStart(process.pid) }), {
      flag: 'wx',
      mode: 0o600,
    });
    return true;
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  if (isStale(path)) discard(path);
  return false;
}

/** Gives the lock back; a missing file is no error. */
export function unlock(path: string): void {
  rmSync(path, { force: true });
}

/**
 * Runs `work` under the lock, or `otherwise` as soon as it yields something while another process holds it.
 * A lock whose holder died, became a zombie or lost its pid to another process is discarded.
 */
export async function withStartLock<T>(
  path: string,
  work: () => Promise<T>,
  otherwise: () => Promise<T | null>,
): Promise<T> {
  for (;;) {
    if (tryLock(path)) {
      try {
        return await work();
      } finally {
        unlock(path);
      }
    }
    const found = await otherwise();
    if (found !== null) return found;
    await sleep(POLL_MS);
  }
}

function isStale(path: string): boolean {
  try {
    const age = Date.now() - statSync(path).mtimeMs;
    const text = readFileSync(path, 'utf8');
    // An empty file is a lock being written this instant, unless its writer died between create and write.
    if (text === '') return age > 5_000;
    const holder: unknown = JSON.parse(text);
    if (typeof holder !== 'object' || holder === null || !('pid' in holder) || typeof holder.pid !== 'number')
      return true;
    if (!isProcessAlive(holder.pid) || age > MAX_HOLD_MS) return true;
    const start = 'start' in holder ? holder.start : null;
    return start !== null && start !== processStart(holder.pid);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}

/** Moves the stale file away first: of several waiters only one wins the rename, and a fresh lock caught by mistake is put back. */
function discard(path: string): void {
  const aside = `${path}.${process.pid}.stale`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  if (!isStale(aside)) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
  rmSync(aside, { force: true });
}
