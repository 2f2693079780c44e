import { randomUUID } from 'node:crypto';
import type { ReplaySession } from './replay-session.js';
import type { ReplayTimer } from './replay-timer.js';
import type { SessionLine } from './session-line.js';

/** A session and its line. */
export interface OpenSession {
  readonly session: ReplaySession;
  readonly line: SessionLine;
}

interface Entry extends OpenSession {
  cancel: (() => void) | null;
}

/** How long a session waits for a client whose connection was lost. */
const GRACE_MS = 60_000;

/** The replays of this server by their id. One without a client runs on for a minute, so that a lost connection loses nothing. */
export class SessionTable {
  readonly #timer: ReplayTimer;
  readonly #entries = new Map<string, Entry>();

  constructor(timer: ReplayTimer) {
    this.#timer = timer;
  }

  get size(): number {
    return this.#entries.size;
  }

  newId(): string {
    return randomUUID();
  }

  add(open: OpenSession): void {
    this.#entries.set(open.session.id, { ...open, cancel: null });
  }

  /** Takes a session up again, or null when it is gone. */
  take(id: string): OpenSession | null {
    const entry = this.#entries.get(id);
    if (entry === undefined) return null;
    entry.cancel?.();
    entry.cancel = null;
    return entry;
  }

  /** The client is gone: the session ends unless it is taken up again in time. */
  leave(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.line.listen(null);
    entry.cancel?.();
    entry.cancel = this.#timer.after(GRACE_MS, () => this.end(id));
  }

  end(id: string): void {
    const entry = this.#entries.get(id);
    entry?.cancel?.();
    entry?.line.listen(null);
    entry?.session.stop();
    this.#entries.delete(id);
  }

  endAll(): void {
    for (const id of [...this.#entries.keys()]) this.end(id);
  }
}
