import { MS_PER_MINUTE, startOfIstDay, toIstIso, istDateOf, type Contract, type EpochMs } from '@sos/domain';
import type { FastifyInstance } from 'fastify';
import type { InstrumentState, StateBar } from '../market/instrument-day.js';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { quoteNameOf } from './contract-keys.js';
import { INVALID_KEY, UpstoxError } from './upstox-error.js';

type Query = Readonly<Record<string, string | undefined>>;

interface Quoted {
  readonly key: string;
  readonly contract: Contract;
  readonly state: InstrumentState;
}

const MOST_KEYS = 500;
const MOST_GREEK_KEYS = 50;
const INTERVAL_MINUTES: Readonly<Record<string, number>> = { I1: 1, I30: 30 };
const orZero = (value: number | undefined): number => (value !== undefined && Number.isFinite(value) ? value : 0);

function keysOf(query: Query, most: number): string[] {
  const keys = (query['instrument_key'] ?? '').split(',').filter((key) => key !== '');
  if (keys.length === 0) throw new UpstoxError(400, 'UDAPI1009', 'symbol is required');
  if (keys.length > most) throw new UpstoxError(400, 'UDAPI1027', `Instrument keys exceed the limit of ${most}`);
  return keys;
}

/** One row per instrument that has printed today, named by its trading symbol as the vendor names them. */
async function quotes(
  exchange: SimulatedExchange,
  keys: readonly string[],
  row: (quoted: Quoted) => Promise<object> | object,
): Promise<object> {
  const found: Record<string, object> = {};
  for (const key of keys) {
    const contract = await exchange.contractOf(key);
    if (contract === null) throw INVALID_KEY();
    const state = await exchange.state(contract);
    if (state !== null) found[quoteNameOf(contract)] = await row({ key, contract, state });
  }
  return { status: 'success', data: found };
}

const last = ({ key, state }: Quoted): Record<string, unknown> => ({
  last_price: state.lastPrice,
  instrument_token: key,
  // The size of the last print is not known from bars.
  ltq: 0,
  volume: orZero(state.volumeToday),
  cp: orZero(state.previousClose),
});

const wireBar = (bar: StateBar | null, start: number): object | null =>
  bar && {
    open: bar.open,
    high: bar.high,
    low: bar.low,
    close: bar.close,
    volume: orZero(bar.volume),
    ts: start,
  };

/** The finished and the running bar of an interval. */
async function barsOf(exchange: SimulatedExchange, { contract, state }: Quoted, interval: string): Promise<object> {
  if (interval === '1d') {
    const start = state.day ? startOfIstDay(istDateOf(state.day.start as EpochMs)) : 0;
    return { prev_ohlc: null, live_ohlc: wireBar(state.day, start) };
  }
  const minutes = INTERVAL_MINUTES[interval];
  if (minutes === undefined) throw new UpstoxError(400, 'UDAPI1028', 'Invalid interval');
  const day = await exchange.instrument(contract, exchange.today());
  const bars = day?.barsUntil(exchange.now()) ?? [];
  const origin = bars[0]?.start ?? 0;
  const groupOf = (bar: StateBar): number => Math.floor((bar.start - origin) / (minutes * MS_PER_MINUTE));
  const running = bars.length === 0 ? -1 : groupOf(bars.at(-1) as StateBar);
  const bar = (group: number): object | null =>
    wireBar(merged(bars.filter((one) => groupOf(one) === group)), origin + group * minutes * MS_PER_MINUTE);
  return { prev_ohlc: bar(running - 1), live_ohlc: bar(running) };
}

function merged(bars: readonly StateBar[]): StateBar | null {
  const [first, final] = [bars[0], bars.at(-1)];
  if (first === undefined || final === undefined) return null;
  return {
    ...first,
    high: Math.max(...bars.map((bar) => bar.high)),
    low: Math.min(...bars.map((bar) => bar.low)),
    close: final.close,
    volume: bars.reduce((sum, bar) => sum + orZero(bar.volume), 0),
    openInterest: final.openInterest,
  };
}

const level = (quantity: number, price: number): object => ({
  quantity: orZero(quantity),
  price: orZero(price),
  orders: Number.isFinite(price) ? 1 : 0,
});
const EMPTY = level(Number.NaN, Number.NaN);

/** The whole quote. What bars do not tell (deeper levels, circuits, the year, the auction) is 0, as the vendor writes what it does not have. */
function fullQuote({ key, contract, state }: Quoted, now: EpochMs): object {
  const { day, lastPrice, previousClose } = state;
  const side = (quantity: number, price: number): object[] => [level(quantity, price), EMPTY, EMPTY, EMPTY, EMPTY];
  return {
    ohlc: wireBar(day, day?.start ?? 0),
    depth: { buy: side(state.bidQty, state.bid), sell: side(state.askQty, state.ask) },
    timestamp: toIstIso(now),
    instrument_token: key,
    symbol: quoteNameOf(contract).replace(/^[^:]*:/, ''),
    last_price: lastPrice,
    volume: orZero(state.volumeToday),
    average_price: 0,
    oi: orZero(state.openInterest),
    net_change: Number.isFinite(previousClose) ? Number((lastPrice - previousClose).toFixed(2)) : 0,
    total_buy_quantity: orZero(state.bidQty),
    total_sell_quantity: orZero(state.askQty),
    lower_circuit_limit: 0,
    upper_circuit_limit: 0,
    last_trade_time: String(Math.floor(state.lastTradeTime)),
    oi_day_high: 0,
    oi_day_low: 0,
    prev_close_price: orZero(previousClose),
    year_high: 0,
    year_low: 0,
    previous_oi: 0,
    indicative_equilibrium_price: 0,
    reference_price: 0,
    indicative_equilibrium_quantity: 0,
    indicative_imbalance_quantity_total: 0,
    indicative_imbalance_quantity_market: 0,
    cas_eligible: false,
  };
}

/** Quotes v3: last prices, bars, Greeks, whole quotes. */
export function quoteRoutes(app: FastifyInstance, exchange: SimulatedExchange): void {
  app.get<{ Querystring: Query }>('/v3/market-quote/ltp', ({ query }) =>
    quotes(exchange, keysOf(query, MOST_KEYS), last),
  );

  app.get<{ Querystring: Query }>('/v3/market-quote/ohlc', ({ query }) =>
    quotes(exchange, keysOf(query, MOST_KEYS), async (quoted) => ({
      last_price: quoted.state.lastPrice,
      instrument_token: quoted.key,
      ...(await barsOf(exchange, quoted, query['interval'] ?? '')),
    })),
  );

  app.get<{ Querystring: Query }>('/v3/market-quote/option-greek', ({ query }) =>
    quotes(exchange, keysOf(query, MOST_GREEK_KEYS), (quoted) => ({
      ...last(quoted),
      // The market of the stand-in has prices, no Greeks.
      ...{ iv: 0, vega: 0, gamma: 0, theta: 0, delta: 0 },
      oi: orZero(quoted.state.openInterest),
    })),
  );

  app.get<{ Querystring: Query }>('/v3/market-quote/quotes', ({ query }) =>
    quotes(exchange, keysOf(query, MOST_KEYS), (quoted) => fullQuote(quoted, exchange.now())),
  );
}
