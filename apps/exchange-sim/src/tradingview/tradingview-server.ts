import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MarketSource } from '@sos/backtester';
import type { Underlying } from '@sos/domain';
import { WebSocketServer } from 'ws';
import type { FaultScriptInput } from '../fault-script.js';
import { FaultMenu } from '../faults.js';
import { SimulatedExchange } from '../market/simulated-exchange.js';
import type { SimClock } from '../sim-clock.js';
import { TradingViewConnection, type TradingViewHost } from './tradingview-connection.js';

/** The settings of a stand-in of TradingView. */
export interface TradingViewServerOptions {
  /** Where its market comes from: the simulated market, or recorded days of the store. */
  readonly market: MarketSource;
  readonly clock: SimClock;
  readonly underlyings?: readonly Underlying[];
  /** Faults of `feed` strike the messages of the socket. */
  readonly faults?: FaultScriptInput;
  /** Auth tokens of logins that are known. */
  readonly tokens?: readonly string[];
  /** Bars that a series gives in all, without a login and with one. */
  readonly depth?: { readonly nobody: number; readonly loggedIn: number };
}

/** A running stand-in of TradingView. */
export interface TradingViewServer {
  /** Listens on this machine and tells the address of its socket, `ws://127.0.0.1:41234/socket.io/websocket`. */
  listen(port?: number): Promise<string>;
  /** Sends one round of changes and heartbeats. */
  turn(): Promise<void>;
  /** Clients that are connected, faults that struck, connections that were ended because a heartbeat was not answered. */
  report(): { readonly connections: number; readonly faultsStruck: number; readonly unanswered: number };
  close(): Promise<void>;
}

const PATH = '/socket.io/websocket';
const ORIGIN = 'https://www.tradingview.com';
const DEPTH = { nobody: 5_000, loggedIn: 20_000 };
const FORBIDDEN = 'HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

/** A server that speaks TradingView's socket on a market of its own, with the faults of a script. Every price is that of its source. */
export function createTradingViewServer(options: TradingViewServerOptions): TradingViewServer {
  const { market, clock, underlyings = ['NIFTY', 'BANKNIFTY'], tokens = [], depth = DEPTH } = options;
  const faults = new FaultMenu(options.faults ?? {});
  const exchange = new SimulatedExchange(market, clock, underlyings);
  const host: TradingViewHost = { exchange, faults, tokens: new Set(tokens), depth };
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  const connections = new Set<TradingViewConnection>();
  let unanswered = 0;
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('upgrade', (request, socket, head) => {
    const { pathname } = new URL(request.url ?? '/', 'http://sim');
    if (pathname !== PATH || request.headers.origin !== ORIGIN) return void socket.end(FORBIDDEN);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      const connection = new TradingViewConnection(ws, host);
      connections.add(connection);
      ws.on('close', () => connections.delete(connection));
    });
    return undefined;
  });
  return {
    listen: (port = 0) =>
      new Promise((resolve) => {
        server.listen(port, '127.0.0.1', () =>
          resolve(`ws://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`),
        );
      }),
    turn: async () => {
      for (const connection of [...connections]) if (!(await connection.turn())) unanswered++;
    },
    report: () => ({ connections: connections.size, faultsStruck: faults.struck, unanswered }),
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
