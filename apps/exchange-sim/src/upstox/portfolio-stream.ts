import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { EpochMs } from '@sos/domain';
import { WebSocketServer, type WebSocket } from 'ws';
import type { FaultMenu } from '../faults.js';
import type { DeskUpdate } from '../trading/order-desk.js';
import { orderUpdate, positionUpdate } from './order-rows.js';
import type { TokenOffice } from './token-office.js';

const ENTRY = '/v2/feed/portfolio-stream-feed';
const FEEDS = '/portfolio-stream-feeder/v1/upstox-developer-api/feeds';
const CONNECTIONS = 2;

interface Client {
  readonly socket: WebSocket;
  readonly types: ReadonlySet<string>;
  /** Updates that a fault holds back until the next one was sent. */
  readonly held: string[];
  isMute: boolean;
}

/** The parts of the stand-in that the stream uses. */
export interface PortfolioStreamOptions {
  readonly office: TokenOffice;
  readonly faults: FaultMenu;
  readonly now: () => EpochMs;
}

/** The portfolio stream v2 over WebSocket: order and position updates as JSON text. What a client missed is not sent again. */
export class PortfolioStream {
  private readonly options: PortfolioStreamOptions;
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20, autoPong: false });
  private readonly clients = new Set<Client>();
  private waiting: DeskUpdate[] = [];
  private sent = 0;

  constructor(options: PortfolioStreamOptions) {
    this.options = options;
  }

  /** Updates sent so far, duplicates not counted. */
  get updates(): number {
    return this.sent;
  }

  /** The address with a fresh code, as the authorize interface gives it. @param types wanted kinds of update, separated by commas */
  address(host: string, types: string): string {
    const wanted = encodeURIComponent(types);
    return `ws://${host}${FEEDS}?requestId=sim&code=${this.options.office.feedCode()}&update_types=${wanted}`;
  }

  /** True for a path of this stream. */
  concerns(path: string): boolean {
    return path === ENTRY || path === FEEDS;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://sim');
    const types = url.searchParams.get('update_types') ?? 'order';
    if (url.pathname === ENTRY) {
      const address = this.address(request.headers.host ?? '', types);
      const isKnown = this.options.office.admits(request.headers.authorization);
      const answer = isKnown ? `302 Found\r\nLocation: ${address}` : '401 Unauthorized';
      socket.end(`HTTP/1.1 ${answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    if (!this.options.office.spendFeedCode(url.searchParams.get('code') ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (ws) => this.join(ws, new Set(types.split(','))));
  }

  /** Tells clients what happened: after the answer to the request that made it happen, or at once. */
  tell(updates: readonly DeskUpdate[], atOnce: boolean): void {
    this.waiting.push(...updates);
    if (atOnce) this.flush();
    else setImmediate(() => this.flush());
  }

  close(): void {
    for (const { socket } of this.clients) socket.terminate();
    this.sockets.close();
  }

  private join(socket: WebSocket, types: ReadonlySet<string>): void {
    // A user has two connections: one more ends the oldest.
    const oldest = [...this.clients][0];
    if (this.clients.size >= CONNECTIONS) oldest?.socket.close(1000);
    const client: Client = { socket, types, held: [], isMute: false };
    this.clients.add(client);
    socket.on('close', () => this.clients.delete(client));
    socket.on('error', () => socket.terminate());
    socket.on('ping', (data) => {
      if (!client.isMute) socket.pong(data);
    });
  }

  private flush(): void {
    const updates = this.waiting;
    this.waiting = [];
    if (this.options.faults.isTokenDead(this.options.now())) return;
    for (const update of updates) {
      const row = update.kind === 'order' ? orderUpdate(update.order) : positionUpdate(update.position);
      const text = JSON.stringify(row);
      for (const client of this.clients) if (client.types.has(update.kind)) this.send(client, text);
    }
  }

  private send(client: Client, text: string): void {
    const { socket, held } = client;
    if (client.isMute) return undefined;
    const fault = this.options.faults.onUpdate(this.options.now());
    switch (fault?.fault) {
      case 'lost':
        return undefined;
      case 'silent':
        client.isMute = true;
        return undefined;
      case 'close':
        return socket.close(1000);
      case 'drop':
        return socket.terminate();
      case 'reordered':
        held.push(text);
        return undefined;
      case 'duplicate':
        socket.send(text);
        break;
      case undefined:
        break;
    }
    this.sent++;
    socket.send(text);
    for (const late of held.splice(0)) socket.send(late);
  }
}
