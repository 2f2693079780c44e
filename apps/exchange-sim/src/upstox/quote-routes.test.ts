import { istInstant, parseIstDate, MS_PER_MINUTE } from '@sos/domain';
import { Secret, createSimulatedMarket, createUpstoxProvider, nodeRuntime } from '@sos/market-data';
import { futureContract } from '@sos/symbol-master';
import { createExchangeServer, type ExchangeServer } from '../exchange-server.js';
import { StandingClock } from '../sim-clock.js';

const DAY = parseIstDate('2026-01-28');
const NOW = istInstant(DAY, '10:07:30');
const INDEX = 'NSE_INDEX|Nifty 50';

interface Bar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly ts: number;
}
type Row = Readonly<Record<string, unknown>> & { readonly prev_ohlc: Bar | null; readonly live_ohlc: Bar };
interface Answer {
  readonly status: string;
  readonly data: Readonly<Record<string, Row>>;
  readonly errors?: readonly { readonly errorCode: string }[];
}

let server: ExchangeServer;
let address = '';
beforeAll(async () => {
  const clock = new StandingClock(NOW);
  server = createExchangeServer({ market: createSimulatedMarket({ seed: 'quotes' }), clock, tokens: ['T'] });
  address = await server.listen();
});
afterAll(() => server.close());

async function ask(path: string, params: Record<string, string>): Promise<Answer> {
  const answer = await fetch(`${address}${path}?${new URLSearchParams(params).toString()}`, {
    headers: { authorization: 'Bearer T' },
  });
  return (await answer.json()) as Answer;
}

const provider = () =>
  createUpstoxProvider({
    runtime: { ...nodeRuntime, now: () => NOW },
    hosts: { api: address, assets: address },
    token: () => new Secret('T'),
  });

test('bars of a minute, of half an hour and of the day: the finished one and the running one', async () => {
  const bars = async (interval: string): Promise<Row | undefined> =>
    (await ask('/v3/market-quote/ohlc', { instrument_key: INDEX, interval })).data['NSE_INDEX:Nifty 50'];
  const minute = await bars('I1');
  expect(minute).toMatchObject({ instrument_token: INDEX, last_price: minute?.live_ohlc.close });
  expect([minute?.prev_ohlc?.ts, minute?.live_ohlc.ts]).toEqual([istInstant(DAY, '10:06'), istInstant(DAY, '10:07')]);
  const half = await bars('I30');
  expect([half?.prev_ohlc?.ts, half?.live_ohlc.ts]).toEqual([istInstant(DAY, '09:15'), istInstant(DAY, '09:45')]);
  const day = await bars('1d');
  expect([day?.prev_ohlc, day?.live_ohlc.ts]).toEqual([null, istInstant(DAY, '00:00')]);
  expect(day?.live_ohlc.high).toBe(Math.max(half?.prev_ohlc?.high ?? 0, half?.live_ohlc.high ?? 0));
  expect(day?.live_ohlc.open).toBe(half?.prev_ohlc?.open);
  const wrong = await ask('/v3/market-quote/ohlc', { instrument_key: INDEX, interval: 'I7' });
  expect(wrong.errors?.[0]?.errorCode).toBe('UDAPI1028');
});

test('whole quotes and Greeks of an option: book, open interest, no invented figure', async () => {
  const { strikes } = await provider().chain({ underlying: 'NIFTY', expiry: parseIstDate('2026-02-03') });
  const listed = await provider().instruments();
  const option = listed
    .live(DAY)
    .find(
      ({ contract: c }) =>
        c.kind === 'option' && c.expiry === '2026-02-03' && c.strike === strikes[strikes.length >> 1],
    );
  const key = option?.key ?? '';
  const [quote] = Object.values((await ask('/v3/market-quote/quotes', { instrument_key: key })).data);
  expect(quote).toMatchObject({
    instrument_token: key,
    timestamp: '2026-01-28T10:07:30.000+05:30',
    ohlc: { ts: istInstant(DAY, '09:15') },
    average_price: 0,
    depth: { buy: expect.any(Array), sell: expect.any(Array) },
  });
  const { buy, sell } = quote?.['depth'] as Record<'buy' | 'sell', { price: number; quantity: number }[]>;
  expect([buy.length, sell.length]).toEqual([5, 5]);
  expect(buy[0]?.price).toBeGreaterThan(0);
  expect(sell[0]?.price).toBeGreaterThan(buy[0]?.price ?? 0);
  const [greeks] = Object.values((await ask('/v3/market-quote/option-greek', { instrument_key: key })).data);
  expect(greeks).toMatchObject({ last_price: quote?.['last_price'], oi: quote?.['oi'], iv: 0, delta: 0 });
  const keys = Array.from({ length: 51 }, (_, i) => `NSE_FO|${i}`).join(',');
  const many = await ask('/v3/market-quote/option-greek', { instrument_key: keys });
  expect(many.errors?.[0]?.errorCode).toBe('UDAPI1027');
});

test('a future that is over is listed by its expiry, with its candles', async () => {
  const contract = futureContract('NIFTY', parseIstDate('2026-01-27'));
  const found = await provider()
    .candles({ contract, from: parseIstDate('2026-01-27'), to: DAY })
    [Symbol.asyncIterator]()
    .next();
  const bars = found.done === true ? null : found.value.candles.bars;
  expect([bars?.length, bars?.time[0]]).toEqual([375, istInstant(parseIstDate('2026-01-27'), '09:15') + MS_PER_MINUTE]);
  const other = { instrument_key: INDEX, expiry_date: '2026-01-20' };
  expect((await ask('/v2/expired-instruments/future/contract', other)).data).toEqual([]);
});
