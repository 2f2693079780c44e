import { z } from 'zod';

/** One thing that the vendor said: a heartbeat to be given back, who it is on connecting, or a call with its parameters. */
export type TvMessage =
  | { readonly kind: 'heartbeat'; readonly payload: string }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'call'; readonly method: string; readonly params: readonly unknown[] };

const MOST_CHARACTERS = 16 * 1024 * 1024;
const HEADER = /~m~(\d{1,8})~m~/y;
const NEXT_HEADER = /~m~\d{1,8}~m~/g;
// The beginning of a header whose rest is still to come.
const HALF_HEADER = /^(?:~|~m|~m~\d{0,8}|~m~\d{1,8}~|~m~\d{1,8}~m)$/;
const LONGEST_HALF = 12;
const HEARTBEAT = /^~h~\d+$/;
const Call = z.looseObject({ m: z.string(), p: z.array(z.unknown()).default([]) });
const Greeting = z.looseObject({ session_id: z.string() });

/** A payload in its frame. The length counts characters as JavaScript does (UTF-16 units), not bytes. */
export function frameOf(payload: string): string {
  return `~m~${payload.length}~m~${payload}`;
}

/** A call in its frame, as the bytes of a text message. */
export function callFrame(method: string, params: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(frameOf(JSON.stringify({ m: method, p: params })));
}

/** The vendor's heartbeat given back. */
export function heartbeatFrame(payload: string): Uint8Array {
  return new TextEncoder().encode(frameOf(payload));
}

/**
 * Reads frames from socket messages: several frames in one message, one frame over several messages. What cannot be read is told and left out,
 * and reading goes on at the next frame, also where that lies inside the length that a cut-off frame claimed.
 */
export class FrameReader {
  private readonly onCorrupt: (reason: string) => void;
  private decoder = new TextDecoder();
  private text = '';

  constructor(onCorrupt: (reason: string) => void) {
    this.onCorrupt = onCorrupt;
  }

  /** Forgets what is unfinished: for a new connection. */
  reset(): void {
    this.decoder = new TextDecoder();
    this.text = '';
  }

  /** The messages that are whole with this piece. */
  push(bytes: Uint8Array): TvMessage[] {
    this.text += this.decoder.decode(bytes, { stream: true });
    const found: TvMessage[] = [];
    let at = 0;
    while (at < this.text.length) {
      const next = this.read(at, found);
      if (next === at) break;
      at = next;
    }
    this.text = this.text.slice(at);
    return found;
  }

  /** Reads the frame at `at`; where reading goes on, `at` itself when more must come first. */
  private read(at: number, found: TvMessage[]): number {
    HEADER.lastIndex = at;
    const header = HEADER.exec(this.text);
    if (header === null) {
      if (this.text.length - at <= LONGEST_HALF && HALF_HEADER.test(this.text.slice(at))) return at;
      this.onCorrupt(`expected a TradingView frame ~m~length~m~, found "${this.text.slice(at, at + 20)}"`);
      return this.nextFrame(at + 1, this.text.length);
    }
    const start = at + header[0].length;
    const length = Number(header[1]);
    if (length > MOST_CHARACTERS) {
      this.onCorrupt(`expected a TradingView frame of at most ${MOST_CHARACTERS} characters, found one of ${length}`);
      return this.nextFrame(start, this.text.length);
    }
    const end = start + length;
    if (this.text.length < end) return at;
    const message = messageOf(this.text.slice(start, end));
    if (message !== null) {
      found.push(message);
      return end;
    }
    this.onCorrupt(`expected a TradingView message, found "${this.text.slice(start, Math.min(end, start + 80))}"`);
    return this.nextFrame(start, end);
  }

  private nextFrame(from: number, end: number): number {
    NEXT_HEADER.lastIndex = from;
    const next = NEXT_HEADER.exec(this.text)?.index ?? end;
    return Math.min(next, end);
  }
}

function messageOf(payload: string): TvMessage | null {
  if (HEARTBEAT.test(payload)) return { kind: 'heartbeat', payload };
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return null;
  }
  const call = Call.safeParse(value);
  if (call.success) return { kind: 'call', method: call.data.m, params: call.data.p };
  return Greeting.safeParse(value).success ? { kind: 'greeting' } : null;
}
