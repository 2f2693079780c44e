import { AppError } from '@sos/domain';
import type { FeedSocket } from '../feed/feed-socket.js';
import type { ProviderRuntime } from '../runtime.js';
import { printableCause, type Secret } from '../secret.js';
import { FrameReader, callFrame, heartbeatFrame } from './framing.js';
import { handshakeRefusal, REFUSALS, tradingViewRefusal } from './refusal.js';
import { NOBODY, ORIGIN } from './tradingview-config.js';

/** A call of the vendor. */
export interface TvCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a dialogue is made of. */
export interface DialogueOptions {
  readonly runtime: ProviderRuntime;
  readonly address: string;
  readonly token: Secret | null;
  /** Longest silence before an answer. */
  readonly timeoutMs: number;
}

/**
 * One connection for one asking: says who asks, sends calls, gives answers one by one and heartbeats back. A refusal of the vendor, a lost
 * connection, a frame that cannot be read and a silence are errors of the next answer.
 */
export class Dialogue {
  private readonly options: DialogueOptions;
  private readonly socket: FeedSocket;
  private readonly reader: FrameReader;
  private readonly inbox: TvCall[] = [];
  private readonly outbox: Uint8Array[] = [];
  private before: Uint8Array | null = null;
  private isOpen = false;
  private fault: AppError | null = null;
  private wake: () => void = () => undefined;

  constructor(options: DialogueOptions) {
    this.options = options;
    this.reader = new FrameReader((reason) => {
      this.fail(new AppError('SOS_NETWORK', `${reason}; ask again`));
    });
    const events = {
      open: () => this.opened(),
      message: (bytes: Uint8Array) => this.take(bytes),
      alive: () => undefined,
      close: (reason: string, status: number) => this.fail(handshakeRefusal(printableCause(reason).message, status)),
    };
    this.socket = options.runtime.connect(options.address, events, { headers: { Origin: ORIGIN }, text: true });
    this.call('set_auth_token', [options.token?.reveal() ?? NOBODY]);
  }

  call(method: string, params: readonly unknown[]): void {
    const frame = callFrame(method, params);
    if (this.isOpen) this.socket.send(frame);
    else this.outbox.push(frame);
  }

  /**
   * The next call of the vendor, in its order.
   * @throws what the vendor's refusal means, SOS_NETWORK when the connection is lost or silent
   */
  async next(): Promise<TvCall> {
    const { runtime, timeoutMs } = this.options;
    const deadline = runtime.monotonic() + timeoutMs;
    for (;;) {
      const call = this.inbox.shift();
      if (call !== undefined) return this.admitted(call);
      if (this.fault !== null) throw this.fault;
      const left = deadline - runtime.monotonic();
      if (left <= 0)
        throw new AppError('SOS_NETWORK', `expected an answer of TradingView within ${timeoutMs} ms, found none`);
      await this.pause(left);
    }
  }

  end(): void {
    this.fault ??= new AppError('SOS_NETWORK', 'the dialogue with TradingView is over');
    this.socket.terminate();
  }

  private admitted(call: TvCall): TvCall {
    const { token } = this.options;
    if (REFUSALS.has(call.method)) throw tradingViewRefusal(call.method, call.params, token === null ? [] : [token]);
    return call;
  }

  private async pause(ms: number): Promise<void> {
    const over = new AbortController();
    this.wake = () => over.abort();
    await this.options.runtime.sleep(ms, over.signal);
    this.wake = () => undefined;
  }

  private opened(): void {
    this.isOpen = true;
    for (const frame of this.outbox.splice(0)) this.socket.send(frame);
  }

  private take(bytes: Uint8Array): void {
    // A message twice in a row is a doubled one: its end of a page would be taken for that of the next.
    if (this.before !== null && Buffer.compare(this.before, bytes) === 0) return;
    this.before = bytes;
    for (const message of this.reader.push(bytes)) {
      if (message.kind === 'heartbeat') this.socket.send(heartbeatFrame(message.payload));
      else if (message.kind === 'call') this.inbox.push(message);
    }
    if (this.inbox.length > 0) this.wake();
  }

  private fail(fault: AppError): void {
    this.fault ??= fault;
    this.wake();
  }
}
