import type { MarketSource } from '@sos/backtester';
import type { Underlying } from '@sos/domain';
import type { RecordedMessages } from '@sos/market-data';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { FaultMenu, type FaultScriptInput } from './faults.js';
import { RecordedPlay } from './market/recorded-play.js';
import { SimulatedExchange } from './market/simulated-exchange.js';
import type { SimClock } from './sim-clock.js';
import { strikeFault } from './strike-fault.js';
import { candleRoutes } from './upstox/candle-routes.js';
import { FeedServer } from './upstox/feed-server.js';
import { loginRoutes, type SimulatedApp } from './upstox/login-routes.js';
import { isInputMistake, marketRoutes } from './upstox/market-routes.js';
import { quoteRoutes } from './upstox/quote-routes.js';
import { RateGuard } from './upstox/rate-guard.js';
import { TokenOffice } from './upstox/token-office.js';
import { INVALID_TOKEN, NOT_FOUND, TOO_MANY, UpstoxError } from './upstox/upstox-error.js';

/** The settings of a stand-in. */
export interface ExchangeServerOptions {
  /** Where its market comes from: the simulated market, or recorded days of the store. */
  readonly market: MarketSource;
  readonly clock: SimClock;
  readonly underlyings?: readonly Underlying[];
  readonly faults?: FaultScriptInput;
  /** Recorded messages for the feed, with the contracts that they are of; the feed then sends nothing else. */
  readonly recorded?: RecordedMessages;
  /** Tokens that are valid without a login, for clients that bring their own. */
  readonly tokens?: readonly string[];
  readonly app?: SimulatedApp;
  /** Milliseconds of the client's time, which rate limits are counted in; the real one when left out. */
  readonly elapsed?: () => number;
}

/** A running stand-in. */
export interface ExchangeServer {
  /** Listens on this machine and tells its address, `http://127.0.0.1:41234`. */
  listen(port?: number): Promise<string>;
  /** Sends one round of the live feed; `main` calls it every second of market time. */
  turn(): Promise<void>;
  /** What clients did wrong and what faults did to them so far. */
  report(): {
    readonly rateLimitBreaches: number;
    readonly faultsStruck: number;
    readonly feedFrames: number;
    /** All recorded messages were sent. */
    readonly recordedOver: boolean;
    readonly messagesPlayed: number;
  };
  close(): Promise<void>;
}

const DEFAULT_APP: SimulatedApp = { clientId: 'sim-key', clientSecret: 'sim-secret' };
// Interfaces that answer without a login, as the vendor's do.
const OPEN_TO_ALL = [
  '/v2/login/',
  '/v3/historical-candle/',
  '/v2/market/holidays',
  '/v2/market/timings',
  '/market-quote/',
];

const FAULT_BODY = new UpstoxError(500, 'UDAPI100500', 'simulated fault').body();

function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const known =
    error instanceof UpstoxError
      ? error
      : isInputMistake(error)
        ? new UpstoxError(400, 'UDAPI100036', 'Invalid Input')
        : new UpstoxError(500, 'UDAPI100500', 'Something went wrong');
  void reply.status(known.status).send(known.body());
}

interface Guards {
  readonly faults: FaultMenu;
  readonly rates: RateGuard;
  readonly office: TokenOffice;
  readonly exchange: SimulatedExchange;
}

function guard(app: FastifyInstance, { faults, rates, office, exchange }: Guards): void {
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const fault = faults.onRequest(decodeURIComponent(path), exchange.now());
    if (fault !== null) await strikeFault(fault, reply, FAULT_BODY);
    if (reply.sent || reply.raw.destroyed) return reply;
    const api = request.routeOptions.url ?? '';
    if (!path.startsWith('/market-quote/') && !rates.admits(api)) throw TOO_MANY();
    if (!OPEN_TO_ALL.some((start) => path.startsWith(start)) && !office.admits(request.headers.authorization))
      throw INVALID_TOKEN();
    return undefined;
  });
}

function readBodies(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  // The official SDK names JSON on requests without a body.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : (JSON.parse(String(body)) as unknown));
    } catch {
      done(new UpstoxError(400, 'UDAPI100038', 'Invalid input passed to the API'));
    }
  });
}

/** A server that speaks Upstox's REST and market feed on a market of its own, with the faults of a script. Every price is that of its source. */
export function createExchangeServer(options: ExchangeServerOptions): ExchangeServer {
  const { market, clock, underlyings = ['NIFTY', 'BANKNIFTY'], tokens = [] } = options;
  const faults = new FaultMenu(options.faults ?? {});
  const exchange = new SimulatedExchange(market, clock, underlyings);
  const rates = new RateGuard(options.elapsed ?? (() => performance.now()));
  const office = new TokenOffice(clock, faults, tokens);
  const recorded = options.recorded ? new RecordedPlay(options.recorded) : undefined;
  const feed = new FeedServer({ exchange, office, faults, recorded });
  const app = fastify({ routerOptions: { maxParamLength: 200 } });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(NOT_FOUND().body()));
  readBodies(app);
  guard(app, { faults, rates, office, exchange });
  loginRoutes(app, office, options.app ?? DEFAULT_APP);
  candleRoutes(app, exchange);
  marketRoutes(app, exchange, recorded);
  quoteRoutes(app, exchange);
  app.get('/v3/feed/market-data-feed/authorize', ({ headers }) => {
    const address = feed.address(headers.host ?? '');
    return { status: 'success', data: { authorized_redirect_uri: address, authorizedRedirectUri: address } };
  });
  app.server.on('upgrade', (request, socket, head) => feed.upgrade(request, socket, head));
  return {
    listen: (port = 0) => app.listen({ host: '127.0.0.1', port }),
    turn: () => feed.turn(),
    report: () => ({
      rateLimitBreaches: rates.breaches,
      faultsStruck: faults.struck,
      feedFrames: feed.frames,
      recordedOver: recorded?.isOver ?? false,
      messagesPlayed: recorded?.played ?? 0,
    }),
    close: async () => {
      feed.close();
      await app.close();
    },
  };
}
