import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, MS_PER_MINUTE, isAppError, parseIstDate } from '@sos/domain';
import { parseContractId } from '@sos/symbol-master';
import { WebSocketServer } from 'ws';
import type { CandleRequest, ProvidedCandles } from '../provider.js';
import { nodeRuntime, type ProviderRuntime } from '../runtime.js';
import { redact, type Secret } from '../secret.js';
import { BarLog } from './bar-log.js';
import {
  BRIDGE_VERSION,
  BridgeBar,
  bridgeText,
  type ClientMessage,
  type ServerBody,
  type ServerMessage,
} from './bridge-messages.js';
import { BridgePeer } from './bridge-peer.js';

/** The settings of a data bridge. */
export interface DataBridgeServerOptions {
  /** What a client must bring; null lets everybody in who reaches the port. */
  readonly token: Secret | null;
  /** Bars of the past, for clients that ask; without it they are refused. */
  readonly history?: (request: CandleRequest) => AsyncIterable<ProvidedCandles>;
  /** Closed bars kept for clients that come back. */
  readonly keep?: number;
  /** Bytes that may wait for one client before it gets nothing more. */
  readonly bufferBytes?: number;
  readonly runtime?: Pick<ProviderRuntime, 'now'>;
}

/** A running data bridge. */
export interface DataBridgeServer {
  /** Listens and tells its address, `ws://127.0.0.1:8765`. */
  listen(port?: number, host?: string): Promise<string>;
  /** Sends a bar to every client: a closed one is numbered and kept, of a running one only the newest state matters. @throws SOS_INPUT for a bar of another layout */
  publish(bar: BridgeBar): void;
  /** Tells clients the newest number, so that they see what they miss; ends clients that take nothing for too long. Called every two seconds by itself. */
  heartbeat(): void;
  report(): {
    readonly session: string;
    readonly newest: number;
    readonly clients: number;
    readonly slowClients: number;
  };
  close(): Promise<void>;
}

const KEEP = 20_000;
const BUFFER_BYTES = 1 << 20;
const HEARTBEAT_MS = 2_000;
const REFUSED = 'HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** The data bridge of the first seed as a server: pushes bars to every client, numbered, with back-pressure, and answers for the past. */
export function createDataBridgeServer(options: DataBridgeServerOptions): DataBridgeServer {
  const { token, keep = KEEP, bufferBytes = BUFFER_BYTES, runtime = nodeRuntime } = options;
  const log = new BarLog(keep);
  const peers = new Set<BridgePeer>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 16 });
  const server = createServer((_request, response) => response.writeHead(404).end());
  let slowClients = 0;
  const said = (body: ServerBody, seq: number | null = null): string =>
    bridgeText({ v: BRIDGE_VERSION, session: log.session, ts: runtime.now(), seq, ...body } as ServerMessage);
  const answer = (peer: BridgePeer, { data }: HistoryCall): Promise<void> =>
    tellHistory(data, options.history, (body) => peer.tell(said(body)));
  server.on('upgrade', (request, socket, head) => {
    if (!isAdmitted(request, token)) return void socket.end(REFUSED);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const peer: BridgePeer = new BridgePeer(ws, {
        log,
        bufferBytes,
        onHistory: (message) => void answer(peer, message),
        lost: (from, to) => said({ type: 'lost', data: { from, to } }),
      });
      peers.add(peer);
      ws.on('close', () => peers.delete(peer));
      peer.tell(said({ type: 'hello', data: { newest: log.newest, heartbeatMs: HEARTBEAT_MS } }));
    });
    return undefined;
  });
  const heartbeat = (): void => {
    for (const peer of peers)
      if (!peer.heartbeat(said({ type: 'heartbeat', data: { newest: log.newest } }))) slowClients++;
  };
  const timer = setInterval(heartbeat, HEARTBEAT_MS);
  timer.unref();
  return {
    listen: (port = 0, host = '127.0.0.1') =>
      new Promise((resolve) => {
        server.listen(port, host, () => resolve(`ws://${host}:${(server.address() as AddressInfo).port}`));
      }),
    publish: (bar) => {
      const parsed = BridgeBar.safeParse(bar);
      if (!parsed.success)
        throw new AppError('SOS_INPUT', `expected a bar for the bridge, found: ${parsed.error.message}`);
      if (bar.closed) log.add((seq) => said({ type: 'bar', data: parsed.data }, seq));
      for (const peer of peers) {
        if (bar.closed) peer.pump();
        else peer.tellRunning(bar.contract, said({ type: 'bar', data: parsed.data }));
      }
    },
    heartbeat,
    report: () => ({ session: log.session, newest: log.newest, clients: peers.size, slowClients }),
    close: async () => {
      clearInterval(timer);
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isAdmitted({ headers }: IncomingMessage, token: Secret | null): boolean {
  if (token === null) return true;
  const [found, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token.reveal()}`)];
  return found.length === wanted.length && timingSafeEqual(found, wanted);
}

type HistoryCall = Extract<ClientMessage, { type: 'history' }>;

async function tellHistory(
  { request, contract, from, to }: HistoryCall['data'],
  history: DataBridgeServerOptions['history'],
  tell: (body: ServerBody) => void,
): Promise<void> {
  try {
    if (history === undefined) throw new AppError('SOS_NO_DATA', 'expected a bridge with history, found one without');
    const days = { from: parseIstDate(from), to: parseIstDate(to) };
    for await (const { candles } of history({ contract: parseContractId(contract), ...days }))
      tell({ type: 'history', data: { request, bars: bridgeBars(candles), last: false } });
    tell({ type: 'history', data: { request, bars: [], last: true } });
  } catch (error) {
    const known = isAppError(error) ? error : new AppError('SOS_NETWORK', 'the history of the bridge failed');
    tell({ type: 'refused', data: { request, code: known.code, message: redact(known.message) } });
  }
}

/** Closed bars of a batch as they cross the bridge. */
export function bridgeBars({ contract, bars }: ProvidedCandles['candles']): BridgeBar[] {
  const size = (value: number | undefined): number | null =>
    value === undefined || Number.isNaN(value) ? null : value;
  return Array.from(bars.time, (time, i) => ({
    contract: contract.id,
    start: time - MS_PER_MINUTE,
    minutes: 1,
    open: bars.open[i] as number,
    high: bars.high[i] as number,
    low: bars.low[i] as number,
    close: bars.close[i] as number,
    volume: size(bars.volume[i]),
    openInterest: size(bars.openInterest[i]),
    closed: true,
  }));
}
