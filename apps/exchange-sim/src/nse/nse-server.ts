import {
  addDays,
  formatIst,
  isUnderlying,
  parseIstDate,
  weekdayOf,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { holidayOn } from '@sos/rulebook';
import { formatNseDate, indexContract, parseNseDate } from '@sos/symbol-master';
import type { FastifyInstance } from 'fastify';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { createSiteServer, looksLikeBrowser, type SiteServer, type SiteServerOptions } from '../site-server.js';
import { chainAnswer, chainNotYet, nseStampOf } from './chain-answer.js';
import { CookieOffice } from './cookie-office.js';
import { sendPacked } from './packed-json.js';

/** Shares that rose, fell and stayed. */
export interface BreadthCounts {
  readonly advances: number;
  readonly declines: number;
  readonly unchanged: number;
}

/** The settings of the stand-in of NSE's site. */
export interface NseServerOptions extends SiteServerOptions {
  /** Breadth at an instant: a market of indices knows no shares, so the user says it. Left out, the site counts nothing yet. */
  readonly breadth?: (now: EpochMs) => BreadthCounts | null;
}

type Query = Readonly<Record<string, string | undefined>>;

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const PAGES = ['/', '/option-chain', '/market-data/live-equity-market'];
const INDEX_NAMES: Readonly<Partial<Record<Underlying, readonly [index: string, symbol: string]>>> = {
  NIFTY: ['NIFTY 50', 'NIFTY 50'],
  BANKNIFTY: ['NIFTY BANK', 'NIFTY BANK'],
  FINNIFTY: ['NIFTY FINANCIAL SERVICES', 'NIFTY FIN SERVICE'],
  MIDCPNIFTY: ['NIFTY MIDCAP SELECT', 'NIFTY MID SELECT'],
};

function symbolOf(query: Query, exchange: SimulatedExchange): Underlying | null {
  const symbol = query['symbol'] ?? '';
  return isUnderlying(symbol) && symbol !== 'SENSEX' && exchange.underlyings.includes(symbol) ? symbol : null;
}

async function expiriesOf(exchange: SimulatedExchange, underlying: Underlying): Promise<IstDate[]> {
  const day = await exchange.listingDay(underlying);
  const today = exchange.today();
  return (day?.chains ?? []).map((chain) => chain.expiry).filter((expiry) => expiry >= today);
}

async function chain(exchange: SimulatedExchange, query: Query): Promise<object> {
  const underlying = symbolOf(query, exchange);
  const expiry = parseNseDate(query['expiry'] ?? '');
  if (underlying === null || expiry === null || query['type'] !== 'Indices') return {};
  const expiries = await expiriesOf(exchange, underlying);
  if (!expiries.includes(expiry)) return {};
  const found = await exchange.chain(underlying, expiry);
  return found === null ? chainNotYet(underlying, expiries) : chainAnswer(found.tape, found.row, expiries);
}

async function contractInfo(exchange: SimulatedExchange, query: Query): Promise<object> {
  const underlying = symbolOf(query, exchange);
  if (underlying === null) return {};
  const day = await exchange.listingDay(underlying);
  const strikes = new Set((day?.chains ?? []).flatMap((tape) => [...tape.strikes]));
  return {
    expiryDates: (await expiriesOf(exchange, underlying)).map(formatNseDate),
    strikePrice: [...strikes].sort((a, b) => a - b).map(String),
  };
}

async function allIndices(exchange: SimulatedExchange): Promise<object> {
  const data: object[] = [];
  for (const underlying of exchange.underlyings) {
    const [index, indexSymbol] = INDEX_NAMES[underlying] ?? [];
    const state = await exchange.state(indexContract(underlying));
    if (index === undefined || state === null) continue;
    const { lastPrice, previousClose, day } = state;
    const variation = Number((lastPrice - previousClose).toFixed(2));
    data.push({
      key: 'INDICES ELIGIBLE IN DERIVATIVES',
      index,
      indexSymbol,
      last: lastPrice,
      variation: Number.isFinite(variation) ? variation : 0,
      open: day?.open,
      high: day?.high,
      low: day?.low,
      previousClose: Number.isFinite(previousClose) ? previousClose : 0,
    });
  }
  const timestamp = data.length === 0 ? '' : nseStampOf(exchange.now()).slice(0, -':00'.length);
  return { data, timestamp };
}

function advances(now: EpochMs, counts: BreadthCounts | null): object {
  const { advances: up, declines: down, unchanged } = counts ?? { advances: 0, declines: 0, unchanged: 0 };
  const count = { Advances: up, Declines: down, Unchange: unchanged, Total: up + down + unchanged };
  return { timestamp: nseStampOf(now), advance: { indetifier: 'Advances', count, data: [] } };
}

function holidays(year: string): object {
  const days: object[] = [];
  for (let date = parseIstDate(`${year}-01-01`); date.startsWith(year); date = addDays(date, 1)) {
    const holiday = holidayOn(date);
    if (holiday === null) continue;
    days.push({
      tradingDate: formatNseDate(date),
      weekDay: WEEKDAYS[weekdayOf(date)],
      description: holiday.name,
      morning_session: '',
      evening_session: '',
      Sr_no: days.length + 1,
    });
  }
  return { CM: days, FO: days };
}

function routes(app: FastifyInstance, exchange: SimulatedExchange, { breadth }: NseServerOptions): void {
  app.get<{ Querystring: Query }>('/api/option-chain-v3', async (request, reply) =>
    sendPacked(request, reply, await chain(exchange, request.query)),
  );
  app.get<{ Querystring: Query }>('/api/option-chain-contract-info', async (request, reply) =>
    sendPacked(request, reply, await contractInfo(exchange, request.query)),
  );
  app.get('/api/allIndices', async (request, reply) => sendPacked(request, reply, await allIndices(exchange)));
  app.get('/api/live-analysis-advance', (request, reply) =>
    sendPacked(request, reply, advances(exchange.now(), breadth?.(exchange.now()) ?? null)),
  );
  app.get<{ Querystring: Query }>('/api/holiday-master', (request, reply) =>
    sendPacked(
      request,
      reply,
      ['trading', 'clearing'].includes(request.query['type'] ?? '')
        ? holidays(formatIst(exchange.now()).slice(0, 4))
        : {},
    ),
  );
}

/**
 * A server that speaks as NSE's web site does: pages that hand out cookies, interfaces that answer only to them and to programs that look like a browser,
 * packed answers, one request a second.
 */
export function createNseServer(options: NseServerOptions): SiteServer {
  const office = new CookieOffice(options.elapsed ?? (() => performance.now()));
  return createSiteServer(options, {
    minIntervalMs: 1_000,
    refuses: (request) => {
      if (!looksLikeBrowser(request)) return 403;
      return PAGES.includes(request.url.split('?')[0] ?? '') || office.admits(request) ? null : 401;
    },
    routes: (app, exchange) => {
      for (const page of PAGES)
        app.get(page, (request, reply) => {
          const cookies = page === '/' ? office.welcome() : office.further(request);
          return reply.header('Set-Cookie', cookies).type('text/html').send('<html>SIMULATED</html>');
        });
      routes(app, exchange, options);
    },
  });
}
