import type { WebSocket } from 'ws';
import type { BarLog } from './bar-log.js';
import { ClientMessage } from './bridge-messages.js';

/** What a peer needs of its bridge. */
export interface BridgePeerOptions {
  readonly log: BarLog;
  readonly bufferBytes: number;
  onHistory(message: Extract<ClientMessage, { type: 'history' }>): void;
  lost(from: number, to: number): string;
}

const POLICY = 1008;
// Heartbeats in which a client with a full buffer took nothing.
const SLOW_BEATS = 6;

/**
 * One client of the bridge. It has no queue: only the number of the last closed bar it was sent, from which sending goes on as soon as it takes
 * more, and the newest state of each running bar.
 */
export class BridgePeer {
  private readonly socket: WebSocket;
  private readonly options: BridgePeerOptions;
  private readonly running = new Map<string, string>();
  private sent: number | null = null;
  private fullBeats = 0;

  constructor(socket: WebSocket, options: BridgePeerOptions) {
    this.socket = socket;
    this.options = options;
    socket.on('message', (data) => this.take(String(data)));
    socket.on('error', () => socket.terminate());
  }

  tell(text: string): void {
    this.socket.send(text, () => this.pump());
  }

  /** The newest state of a running bar, sent at once or as soon as the client takes it. */
  tellRunning(contract: string, text: string): void {
    this.running.set(contract, text);
    this.pump();
  }

  /** Sends what is due as far as the client takes it. */
  pump(): void {
    const { log } = this.options;
    if (this.sent === null) return;
    if (this.sent + 1 < log.oldest) {
      this.socket.send(this.options.lost(this.sent + 1, log.oldest - 1));
      this.sent = log.oldest - 1;
    }
    while (this.sent < log.newest && this.hasRoom()) {
      this.sent++;
      this.socket.send(log.textOf(this.sent), () => this.pump());
    }
    if (this.sent < log.newest) return;
    for (const [contract, text] of this.running) {
      if (!this.hasRoom()) return;
      this.running.delete(contract);
      this.socket.send(text);
    }
  }

  /** Sends a heartbeat; false when the client was ended because it took nothing for too long. It can come back and resume. */
  heartbeat(text: string): boolean {
    this.fullBeats = this.hasRoom() ? 0 : this.fullBeats + 1;
    // The end of a socket takes a while to be told: it counts once.
    if (this.fullBeats === SLOW_BEATS) {
      this.socket.terminate();
      return false;
    }
    if (this.hasRoom()) this.tell(text);
    return true;
  }

  private hasRoom(): boolean {
    return this.socket.bufferedAmount < this.options.bufferBytes;
  }

  private take(text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return this.socket.close(POLICY, 'expected JSON');
    }
    const parsed = ClientMessage.safeParse(value);
    if (!parsed.success) return this.socket.close(POLICY, 'expected a message of version 1');
    if (parsed.data.type === 'history') this.options.onHistory(parsed.data);
    else this.resume(parsed.data.data);
    return undefined;
  }

  private resume({ session, after }: { session: string | null; after: number | null }): void {
    const { log } = this.options;
    // A client of an earlier run gets all of this one; what lies between it asks for as history.
    this.sent = after === null ? log.newest : session === log.session ? Math.min(after, log.newest) : 0;
    this.pump();
  }
}
