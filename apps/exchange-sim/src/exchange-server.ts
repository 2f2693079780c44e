import type { MarketSource } from '@sos/backtester';
import type { EpochMs, Underlying } from '@sos/domain';
import type { RecordedMessages } from '@sos/market-data';
import { upstoxSegment } from '@sos/symbol-master';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { FaultScriptInput, RestFault } from './fault-script.js';
import { FaultMenu } from './faults.js';
import { RecordedPlay } from './market/recorded-play.js';
import { SimulatedExchange } from './market/simulated-exchange.js';
import type { SimClock } from './sim-clock.js';
import { strikeAnswer, strikeFault } from './strike-fault.js';
import { TradingFloor } from './trading/trading-floor.js';
import { accountRoutes } from './upstox/account-routes.js';
import { batchRoutes } from './upstox/batch-routes.js';
import { candleRoutes } from './upstox/candle-routes.js';
import { FeedServer } from './upstox/feed-server.js';
import { KillSwitch, type KillSwitchReading } from './upstox/kill-switch.js';
import { loginRoutes, type SimulatedApp } from './upstox/login-routes.js';
import { isInputMistake, marketRoutes } from './upstox/market-routes.js';
import { orderRoutes } from './upstox/order-routes.js';
import { PortfolioStream } from './upstox/portfolio-stream.js';
import { quoteRoutes } from './upstox/quote-routes.js';
import { ORDER_LIMITS, RateGuard } from './upstox/rate-guard.js';
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
  /** Money of the account at the start, in rupees; 10 lakh when left out. */
  readonly cashRupees?: number;
  /** What the action of a kill-switch request acts on: the segment (default) or the switch; the vendor's papers allow both. */
  readonly killSwitchReading?: KillSwitchReading;
  /** Milliseconds of the client's time, which rate limits are counted in; the real one when left out. */
  readonly elapsed?: () => number;
}

/** A running stand-in. */
export interface ExchangeServer {
  /** Listens on this machine and tells its address, `http://127.0.0.1:41234`. */
  listen(port?: number): Promise<string>;
  /** Lets the market of now meet the orders and sends one round of the live feed; `main` calls it every second of market time. */
  turn(): Promise<void>;
  /** What clients did wrong and what faults did to them so far. */
  report(): {
    readonly rateLimitBreaches: number;
    readonly faultsStruck: number;
    readonly feedFrames: number;
    readonly portfolioUpdates: number;
    readonly orders: number;
    readonly trades: number;
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

const DEFAULT_CASH_RUPEES = 1_000_000;
const ORDER_MESSAGES = /^\/v[23]\/order\/(place|modify|cancel|multi\/place|multi\/cancel|positions\/exit)$/;
const ORDERS = 'orders';

const faultBody = (fault: RestFault): object =>
  fault.fault === 'status' && fault.status === 429
    ? TOO_MANY().body()
    : new UpstoxError(500, 'UDAPI100500', 'simulated fault').body();

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
  readonly orderRates: RateGuard;
  readonly office: TokenOffice;
  readonly exchange: SimulatedExchange;
}

/** A token, within the limits, unless a fault strikes first; one that strikes after the work does so before the answer is sent. */
function guard(app: FastifyInstance, { faults, rates, orderRates, office, exchange }: Guards): void {
  const afterwards = new WeakMap<FastifyRequest, RestFault>();
  app.addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const fault = faults.onRequest(decodeURIComponent(path), exchange.now(), request.method);
    if (fault?.stage === 'after') afterwards.set(request, fault);
    else if (fault !== null) await strikeFault(fault, reply, faultBody(fault));
    if (reply.sent || reply.raw.destroyed) return reply;
    const isAdmitted = ORDER_MESSAGES.test(path)
      ? orderRates.admits(ORDERS)
      : path.startsWith('/market-quote/') || rates.admits(request.routeOptions.url ?? '');
    if (!isAdmitted) throw TOO_MANY();
    if (!OPEN_TO_ALL.some((start) => path.startsWith(start)) && !office.admits(request.headers.authorization))
      throw INVALID_TOKEN();
    return undefined;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const now = exchange.now();
    // The vendor's clock is that of its market.
    reply.header('date', new Date(now + faults.skewAt(now)).toUTCString());
    const fault = afterwards.get(request);
    return fault === undefined ? payload : strikeAnswer(fault, reply, { payload, body: faultBody(fault) });
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

/** What a stand-in is made of. */
interface Parts {
  readonly exchange: SimulatedExchange;
  readonly faults: FaultMenu;
  readonly office: TokenOffice;
  readonly rates: RateGuard;
  readonly orderRates: RateGuard;
  readonly recorded: RecordedPlay | undefined;
  readonly floor: TradingFloor;
  readonly feed: FeedServer;
  readonly portfolio: PortfolioStream;
  readonly killSwitch: KillSwitch;
}

function assemble(options: ExchangeServerOptions): Parts {
  const {
    market,
    clock,
    underlyings = ['NIFTY', 'BANKNIFTY'],
    tokens = [],
    cashRupees = DEFAULT_CASH_RUPEES,
  } = options;
  const faults = new FaultMenu(options.faults ?? {});
  const exchange = new SimulatedExchange(market, clock, underlyings);
  exchange.disturbBy(faults);
  const elapsed = options.elapsed ?? (() => performance.now());
  const office = new TokenOffice(clock, faults, tokens);
  const recorded = options.recorded ? new RecordedPlay(options.recorded) : undefined;
  const now = (): EpochMs => exchange.now();
  const portfolio = new PortfolioStream({ office, faults, now });
  const floor = new TradingFloor({
    exchange,
    faults,
    recorded,
    cashPaise: Math.round(cashRupees * 100),
    onUpdates: (updates, isBeforeAnswer) => portfolio.tell(updates, isBeforeAnswer),
  });
  const { desk } = floor;
  const killSwitch = new KillSwitch({
    now,
    reading: options.killSwitchReading ?? 'segment',
    hasPositions: (segment) =>
      desk.account.positions().some((p) => p.quantity !== 0 && upstoxSegment(p.contract.underlying) === segment),
    cancelOrders: (segment) => {
      for (const order of desk.live())
        if (upstoxSegment(order.ticket.contract.underlying) === segment) desk.cancel(order, 'Kill switch');
    },
  });
  const feed = new FeedServer({ exchange, office, faults, recorded, onPlayed: (message) => floor.play(message) });
  const rates = new RateGuard(elapsed);
  const orderRates = new RateGuard(elapsed, ORDER_LIMITS);
  return { exchange, faults, office, rates, orderRates, recorded, floor, feed, portfolio, killSwitch };
}

function addRoutes(app: FastifyInstance, parts: Parts, known: SimulatedApp): void {
  const { exchange, office, recorded, floor, feed, portfolio, killSwitch, orderRates } = parts;
  loginRoutes(app, office, known);
  candleRoutes(app, exchange);
  marketRoutes(app, exchange, recorded);
  quoteRoutes(app, exchange);
  const orders = { floor, killSwitch, countMessages: (messages: number) => orderRates.count(ORDERS, messages) };
  orderRoutes(app, orders);
  batchRoutes(app, orders);
  accountRoutes(app, { floor, killSwitch, endSession: (authorization) => office.revoke(authorization) });
  const authorized = (address: string): object => ({
    status: 'success',
    data: { authorized_redirect_uri: address, authorizedRedirectUri: address },
  });
  app.get('/v3/feed/market-data-feed/authorize', ({ headers }) => authorized(feed.address(headers.host ?? '')));
  app.get<{ Querystring: { update_types?: string } }>(
    '/v2/feed/portfolio-stream-feed/authorize',
    ({ headers, query }) => authorized(portfolio.address(headers.host ?? '', query.update_types ?? 'order')),
  );
  app.server.on('upgrade', (request, socket, head) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    (portfolio.concerns(path) ? portfolio : feed).upgrade(request, socket, head);
  });
}

/** A server that speaks Upstox's REST, orders, market feed and portfolio stream on a market of its own, with the faults of a script. Every price is that of its source. */
export function createExchangeServer(options: ExchangeServerOptions): ExchangeServer {
  const parts = assemble(options);
  const { rates, orderRates, faults, feed, portfolio, floor, recorded } = parts;
  // Requests that a fault keeps waiting must not keep the server from closing.
  const app = fastify({ routerOptions: { maxParamLength: 200 }, forceCloseConnections: true });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(NOT_FOUND().body()));
  readBodies(app);
  guard(app, parts);
  addRoutes(app, parts, options.app ?? DEFAULT_APP);
  return {
    listen: (port = 0) => app.listen({ host: '127.0.0.1', port }),
    turn: async () => {
      await floor.turn();
      await feed.turn();
    },
    report: () => ({
      rateLimitBreaches: rates.breaches + orderRates.breaches,
      faultsStruck: faults.struck,
      feedFrames: feed.frames,
      portfolioUpdates: portfolio.updates,
      orders: floor.desk.all().length,
      trades: floor.desk.trades().length,
      recordedOver: recorded?.isOver ?? false,
      messagesPlayed: recorded?.played ?? 0,
    }),
    close: async () => {
      feed.close();
      portfolio.close();
      await app.close();
    },
  };
}
