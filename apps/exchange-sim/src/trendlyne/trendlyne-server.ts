import {
  isAppError,
  istInstant,
  isUnderlying,
  parseIstDate,
  type Contract,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { previousTradingDay } from '@sos/rulebook';
import { futureContract, parseTrendlyneContract, parseTrendlyneExpirySlug } from '@sos/symbol-master';
import type { FastifyInstance } from 'fastify';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import {
  cookiesOf,
  createSiteServer,
  looksLikeBrowser,
  type SiteServer,
  type SiteServerOptions,
} from '../site-server.js';
import { buildupRows } from './buildup-rows.js';
import { liveOiBody, liveOiNotYet } from './live-oi-answer.js';

/** The settings of the stand-in of Trendlyne. */
export interface TrendlyneServerOptions extends SiteServerOptions {
  /**
   * What the site does with the window of a `live-oi-data` request: `honoured`; `ignored`, the newest figures with the window that they are of; `ignored-silently`,
   * the newest figures with the window that was asked for.
   */
  readonly timeWindow?: 'honoured' | 'ignored' | 'ignored-silently';
}

type Query = Readonly<Record<string, string | undefined>>;
type Params = Readonly<Record<string, string>>;

const API = '/phoenix/api';
const TOKEN = 'sim-csrf-token';
// Seen in the wild as list, number and text.
const STOCKS: readonly { readonly stock_id: string | number | readonly string[]; readonly stock_code: string }[] = [
  { stock_id: ['1887'], stock_code: 'NIFTY' },
  { stock_id: 1898, stock_code: 'BANKNIFTY' },
  { stock_id: '20374', stock_code: 'FINNIFTY' },
  { stock_id: 9001, stock_code: 'NIFTYNXT50' },
];

const fine = (body: object): object => ({
  head: { status: '0', statusDescription: 'Success', responseCode: null },
  body,
});
const refused = (statusDescription: string): object => ({
  head: { status: '1', statusDescription, responseCode: null },
  body: {},
});

function underlyingOfId(id: string | undefined): Underlying | null {
  const code = STOCKS.find(({ stock_id }) => String(stock_id) === id)?.stock_code ?? '';
  return isUnderlying(code) ? code : null;
}

async function expiryDates(exchange: SimulatedExchange, query: Query): Promise<IstDate[] | null> {
  const underlying = underlyingOfId(query['stock_id']);
  if (underlying === null || !exchange.underlyings.includes(underlying)) return null;
  const kind = query['mtype'] === 'futures' ? 'future' : 'option';
  const listed = await exchange.listed(underlying);
  return [...new Set(listed.flatMap((c) => (c.kind !== 'index' && c.kind === kind ? [c.expiry] : [])))].sort();
}

interface Wanted {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly date: IstDate;
  readonly from: string;
  readonly to: string;
}

const padded = (clock: string): string => clock.padStart(5, '0');

async function wantedOf(exchange: SimulatedExchange, query: Query): Promise<Wanted | null> {
  const underlying = underlyingOfId(query['stockId']);
  const [expiry, from, to] = [query['expDateList'], query['minTime'], query['maxTime']];
  if (underlying === null || expiry === undefined || from === undefined || to === undefined) return null;
  const date = query['tradingDate'] ?? (await exchange.listingDay(underlying))?.date;
  if (date === undefined) return null;
  return { underlying, expiry: parseIstDate(expiry), date: parseIstDate(date), from: padded(from), to: padded(to) };
}

async function liveOi(exchange: SimulatedExchange, query: Query, timeWindow: string): Promise<object> {
  const wanted = await wantedOf(exchange, query);
  if (wanted === null) return refused('Invalid parameters');
  const { underlying, expiry, date, from, to } = wanted;
  const tape = (await exchange.day(underlying, date))?.chains.find((chain) => chain.expiry === expiry);
  if (tape === undefined) return refused('No data');
  const now = exchange.now();
  const until = timeWindow === 'honoured' ? Math.min(istInstant(date, to), now) : now;
  const row = tape.availableAt.findLastIndex((at) => at <= until);
  if (row < 0) return fine(liveOiNotYet({ expiry, date, at: now }));
  const yesterday = await exchange.day(underlying, previousTradingDay(date));
  const before = yesterday?.chains.find((chain) => chain.expiry === expiry) ?? null;
  const served = timeWindow === 'ignored' ? { from: '09:15', to: '15:30' } : { from, to };
  return fine(liveOiBody({ tape, row, before, date, ...served, isSliderHidden: timeWindow !== 'honoured' }));
}

/** The contract of a buildup address; the word after its expiry counts from the front. @throws SOS_UNKNOWN_SYMBOL, SOS_INPUT */
async function contractOf(exchange: SimulatedExchange, params: Params, query: Query): Promise<Contract | null> {
  const [, date = '', word = ''] = /^(\d{2}-[a-z]{3}-\d{4})-(near|next|far)$/.exec(params['expiry'] ?? '') ?? [];
  const stockCode = params['code'] ?? '';
  if (!isUnderlying(stockCode)) return null;
  const expiry = parseTrendlyneExpirySlug(`${date}-near`);
  const kind = query['fno_mtype'] === 'options' ? 'options' : 'futures';
  const id = String(STOCKS.find(({ stock_code }) => stock_code === stockCode)?.stock_id);
  const at = ((await expiryDates(exchange, { mtype: kind, stock_id: id })) ?? []).indexOf(expiry);
  if (at < 0 || word !== (['near', 'next'][at] ?? 'far')) return null;
  if (kind === 'futures') return futureContract(stockCode, expiry);
  const optionType = query['option_type'] === 'put' ? 'put' : 'call';
  const strikePrice = Number(query['strikePrice']);
  return parseTrendlyneContract({ stockCode, expirySlug: `${date}-near`, strikePrice, optionType });
}

async function buildups(exchange: SimulatedExchange, contract: Contract | null, minutes: number): Promise<object> {
  const date = contract === null ? undefined : (await exchange.listingDay(contract.underlying))?.date;
  const instrument = contract === null || date === undefined ? null : await exchange.instrument(contract, date);
  if (instrument === null || date === undefined) return refused('No data');
  const rows = buildupRows(instrument.barsUntil(exchange.now()), minutes);
  return fine({ data_v2: rows, tableData: [], last_price: null });
}

function routes(app: FastifyInstance, exchange: SimulatedExchange, timeWindow: string): void {
  app.setErrorHandler((error, _request, reply) =>
    isAppError(error) && error.kind === 'InputError'
      ? reply.send(refused('Invalid parameters'))
      : reply.status(500).send('<html>Server Error</html>'),
  );
  app.get('/', (_request, reply) =>
    reply
      .header('Set-Cookie', `csrftoken=${TOKEN}; Path=/; Max-Age=31449600; SameSite=Lax`)
      .type('text/html')
      .send('<html>SIMULATED</html>'),
  );
  app.get<{ Querystring: Query }>(`${API}/search-contract-stock/`, ({ query }) => {
    const wanted = (query['query'] ?? '').toUpperCase();
    return fine({ data: STOCKS.filter(({ stock_code }) => stock_code.includes(wanted)) });
  });
  app.get<{ Querystring: Query }>(`${API}/fno/get-expiry-dates/`, async ({ query }) => {
    const dates = await expiryDates(exchange, query);
    return dates === null ? refused('Invalid stock') : fine({ expiryDates: dates });
  });
  app.get<{ Querystring: Query }>(`${API}/live-oi-data/`, ({ query }) => liveOi(exchange, query, timeWindow));
  for (const minutes of [5, 15])
    app.get<{ Querystring: Query; Params: Params }>(
      `${API}/fno/buildup-${minutes}/:expiry/:code/`,
      async ({ params, query }) => buildups(exchange, await contractOf(exchange, params, query), minutes),
    );
}

/**
 * A server that speaks as Trendlyne's option pages do: a token in a cookie that must come back in a header, status in the head of each answer, totals of call and put
 * changes swapped, open interest in units, and a window of time that is looked at or not.
 */
export function createTrendlyneServer(options: TrendlyneServerOptions): SiteServer {
  return createSiteServer(options, {
    minIntervalMs: 200,
    refuses: (request) => {
      if (!looksLikeBrowser(request)) return 403;
      if (request.url === '/') return null;
      const isKnown = cookiesOf(request).get('csrftoken') === TOKEN && request.headers['x-csrftoken'] === TOKEN;
      return isKnown ? null : 403;
    },
    routes: (app, exchange) => routes(app, exchange, options.timeWindow ?? 'honoured'),
  });
}
