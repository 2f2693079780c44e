import { gzipSync } from 'node:zlib';
import { addDays, isAppError, parseIstDate, type ChainSide, type IstDate, type OptionContract } from '@sos/domain';
import { holidayOn, sessionOf } from '@sos/rulebook';
import { optionContract, upstoxIndexKey } from '@sos/symbol-master';
import type { FastifyInstance } from 'fastify';
import type { RecordedPlay } from '../market/recorded-play.js';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { underlyingOfKey } from './candle-routes.js';
import { contractRow, keyOfContract, masterRow } from './contract-keys.js';
import { NOT_FOUND } from './upstox-error.js';

type Query = Readonly<Record<string, string | undefined>>;
type Params = Readonly<Record<string, string>>;

const orZero = (value: number | undefined): number => (value !== undefined && Number.isFinite(value) ? value : 0);
const success = (data: unknown): object => ({ status: 'success', data });

function leg(side: ChainSide, cell: number, option: OptionContract): object {
  return {
    instrument_key: keyOfContract(option),
    market_data: {
      ltp: orZero(side.ltp[cell]),
      volume: orZero(side.volume[cell]),
      oi: orZero(side.openInterest[cell]),
      close_price: 0,
      bid_price: orZero(side.bid[cell]),
      bid_qty: orZero(side.bidQty[cell]),
      ask_price: orZero(side.ask[cell]),
      ask_qty: orZero(side.askQty[cell]),
      prev_oi: 0,
    },
    option_greeks: { vega: 0, theta: 0, gamma: 0, delta: 0, iv: 0, pop: 0 },
  };
}

async function chainRows(
  exchange: SimulatedExchange,
  indexKey: string | undefined,
  expiryText: string,
): Promise<object[]> {
  const underlying = underlyingOfKey(indexKey);
  const expiry = parseIstDate(expiryText);
  const found = await exchange.chain(underlying, expiry);
  if (found === null) return [];
  const { tape, row } = found;
  return [...tape.strikes].map((strike, i) => {
    const cell = row * tape.strikes.length + i;
    const [calls, puts] = [orZero(tape.call.openInterest[cell]), orZero(tape.put.openInterest[cell])];
    return {
      expiry,
      pcr: calls > 0 ? Number((puts / calls).toFixed(4)) : 0,
      strike_price: strike,
      underlying_key: upstoxIndexKey(underlying),
      underlying_spot_price: orZero(tape.spot[row]),
      call_options: leg(tape.call, cell, optionContract({ underlying, expiry, strike, right: 'CE' })),
      put_options: leg(tape.put, cell, optionContract({ underlying, expiry, strike, right: 'PE' })),
    };
  });
}

function calendarDay(date: IstDate): object | null {
  const holiday = holidayOn(date);
  if (holiday === null) return null;
  return {
    date,
    description: holiday.name,
    holiday_type: 'TRADING_HOLIDAY',
    closed_exchanges: ['NSE', 'NFO', 'BSE', 'BFO'],
    open_exchanges: [],
  };
}

function holidaysOfYear(on: IstDate): object[] {
  const found: object[] = [];
  for (let date = `${on.slice(0, 4)}-01-01` as IstDate; date.startsWith(on.slice(0, 4)); date = addDays(date, 1)) {
    const day = calendarDay(date);
    if (day !== null) found.push(day);
  }
  return found;
}

/** Chains, quotes, calendar, instrument files. */
export function marketRoutes(
  app: FastifyInstance,
  exchange: SimulatedExchange,
  recorded: RecordedPlay | null = null,
): void {
  app.get<{ Querystring: Query }>('/v2/option/chain', async ({ query }) =>
    success(await chainRows(exchange, query['instrument_key'], query['expiry_date'] ?? '')),
  );

  app.get<{ Querystring: Query }>('/v2/option/contract', async ({ query }) => {
    const listed = await exchange.listed(underlyingOfKey(query['instrument_key']));
    const wanted = query['expiry_date'];
    const options = listed.filter((c) => c.kind === 'option' && (wanted === undefined || c.expiry === wanted));
    return success(options.map((c) => (c.kind === 'option' ? contractRow(c, exchange.today()) : null)));
  });

  app.get('/v2/market/holidays', () => success(holidaysOfYear(exchange.today())));

  app.get<{ Params: Params }>('/v2/market/timings/:date', ({ params }) => {
    const session = sessionOf(parseIstDate(params['date'] ?? ''));
    const hours = session === null ? [] : [{ start_time: session.open, end_time: session.close }];
    return success(hours.flatMap((h) => ['NSE', 'NFO'].map((name) => ({ exchange: name, ...h }))));
  });

  app.get<{ Params: Params }>('/v2/market/status/:exchange', ({ params }) => {
    const status = exchange.isOpen() ? 'NORMAL_OPEN' : 'NORMAL_CLOSE';
    return success({ exchange: params['exchange'], status, last_updated: exchange.now() });
  });

  app.get<{ Params: Params }>('/market-quote/instruments/exchange/:file', async ({ params }, reply) => {
    const name = /^(NSE|BSE|complete)\.json\.gz$/.exec(params['file'] ?? '')?.[1];
    if (name === undefined) throw NOT_FOUND();
    const rows: object[] = (recorded?.instruments() ?? []).map(({ key, contract }) => ({
      ...masterRow(contract, exchange.today()),
      instrument_key: key,
      exchange_token: key.slice(key.indexOf('|') + 1),
    }));
    for (const underlying of recorded ? [] : exchange.underlyings) {
      if (name !== 'complete' && (underlying === 'SENSEX' ? 'BSE' : 'NSE') !== name) continue;
      for (const contract of await exchange.listed(underlying)) rows.push(masterRow(contract, exchange.today()));
    }
    return reply.type('application/octet-stream').send(gzipSync(JSON.stringify(rows)));
  });
}

/** True for a mistake in a date or symbol of a request. */
export function isInputMistake(error: unknown): boolean {
  return isAppError(error) && error.kind === 'InputError';
}
