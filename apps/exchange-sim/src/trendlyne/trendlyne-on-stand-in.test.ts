import {
  MS_PER_MINUTE,
  istInstant,
  parseIstDate,
  type ChainTape,
  type EpochMs,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { createSimulatedMarket, createTrendlyneProvider } from '@sos/market-data';
import { futureContract, optionContract } from '@sos/symbol-master';
import type { FaultScriptInput } from '../fault-script.js';
import { createFigureHash } from '../fixtures/figure-hash.js';
import { logicalRuntime } from '../fixtures/logical-runtime.js';
import { StandingClock } from '../sim-clock.js';
import { createTrendlyneServer, type TrendlyneServerOptions } from './trendlyne-server.js';

const DAY = parseIstDate('2026-01-12');
const at = (clock: string): EpochMs => istInstant(DAY, clock);
const WEEKLY = parseIstDate('2026-01-13');
const MONTHLY = parseIstDate('2026-01-27');
const MARKET = createSimulatedMarket({ seed: 'trendlyne-stand-in' });

interface Setting {
  readonly faults?: FaultScriptInput;
  readonly start?: EpochMs;
  readonly timeWindow?: TrendlyneServerOptions['timeWindow'];
}

async function world({ faults = {}, start = at('10:02'), timeWindow = 'honoured' }: Setting = {}) {
  const clock = new StandingClock(start);
  const { runtime, elapsed } = logicalRuntime(clock);
  const server = createTrendlyneServer({ market: MARKET, clock, faults, elapsed, timeWindow });
  const base = await server.listen();
  const provider = createTrendlyneProvider({ config: { enabled: true, base }, runtime });
  return { clock, server, base, runtime, provider };
}

type World = Awaited<ReturnType<typeof world>>;

async function withWorld<T>(setting: Setting, work: (w: World) => Promise<T>): Promise<T> {
  const w = await world(setting);
  try {
    return await work(w);
  } finally {
    await w.server.close();
  }
}

async function chainOf(underlying: Underlying, date: IstDate, expiry: IstDate): Promise<ChainTape> {
  const tape = (await MARKET.day(underlying, date))?.chains.find((chain) => chain.expiry === expiry);
  if (tape === undefined) throw new Error('the market has no such chain');
  return tape;
}

const cellOf = (tape: ChainTape, row: number, strike: number): number =>
  row * tape.strikes.length + tape.strikes.indexOf(strike);

test('open interest over the wire is the published one in units, changes begin at the close before; the swapped totals are not used', async () => {
  await withWorld({}, async ({ provider, server }) => {
    const { tape, callChange, putChange } = await provider.openInterest({ underlying: 'NIFTY', expiry: WEEKLY });
    const market = await chainOf('NIFTY', DAY, WEEKLY);
    const before = await chainOf('NIFTY', parseIstDate('2026-01-09'), WEEKLY);
    const row = market.availableAt.findLastIndex((known) => known <= at('10:02'));
    expect(tape.strikes.length).toBeGreaterThan(20);
    tape.strikes.forEach((strike, i) => {
      const cell = cellOf(market, row, strike);
      expect(tape.call.openInterest[i]).toBe(market.call.openInterest[cell]);
      expect(tape.put.openInterest[i]).toBe(market.put.openInterest[cell]);
      const then = before.strikes.includes(strike) ? cellOf(before, before.length - 1, strike) : -1;
      const opened = (now: number | undefined, start: number | undefined): number => (now ?? 0) - (start ?? 0);
      expect(callChange[i]).toBe(opened(tape.call.openInterest[i], before.call.openInterest[then]));
      expect(putChange[i]).toBe(opened(tape.put.openInterest[i], before.put.openInterest[then]));
    });
    expect(tape.availableAt[0]).toBe(at('10:02'));
    expect(tape.eventTime[0]).toBeLessThanOrEqual(at('10:02'));
    expect(server.report()).toEqual({ rateLimitBreaches: 0, faultsStruck: 0, refusals: 0 });
  });
});

test('past minutes of a session that honours its window are those minutes; one that ignores it is refused, told or not', async () => {
  const ask = { underlying: 'NIFTY' as const, expiry: WEEKLY, at: at('10:00') };
  await withWorld({ start: at('16:00') }, async ({ provider }) => {
    const { tape } = await provider.openInterest(ask);
    const market = await chainOf('NIFTY', DAY, WEEKLY);
    const row = market.availableAt.findLastIndex((known) => known <= at('10:00'));
    const strike = tape.strikes[10] as number;
    expect(tape.call.openInterest[10]).toBe(market.call.openInterest[cellOf(market, row, strike)]);
    expect(tape.availableAt[0]).toBe(at('10:01'));
  });
  for (const timeWindow of ['ignored', 'ignored-silently'] as const)
    await withWorld({ start: at('16:00'), timeWindow }, async ({ provider }) => {
      await expect(provider.openInterest(ask)).rejects.toMatchObject({ code: 'SOS_DATA_MISMATCH' });
      // The newest figures are what was asked for, whatever the window says.
      await expect(provider.chain(ask)).resolves.toMatchObject({ length: 1 });
    });
});

test('buildups of an option and a future: finished stretches of the day, signs by price and open interest, in units', async () => {
  await withWorld({}, async ({ provider }) => {
    const market = await chainOf('NIFTY', DAY, WEEKLY);
    const strike = market.strikes[market.strikes.length >> 1] as number;
    const call = optionContract({ underlying: 'NIFTY', expiry: WEEKLY, strike, right: 'CE' });
    for (const contract of [call, futureContract('BANKNIFTY', MONTHLY)]) {
      const rows = await provider.buildups({ contract, minutes: 5 });
      expect(rows.map(({ to }) => to)).toEqual(
        Array.from({ length: 9 }, (_, i) => at('09:20') + i * 5 * MS_PER_MINUTE),
      );
      for (let i = 1; i < rows.length; i++) {
        const [before, row] = [rows[i - 1], rows[i]];
        if (before === undefined || row === undefined) throw new Error('unreachable');
        expect(row.openInterest - before.openInterest).toBe(row.openInterestChange);
        expect(row.volumeToday).toBeGreaterThanOrEqual(before.volumeToday);
        const isUp = row.buildup === 'long-buildup' || row.buildup === 'short-covering';
        if (row.buildup !== null) expect(row.close > before.close).toBe(isUp);
      }
      expect(new Set(rows.map(({ buildup }) => buildup)).size).toBeGreaterThan(1);
    }
    const quarters = await provider.buildups({ contract: call, minutes: 15 });
    expect(quarters.map(({ to }) => to)).toEqual([at('09:30'), at('09:45'), at('10:00')]);
  });
});

test('before the open there is nothing yet; what is not listed is an error', async () => {
  await withWorld({ start: at('09:15') }, async ({ provider }) => {
    await expect(provider.chain({ underlying: 'NIFTY', expiry: WEEKLY })).resolves.toMatchObject({ length: 0 });
    expect(await provider.buildups({ contract: futureContract('NIFTY', MONTHLY), minutes: 5 })).toEqual([]);
    await expect(provider.chain({ underlying: 'MIDCPNIFTY', expiry: MONTHLY })).rejects.toMatchObject({
      code: 'SOS_UNKNOWN_SYMBOL',
    });
  });
});

async function record({ clock, provider }: World): Promise<string> {
  const hash = createFigureHash();
  let rows = 0;
  for (let i = 0; i < 20; i++) {
    clock.set((at('10:02') + i * MS_PER_MINUTE) as EpochMs);
    for (const [underlying, expiry] of [
      ['NIFTY', WEEKLY],
      ['BANKNIFTY', MONTHLY],
    ] as const) {
      const { tape, callChange, putChange } = await provider.openInterest({ underlying, expiry });
      rows += tape.strikes.length;
      for (const column of [tape.strikes, tape.eventTime, tape.availableAt, tape.spot, callChange, putChange])
        hash.add(column);
      hash.add(tape.call.openInterest);
      hash.add(tape.put.openInterest);
    }
    const stretches = await provider.buildups({ contract: futureContract('NIFTY', MONTHLY), minutes: 5 });
    hash.add(Float64Array.from(stretches.flatMap((s) => [s.from, s.to, s.close, s.openInterest, s.volumeToday])));
  }
  return `${rows} ${hash.digest()}`;
}

test('recorded through drops, cut-off bodies, 429 storms, 5xx and a lost session equals the quiet recording row for row; the spacing is kept', async () => {
  const quiet = await withWorld({}, record);
  expect(Number(quiet.split(' ')[0])).toBeGreaterThan(20 * 2 * 20);
  const faults: FaultScriptInput = {
    seed: 5,
    rest: [
      { fault: 'status', status: 429, retryAfterSeconds: 2, probability: 0.15, times: 10 },
      { fault: 'status', status: 502, probability: 0.1, times: 10 },
      { fault: 'drop', probability: 0.1, times: 10 },
      { fault: 'truncate', probability: 0.1, times: 10 },
      { fault: 'status', status: 403, probability: 0.1, times: 1, path: '/phoenix/' },
    ],
  };
  await withWorld({ faults }, async (w) => {
    expect(await record(w)).toBe(quiet);
    const { faultsStruck, rateLimitBreaches } = w.server.report();
    expect(faultsStruck).toBeGreaterThan(15);
    expect(rateLimitBreaches).toBe(0);
  });
}, 60_000);

test('a bare request is refused, and so is a token that does not come back in the header', async () => {
  await withWorld({}, async ({ base, runtime, server }) => {
    const browser = { 'User-Agent': 'Mozilla/5.0', 'Accept-Language': 'en' };
    const api = `${base}/phoenix/api/search-contract-stock/?query=nifty`;
    const first = await fetch(`${base}/`, { headers: browser });
    const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const token = cookie.slice('csrftoken='.length);
    const status = async (headers: Record<string, string>): Promise<number> => {
      await runtime.sleep(200);
      return (await fetch(api, { headers: { ...browser, ...headers } })).status;
    };
    expect(await status({})).toBe(403);
    expect(await status({ Cookie: cookie })).toBe(403);
    expect(await status({ Cookie: cookie, 'X-CSRFToken': token })).toBe(200);
    expect((await fetch(api, { headers: { ...browser, Cookie: cookie, 'X-CSRFToken': token } })).status).toBe(429);
    expect(server.report()).toEqual({ rateLimitBreaches: 1, faultsStruck: 0, refusals: 2 });
  });
});
