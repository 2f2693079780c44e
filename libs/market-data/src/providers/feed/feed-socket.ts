import { WebSocket } from 'ws';

/** What a feed hears of one socket; nothing after `close`. */
export interface SocketEvents {
  open(): void;
  message(frame: Uint8Array): void;
  /** The other side answered a ping, or pinged itself. */
  alive(): void;
  /** The socket is over; `status` is the HTTP status of a refused handshake, else 0. */
  close(reason: string, status: number): void;
}

/** One connection of a feed. */
export interface FeedSocket {
  send(message: Uint8Array): void;
  ping(): void;
  /** Ends the connection at once, without waiting for the other side. */
  terminate(): void;
}

/** How a vendor wants to be spoken to. */
export interface SocketOptions {
  /** Headers of the handshake. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What is sent is UTF-8 text in text frames; else binary frames. */
  readonly text?: boolean;
}

/** Opens a socket. */
export type ConnectSocket = (url: string, events: SocketEvents, options?: SocketOptions) => FeedSocket;

const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const HANDSHAKE_MS = 10_000;

/** Opens a WebSocket; compression is off, as decoding time counts and frames are small. */
export const connectSocket: ConnectSocket = (url, events, { headers = {}, text = false } = {}) => {
  const socket = new WebSocket(url, {
    headers,
    perMessageDeflate: false,
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MAX_FRAME_BYTES,
    followRedirects: true,
  });
  let status = 0;
  let fault = '';
  socket.on('open', () => events.open());
  socket.on('message', (data) => {
    if (data instanceof Buffer) events.message(data);
  });
  socket.on('pong', () => events.alive());
  socket.on('ping', () => events.alive());
  socket.on('unexpected-response', (_request, response) => {
    status = response.statusCode ?? 0;
    fault = `handshake answered with HTTP ${status}`;
    socket.terminate();
  });
  socket.on('error', (error) => {
    fault ||= error.message;
  });
  socket.on('close', (code) => events.close(fault === '' ? `closed with code ${code}` : fault, status));
  return {
    send: (message) => socket.send(message, { binary: !text }, () => undefined),
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    terminate: () => socket.terminate(),
  };
};
