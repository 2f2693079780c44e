import { WebSocket } from 'ws';

/** What a stream hears of one socket; nothing after `close`. */
export interface TextSocketEvents {
  open(): void;
  message(text: string): void;
  /** The other side answered a ping, or pinged itself. */
  alive(): void;
  /** `status` is the HTTP status of a refused handshake, else 0. */
  close(status: number): void;
}

/** One connection. */
export interface TextSocket {
  ping(): void;
  terminate(): void;
}

/** Opens a connection. */
export type ConnectTextSocket = (url: string, events: TextSocketEvents) => TextSocket;

/** Opens a WebSocket of Node.js. */
export const connectTextSocket: ConnectTextSocket = (url, events) => {
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    handshakeTimeout: 10_000,
    maxPayload: 1 << 20,
    followRedirects: true,
  });
  let status = 0;
  socket.on('open', () => events.open());
  socket.on('message', (data: Buffer) => events.message(data.toString('utf8')));
  socket.on('ping', () => events.alive());
  socket.on('pong', () => events.alive());
  socket.on('unexpected-response', (_request, response) => {
    status = response.statusCode ?? 0;
    socket.terminate();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => events.close(status));
  return {
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping();
    },
    terminate: () => socket.terminate(),
  };
};
