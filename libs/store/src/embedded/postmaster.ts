import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';

import { errnoOf } from './folder-error.js';
import { isProcessAlive } from './process-state.js';

/** What postmaster.pid says of a running server. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** Reads postmaster.pid: null when there is none, it is unreadable yet, or its process is dead or a zombie. */
export function readPostmaster(path: string): Postmaster | null {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EBUSY'].includes(errnoOf(error))) return null;
    throw error;
  }
  const pid = Math.abs(Number(lines[0]));
  const port = Number(lines[3]);
  if (!isProcessAlive(pid) || !Number.isInteger(port) || port <= 0) return null;
  return { pid, port, ready: (lines[7] ?? '').trim() === 'ready' };
}

/** Removes a postmaster.pid whose server is dead: a zombie that nobody collects would block pg_ctl for ever. */
export function removeDeadPidFile(path: string): void {
  let pid: number;
  try {
    pid = Math.abs(Number(readFileSync(path, 'utf8').split('\n')[0]));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  if (!isProcessAlive(pid)) rmSync(path, { force: true });
}

/** True when something accepts connections on a loopback port. */
export function answers(port: number, timeoutMs = 1_000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (result: boolean): void => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(timeoutMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
