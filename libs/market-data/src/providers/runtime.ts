import { setTimeout as delay } from 'node:timers/promises';
import type { EpochMs } from '@sos/domain';
import { connectSocket, type ConnectSocket } from './feed/feed-socket.js';

/** Everything a provider uses of the outside world, so that tests run it in virtual time without a network. */
export interface ProviderRuntime {
  /** HTTP as the platform offers it. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly connect: ConnectSocket;
  /** The wall clock. */
  now(): EpochMs;
  /** Milliseconds of a clock that never jumps. */
  monotonic(): number;
  /** Resolves after `ms`, or at once when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Uniform in [0, 1): for the jitter of retries only. */
  random(): number;
}

/** The outside world as Node.js gives it. */
export const nodeRuntime: ProviderRuntime = {
  fetch: (url, init) => fetch(url, init),
  connect: connectSocket,
  now: () => Date.now() as EpochMs,
  monotonic: () => performance.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
  random: () => Math.random(),
};
