import { performance } from 'node:perf_hooks';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { SOCKET_VERSION } from '@sos/contracts';
import { isAppError } from '@sos/domain';
import type { FastifyInstance } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { STREAM_PROTOCOL } from '../access/access-rules.js';
import { AddressBudget } from '../access/address-budget.js';
import type { GateKeeper } from '../access/gate-keeper.js';
import { single, type ServerMetrics } from '../metrics/server-metrics.js';
import { serveReplay, type ReplayDesk } from '../replay/replay-socket.js';
import type { ServerParts } from '../server-parts.js';
import { ClientPipe, type PipeLimits } from './client-pipe.js';

const MOST_SOCKETS = 200;
const MOST_MESSAGE_BYTES = 16_384;
const MESSAGES = { perSecond: 50, burst: 200 };
const PING_MS = 30_000;
const GOING_AWAY = 1001;
const LAST_WORD_MS = 500;

/** What the stream needs. */
export interface StreamOptions {
  readonly parts: ServerParts;
  readonly desk: Omit<ReplayDesk, 'pipe' | 'budget'>;
  readonly keeper: GateKeeper;
  readonly metrics: ServerMetrics;
  readonly limits?: PipeLimits | undefined;
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

function refuse(socket: Duplex, status: number, headers = ''): void {
  socket.end(`HTTP/1.1 ${status} ${TITLES[status] ?? 'Error'}\r\n${headers}Connection: close\r\n\r\n`);
}

/** `/api/stream`: lets clients in, and ends them when the server ends. */
export class StreamServer {
  readonly #options: StreamOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_MESSAGE_BYTES,
    handleProtocols: (asked) => (asked.has(STREAM_PROTOCOL) ? STREAM_PROTOCOL : false),
  });
  readonly #silent = new WeakSet<WebSocket>();
  readonly #stopPings: () => void;
  #isStopping = false;

  constructor(app: FastifyInstance, options: StreamOptions) {
    this.#options = options;
    options.metrics.registry.gauge('sos_sockets', 'Open sockets.', () => single(this.#sockets.clients.size));
    app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy());
      const status = this.#refusal(request);
      if (status !== null) return refuse(socket, status, status === 429 ? 'Retry-After: 1\r\n' : '');
      this.#sockets.handleUpgrade(request, socket, head, (client) => this.#serve(client));
    });
    const handle = setInterval(() => this.#ping(), PING_MS);
    handle.unref();
    this.#stopPings = () => clearInterval(handle);
  }

  /** Tells every client that the server goes away; resolves when all are gone, at the latest half a second later. */
  async close(): Promise<void> {
    this.#isStopping = true;
    this.#stopPings();
    const gone = [...this.#sockets.clients].map(
      (client) => new Promise<void>((resolve) => void client.once('close', () => resolve())),
    );
    for (const client of this.#sockets.clients) client.close(GOING_AWAY, 'the server is stopping');
    const handle = setTimeout(() => {
      for (const client of this.#sockets.clients) client.terminate();
    }, LAST_WORD_MS);
    await Promise.all(gone);
    clearTimeout(handle);
    this.#sockets.close();
  }

  #refusal(request: IncomingMessage): number | null {
    if (this.#isStopping || this.#sockets.clients.size >= MOST_SOCKETS) return 503;
    const { headers } = request;
    const address = request.socket.remoteAddress ?? 'unknown';
    try {
      this.#options.keeper.admit({ headers, address, errand: 'sockets', isPublic: false });
    } catch (error) {
      if (isAppError(error) && error.code === 'SOS_RATE_LIMIT') return 429;
      return headers['sec-websocket-protocol'] === undefined && headers.authorization === undefined ? 403 : 401;
    }
    return request.url === '/api/stream' ? null : 403;
  }

  #serve(client: WebSocket): void {
    const { parts, desk, metrics, limits } = this.#options;
    const budget = new AddressBudget(MESSAGES, () => performance.now());
    const pipe: ClientPipe = new ClientPipe({
      socket: client,
      timer: desk.timer,
      metrics,
      limits,
      onCaughtUp: () => replay.present(),
    });
    const replay = serveReplay(client, { ...desk, pipe, budget });
    const stopJobs = parts.jobs.follow((job) => pipe.send({ v: SOCKET_VERSION, seq: 0, type: 'job', job }));
    client.on('pong', () => this.#silent.delete(client));
    // A broken frame or a lost connection: the socket closes by itself.
    client.on('error', () => undefined);
    client.once('close', () => {
      stopJobs();
      pipe.end();
    });
  }

  // A connection that died without a word would be held for ever.
  #ping(): void {
    for (const client of this.#sockets.clients) {
      if (this.#silent.has(client)) {
        this.#options.metrics.cut.add({ reason: 'silent' });
        client.terminate();
      } else {
        this.#silent.add(client);
        client.ping();
      }
    }
  }
}
