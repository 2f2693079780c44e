import { daysBetween, isAppError, parseIstDate, type Contract, type IstDate, type Underlying } from '@sos/domain';
import { tradingDays } from '@sos/rulebook';
import { parseUpstoxExpiredKey, parseUpstoxIndexKey, upstoxExpiredKey } from '@sos/symbol-master';
import type { FastifyInstance } from 'fastify';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { candleRows, type WireCandle } from './candle-rows.js';
import { contractRow, keyOfContract } from './contract-keys.js';
import { INVALID_KEY, UpstoxError } from './upstox-error.js';

const UNITS: Readonly<Record<string, { readonly most: number; readonly minutes: number }>> = {
  minutes: { most: 300, minutes: 1 },
  hours: { most: 5, minutes: 60 },
  days: { most: 1, minutes: 1440 },
};
const MONTH_DAYS = 31;
const QUARTER_DAYS = 92;
const DAYS_LIMIT = 3653;

const success = (data: unknown): object => ({ status: 'success', data });

function dateOf(text: string | undefined): IstDate {
  try {
    return parseIstDate(text ?? '');
  } catch {
    throw new UpstoxError(400, 'UDAPI1015', 'to_date must be greater than or equal to from_date');
  }
}

function minutesOf(unit: string | undefined, interval: string | undefined): number {
  const known = UNITS[unit ?? ''];
  if (known === undefined) throw new UpstoxError(400, 'UDAPI1146', 'Invalid unit');
  const count = Number(interval);
  if (!Number.isInteger(count) || count < 1 || count > known.most)
    throw new UpstoxError(400, 'UDAPI1147', 'Invalid interval');
  return count * known.minutes;
}

function checkRange(from: IstDate, to: IstDate, minutes: number): void {
  const days = daysBetween(from, to);
  if (days < 0) throw new UpstoxError(400, 'UDAPI1015', 'to_date must be greater than or equal to from_date');
  const most = minutes <= 15 ? MONTH_DAYS : minutes < 1440 ? QUARTER_DAYS : DAYS_LIMIT;
  if (days > most) throw new UpstoxError(400, 'UDAPI1148', 'Invalid date range');
}

/** The underlying of an index key. */
export function underlyingOfKey(key: string | undefined): Underlying {
  try {
    return parseUpstoxIndexKey(key ?? '').underlying;
  } catch {
    throw INVALID_KEY();
  }
}

interface Range {
  readonly from: IstDate;
  readonly to: IstDate;
  readonly minutes: number;
}

async function candles(exchange: SimulatedExchange, contract: Contract, range: Range): Promise<WireCandle[]> {
  const found: WireCandle[] = [];
  for (const date of tradingDays(range.from, range.to).reverse()) {
    const day = date < exchange.today() ? await exchange.instrument(contract, date) : null;
    found.push(...candleRows(day?.barsUntil(Number.POSITIVE_INFINITY) ?? [], range.minutes));
  }
  return found;
}

async function expiredContract(exchange: SimulatedExchange, text: string): Promise<Contract> {
  const { key, expiry } = (() => {
    try {
      return parseUpstoxExpiredKey(text);
    } catch (error) {
      if (isAppError(error)) throw INVALID_KEY();
      throw error;
    }
  })();
  for (const underlying of exchange.underlyings) {
    const future = exchange.expiredFuture(underlying, expiry);
    if (future !== null && keyOfContract(future) === key) return future;
    for (const option of await exchange.expiredOptions(underlying, expiry))
      if (keyOfContract(option) === key) return option;
  }
  throw INVALID_KEY();
}

type Params = Readonly<Record<string, string>>;
type Query = Readonly<Record<string, string | undefined>>;

/** Candles of listed and expired contracts, and the lists of expired ones. */
export function candleRoutes(app: FastifyInstance, exchange: SimulatedExchange): void {
  app.get<{ Params: Params }>('/v3/historical-candle/intraday/:key/:unit/:interval', async ({ params }) => {
    const contract = await exchange.contractOf(params['key'] ?? '');
    if (contract === null) throw INVALID_KEY();
    const minutes = minutesOf(params['unit'], params['interval']);
    const day = await exchange.instrument(contract, exchange.today());
    return success({ candles: candleRows(day?.barsUntil(exchange.now()) ?? [], minutes) });
  });

  app.get<{ Params: Params }>('/v3/historical-candle/:key/:unit/:interval/:to/:from', async ({ params }) => {
    const contract = await exchange.contractOf(params['key'] ?? '');
    if (contract === null) throw INVALID_KEY();
    const minutes = minutesOf(params['unit'], params['interval']);
    const range = { from: dateOf(params['from']), to: dateOf(params['to']), minutes };
    checkRange(range.from, range.to, minutes);
    return success({ candles: await candles(exchange, contract, range) });
  });

  app.get<{ Params: Params }>(
    '/v2/expired-instruments/historical-candle/:key/:interval/:to/:from',
    async ({ params }) => {
      const contract = await expiredContract(exchange, params['key'] ?? '');
      const minutes = params['interval'] === 'day' ? 1440 : Number(/^(\d+)minute$/.exec(params['interval'] ?? '')?.[1]);
      if (![1, 3, 5, 15, 30, 1440].includes(minutes)) throw new UpstoxError(400, 'UDAPI1020', 'Invalid interval');
      const range = { from: dateOf(params['from']), to: dateOf(params['to']), minutes };
      checkRange(range.from, range.to, minutes);
      return success({ candles: await candles(exchange, contract, range) });
    },
  );

  app.get<{ Querystring: Query }>('/v2/expired-instruments/expiries', ({ query }) =>
    success(exchange.expiredExpiries(underlyingOfKey(query['instrument_key']))),
  );

  app.get<{ Querystring: Query }>('/v2/expired-instruments/future/contract', ({ query }) => {
    const expiry = dateOf(query['expiry_date']);
    const future = exchange.expiredFuture(underlyingOfKey(query['instrument_key']), expiry);
    if (future === null) return success([]);
    return success([
      { ...contractRow(future, expiry), instrument_key: upstoxExpiredKey({ key: keyOfContract(future), expiry }) },
    ]);
  });

  app.get<{ Querystring: Query }>('/v2/expired-instruments/option/contract', async ({ query }) => {
    const expiry = dateOf(query['expiry_date']);
    const options = await exchange.expiredOptions(underlyingOfKey(query['instrument_key']), expiry);
    return success(
      options.map((option) => ({
        ...contractRow(option, expiry),
        instrument_key: upstoxExpiredKey({ key: keyOfContract(option), expiry }),
      })),
    );
  });
}
