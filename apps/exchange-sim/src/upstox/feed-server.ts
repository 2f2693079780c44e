import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Contract, EpochMs } from '@sos/domain';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import type { FaultMenu } from '../faults.js';
import type { PlayedMessage, RecordedPlay } from '../market/recorded-play.js';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { FEED_MODES, encodeFeed, encodeMarketInfo, type FeedItem, type WireMode } from './encode-feed.js';
import { frameOfFeeds } from './encode-recorded.js';
import { ProtoWriter } from './proto-writer.js';
import type { TokenOffice } from './token-office.js';

const ENTRY = '/v3/feed/market-data-feed';
const FEEDS = '/market-data-feeder/v3/upstox-developer-api/feeds';
const SEGMENTS = ['NSE_EQ', 'NSE_FO', 'NSE_INDEX', 'BSE_EQ', 'BSE_FO', 'BSE_INDEX'];
const OPEN = 2;
const CLOSED = 3;
const CONNECTIONS = 2;

const Control = z.object({
  method: z.enum(['sub', 'change_mode', 'unsub']),
  data: z.object({ mode: z.enum(FEED_MODES).optional(), instrumentKeys: z.array(z.string()).max(5_000) }),
});

interface Subscribed {
  readonly contract: Contract;
  mode: WireMode;
  /** What was sent last, to send changes only. */
  print: string;
}

interface Client {
  readonly socket: WebSocket;
  readonly subscriptions: Map<string, Subscribed>;
  /** Frames that a fault holds back for the next turn. */
  readonly held: Uint8Array[];
  status: number;
}

/** The parts of the stand-in that the feed uses. */
export interface FeedServerOptions {
  readonly exchange: SimulatedExchange;
  readonly office: TokenOffice;
  readonly faults: FaultMenu;
  /** Told of each recorded message at its time. */
  readonly onPlayed?: (message: PlayedMessage) => void;
  /** Recorded messages, sent as they were recorded instead of the market's figures for their instruments. */
  readonly recorded?: RecordedPlay | undefined;
}

/** The market feed v3 over WebSocket: redirect or one-time code, binary control messages, protobuf frames. */
export class FeedServer {
  private readonly options: FeedServerOptions;
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  private readonly clients = new Set<Client>();
  private sent = 0;
  private playing = false;

  constructor(options: FeedServerOptions) {
    this.options = options;
  }

  /** Data frames sent so far, duplicates not counted. */
  get frames(): number {
    return this.sent;
  }

  /** The address with a fresh code, as the authorize interface gives it. */
  address(host: string): string {
    return `ws://${host}${FEEDS}?requestId=sim&code=${this.options.office.feedCode()}`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://sim');
    if (url.pathname === ENTRY) {
      const admitted = this.options.office.admits(request.headers.authorization);
      const answer = admitted
        ? `302 Found\r\nLocation: ${this.address(request.headers.host ?? '')}`
        : '401 Unauthorized';
      socket.end(`HTTP/1.1 ${answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    if (url.pathname !== FEEDS || !this.options.office.spendFeedCode(url.searchParams.get('code') ?? '')) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (ws) => this.join(ws));
  }

  /** Sends what changed since the last turn. */
  async turn(): Promise<void> {
    const now = this.options.exchange.now();
    if (this.options.faults.isTokenDead(now)) return;
    await this.play(now);
    for (const client of [...this.clients]) {
      this.tellStatus(client, now);
      const items = await this.items(client, [...client.subscriptions.keys()]);
      const changed = items.filter(({ key, state }) => {
        const subscribed = client.subscriptions.get(key);
        const { lastPrice, bid, ask, bidQty, askQty, volumeToday, openInterest } = state;
        const print = [lastPrice, bid, ask, bidQty, askQty, volumeToday, openInterest].join();
        if (subscribed === undefined || subscribed.print === print) return false;
        subscribed.print = print;
        return true;
      });
      for (const late of client.held.splice(0)) client.socket.send(late);
      if (changed.length > 0) this.send(client, encodeFeed(changed, now, false));
    }
  }

  /** Each recorded message in a frame of its own, as it was sent; a round that takes longer than a turn is not begun twice. */
  private async play(now: EpochMs): Promise<void> {
    const { recorded } = this.options;
    if (!recorded || this.playing) return;
    this.playing = true;
    try {
      for await (const message of recorded.until(now)) {
        // What was recorded during a halt that never was is lost.
        if (this.options.exchange.isHalted()) continue;
        this.options.onPlayed?.(message);
        this.sendPlayed(message);
      }
    } finally {
      this.playing = false;
    }
  }

  private sendPlayed({ at, key, feed }: PlayedMessage): void {
    for (const client of this.clients)
      if (client.subscriptions.has(key)) this.send(client, frameOfFeeds([[key, feed]], at, false));
  }

  close(): void {
    for (const { socket } of this.clients) socket.terminate();
    this.sockets.close();
  }

  private join(socket: WebSocket): void {
    // A user has two connections: one more ends the oldest.
    const oldest = [...this.clients][0];
    if (this.clients.size >= CONNECTIONS) oldest?.socket.close(1000);
    const client: Client = { socket, subscriptions: new Map(), held: [], status: -1 };
    this.clients.add(client);
    socket.on('close', () => this.clients.delete(client));
    socket.on('error', () => socket.terminate());
    // A text frame gets no answer and no data, as at the vendor.
    socket.on('message', (data, isBinary) => {
      if (isBinary && data instanceof Buffer) void this.control(client, data);
    });
    this.tellStatus(client, this.options.exchange.now());
  }

  private tellStatus(client: Client, now: EpochMs): void {
    const status = this.options.exchange.isOpen() ? OPEN : CLOSED;
    if (client.status === status) return;
    client.status = status;
    client.socket.send(encodeMarketInfo(SEGMENTS, status, now));
  }

  private async control(client: Client, data: Buffer): Promise<void> {
    let message: unknown;
    try {
      message = JSON.parse(data.toString('utf8'));
    } catch {
      return;
    }
    const parsed = Control.safeParse(message);
    if (!parsed.success) return;
    const { method, data: wanted } = parsed.data;
    if (method === 'unsub') {
      for (const key of wanted.instrumentKeys) client.subscriptions.delete(key);
      return;
    }
    for (const key of wanted.instrumentKeys) {
      const { exchange, recorded } = this.options;
      const contract = recorded?.contractOf(key) ?? (await exchange.contractOf(key));
      if (contract !== null) client.subscriptions.set(key, { contract, mode: wanted.mode ?? 'ltpc', print: '' });
    }
    const items = await this.items(client, wanted.instrumentKeys);
    if (items.length > 0) this.send(client, encodeFeed(items, this.options.exchange.now(), true));
    const { recorded, exchange } = this.options;
    const known = wanted.instrumentKeys.flatMap((key) => {
      const feed = recorded?.newestOf(key);
      return feed ? [[key, feed] as const] : [];
    });
    if (known.length > 0) this.send(client, frameOfFeeds(known, exchange.now(), true));
  }

  private async items(client: Client, keys: readonly string[]): Promise<FeedItem[]> {
    const items: FeedItem[] = [];
    // A recorded day has nothing but what was recorded: no other figure is mixed in.
    if (this.options.recorded) return items;
    for (const key of keys) {
      const subscribed = client.subscriptions.get(key);
      const state = subscribed === undefined ? null : await this.options.exchange.state(subscribed.contract);
      if (subscribed === undefined || state === null) continue;
      items.push({ key, isIndex: subscribed.contract.kind === 'index', mode: subscribed.mode, state });
    }
    return items;
  }

  private send(client: Client, frame: Uint8Array): void {
    const { socket } = client;
    this.sent++;
    const now = this.options.exchange.now();
    const fault = this.options.faults.onFrame(now);
    switch (fault?.fault) {
      case 'drop':
        return socket.terminate();
      case 'close':
        return socket.close(1000);
      case 'silent':
        return undefined;
      case 'late':
        client.held.push(frame);
        return undefined;
      case 'truncate':
        return socket.send(frame.subarray(0, frame.length >> 1));
      case 'wrong-clock':
        // Of a field that comes twice the later one counts.
        return socket.send(Buffer.concat([frame, new ProtoWriter().int(3, now + fault.ms).finish()]));
      case 'duplicate':
        socket.send(frame);
        return socket.send(frame);
      case undefined:
        return socket.send(frame);
    }
  }
}
