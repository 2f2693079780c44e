import { SOCKET_VERSION, type ServerMessage } from '@sos/contracts';
import type { Said } from './replay-session.js';

// A client that was away for longer is told everything anew.
const KEPT_MESSAGES = 400;

/** Numbers what a session says, keeps the last of it, and passes it to whoever listens: what was said while nobody listened can be said again. */
export class SessionLine {
  readonly #kept: ServerMessage[] = [];
  #seq = 0;
  #listener: ((message: ServerMessage) => void) | null = null;

  say(message: Said): void {
    const numbered: ServerMessage = { v: SOCKET_VERSION, seq: ++this.#seq, ...message };
    this.#kept.push(numbered);
    if (this.#kept.length > KEPT_MESSAGES) this.#kept.shift();
    this.#listener?.(numbered);
  }

  listen(listener: ((message: ServerMessage) => void) | null): void {
    this.#listener = listener;
  }

  /** Says again what came after a message; false when that is no longer kept. */
  repeatAfter(seq: number): boolean {
    const first = this.#kept[0]?.seq ?? this.#seq + 1;
    if (seq > this.#seq || seq + 1 < first) return false;
    for (const message of this.#kept) if (message.seq > seq) this.#listener?.(message);
    return true;
  }
}
