import { readFileSync } from 'node:fs';

import { errnoOf } from './folder-error.js';

/** True when a process exists and is not a zombie (a dead one that its parent never collected). */
export function isProcessAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errnoOf(error) === 'EPERM' && !isZombie(pid);
  }
  return !isZombie(pid);
}

/** True on Linux for a process in state Z; false elsewhere, where the question does not arise in practice. */
export function isZombie(pid: number): boolean {
  return stateOf(pid)?.state === 'Z';
}

/** Start time of a process in clock ticks since boot (Linux), to tell a reused pid from the original; null elsewhere. */
export function processStart(pid: number): string | null {
  return stateOf(pid)?.start ?? null;
}

function stateOf(pid: number): { state: string; start: string } | null {
  if (process.platform !== 'linux') return null;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name in parentheses may hold spaces and parentheses itself; fields are counted after its last one.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return null;
  }
}
