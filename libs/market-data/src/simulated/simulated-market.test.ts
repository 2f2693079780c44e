import { istInstant, type DayTape, type IstDate, type Underlying } from '@sos/domain';
import { listedExpiries, lotSize, sessionOf } from '@sos/rulebook';
import { atTheMoney, optionOf, tapeDigest } from './fixtures/tape-digest.js';
import { createSimulatedMarket } from './simulated-market.js';

const day = (text: string): IstDate => text as IstDate;
const market = createSimulatedMarket({ seed: 'tests' });

async function tapeOf(date: string, underlying: Underlying = 'NIFTY'): Promise<DayTape> {
  const tape = await market.day(underlying, day(date));
  if (tape === null) throw new Error(`expected a session on ${date}, found none`);
  return tape;
}

const onGrid = (price: number, perRupee: number): boolean =>
  Math.abs(price * perRupee - Math.round(price * perRupee)) < 1e-6;

describe('determinism', () => {
  it('makes the same day from the same seed, whatever was asked before (golden)', async () => {
    const digest = tapeDigest(await tapeOf('2026-01-12'));
    const other = createSimulatedMarket({ seed: 'tests' });
    await other.day('BANKNIFTY', day('2026-01-13'));
    await other.day('NIFTY', day('2025-03-03'));
    const again = await other.day('NIFTY', day('2026-01-12'));
    expect(again && tapeDigest(again)).toBe(digest);
    // Data hashes trust the version in place of the prices: where the digest changes, the version must be raised with it.
    expect([again?.contentKey?.split(' [')[0], digest]).toEqual(['market model 1', GOLDEN]);
  });

  it('makes another day from another seed, date or underlying', async () => {
    const other = await createSimulatedMarket({ seed: 'else' }).day('NIFTY', day('2026-01-12'));
    const digests = [
      other,
      await tapeOf('2026-01-12'),
      await tapeOf('2026-01-13'),
      await tapeOf('2026-01-12', 'BANKNIFTY'),
    ];
    expect(new Set(digests.map((tape) => tape && tapeDigest(tape))).size).toBe(4);
  });
});

describe('the law of the date', () => {
  it('has no session on the holiday of 2026-01-15 and one on the Sunday of 2026-02-01', async () => {
    expect(await market.day('NIFTY', day('2026-01-15'))).toBeNull();
    expect((await tapeOf('2026-02-01')).index.length).toBe(375);
    expect(await market.sessions('NIFTY', day('2026-01-12'), day('2026-01-16'))).toEqual(
      ['2026-01-12', '2026-01-13', '2026-01-14', '2026-01-16'].map(day),
    );
  });

  it('ends at 15:30 before 2026-08-03', async () => {
    const { index, future, chains } = await tapeOf('2026-07-31');
    const close = istInstant(day('2026-07-31'), '15:30');
    expect([index.length, future?.length, chains[0]?.length]).toEqual([375, 375, 375]);
    expect([index.time[0], index.time[374]]).toEqual([istInstant(day('2026-07-31'), '09:16'), close]);
    expect(chains[0]?.eventTime[374]).toBe(close);
  });

  it('stands still from 15:15, jumps once at 15:28 or 15:29 and trades derivatives to 15:40 from 2026-08-03', async () => {
    for (const date of ['2026-08-03', '2026-08-04', '2026-10-12', '2026-11-09']) {
      const { index, future, chains } = await tapeOf(date);
      expect([index.length, future?.length, chains[0]?.length]).toEqual([375, 385, 385]);
      expect(future?.time[384]).toBe(istInstant(day(date), '15:40'));
      const frozen = index.close[359] as number;
      const flat = Array.from(index.close.subarray(360, 373));
      expect(flat).toEqual(flat.map(() => frozen));
      expect(Array.from(index.open.subarray(360, 373))).toEqual(flat);
      const levels = new Set(Array.from(index.close.subarray(372)));
      expect(levels.size).toBeLessThanOrEqual(2);
      expect(new Set(future?.close.subarray(360, 373)).size).toBeGreaterThan(5);
    }
  });

  it('follows split and evening sessions', async () => {
    const split = await tapeOf('2024-03-02');
    expect(split.index.length).toBe(105);
    expect(split.index.time[45]).toBe(istInstant(day('2024-03-02'), '11:31'));
    expect((await tapeOf('2021-11-04')).index.time[0]).toBe(istInstant(day('2021-11-04'), '18:16'));
  });

  it('lists the expiries and lots of the date', async () => {
    for (const [date, underlying] of [
      ['2024-09-11', 'BANKNIFTY'],
      ['2025-08-28', 'NIFTY'],
      ['2026-01-06', 'NIFTY'],
    ] as const) {
      const { chains, option } = await tapeOf(date, underlying);
      expect(chains.map((c) => c.expiry)).toEqual(
        listedExpiries(underlying, day(date))
          .slice(0, 2)
          .map((e) => e.date),
      );
      for (const chain of chains) {
        const lot = lotSize(underlying, chain.expiry, day(date));
        const whole = [chain.call.openInterest, chain.put.volume, chain.call.askQty].every((c) =>
          c.every((x) => x % lot === 0),
        );
        expect(whole).toBe(true);
        expect(option(optionOf(chain, chain.strikes[20] as number, 'CE'))?.volume.every((x) => x % lot === 0)).toBe(
          true,
        );
      }
    }
  });

  it('knows no contract that is not listed', async () => {
    const tape = await tapeOf('2026-01-12');
    const listed = atTheMoney(tape, 'CE');
    expect(tape.option(listed)).not.toBeNull();
    expect(tape.option({ ...listed, expiry: day('2026-01-14') })).toBeNull();
    expect(tape.option({ ...listed, strike: listed.strike + 10 })).toBeNull();
    expect(tape.option({ ...listed, underlying: 'BANKNIFTY' })).toBeNull();
    expect(tape.option({ ...listed, strike: 2 * listed.strike })).toBeNull();
  });

  it('refuses dates outside the calendar', async () => {
    await expect(market.day('NIFTY', day('2031-01-06'))).rejects.toMatchObject({ code: 'SOS_DATE_RANGE' });
    await expect(market.sessions('NIFTY', day('2026-12-01'), day('2027-02-01'))).rejects.toMatchObject({
      code: 'SOS_DATE_RANGE',
    });
  });
});

describe('series', () => {
  it('goes on from day to day and from year to year', async () => {
    const dates = await market.sessions('NIFTY', day('2025-12-22'), day('2026-01-09'));
    const tapes = await Promise.all(dates.map((date) => tapeOf(date)));
    tapes.slice(1).forEach((tape, i) => expect(tape.previousClose).toBe((tapes[i] as DayTape).index.close.at(-1)));
  });

  it('labels everything simulated, with the seed', async () => {
    const tape = await tapeOf('2026-01-12');
    expect(tape.indexSource).toBe('simulated');
    expect(tape.chains.map((c) => c.source)).toEqual(['simulated', 'simulated']);
    expect(tape.option(atTheMoney(tape, 'PE'))?.source).toBe('simulated');
    expect(tape.origins.every((origin) => origin.endsWith('(SIMULATED, seed tests)'))).toBe(true);
  });

  it('keeps bars in order and on the grid', async () => {
    for (const underlying of ['NIFTY', 'BANKNIFTY', 'FINNIFTY', 'MIDCPNIFTY', 'SENSEX'] as const) {
      const tape = await tapeOf('2026-08-13', underlying);
      const series = (['CE', 'PE'] as const).map((right) => tape.option(atTheMoney(tape, right, 2)));
      const perRupee = underlying === 'SENSEX' ? 100 : 20;
      for (const [bars, grid] of [
        [tape.index, perRupee],
        [tape.future, 20],
        ...series.map((s) => [s, 20] as const),
      ] as const) {
        if (!bars) throw new Error('expected bars, found none');
        const wrong = Array.from({ length: bars.length }, (_, i) => i).filter((i) => {
          const [o, h, l, c] = [bars.open, bars.high, bars.low, bars.close].map((x) => x[i] as number) as [
            number,
            number,
            number,
            number,
          ];
          return !(h >= Math.max(o, c) && l <= Math.min(o, c) && l > 0 && [o, h, l, c].every((x) => onGrid(x, grid)));
        });
        expect(wrong).toEqual([]);
      }
    }
  });

  it('gives warm-up bars that end before the day', async () => {
    const bars = await market.warmUp('NIFTY', day('2026-01-12'), 500);
    const before = await tapeOf('2026-01-09');
    expect(bars.length).toBe(500);
    expect(Array.from(bars.close.subarray(125))).toEqual(Array.from(before.index.close));
    expect(Array.from(bars.time).every((t, i) => i === 0 || t > (bars.time[i - 1] as number))).toBe(true);
    expect((await market.warmUp('NIFTY', day('2019-01-01'), 500)).length).toBe(0);
  });
});

describe('chains', () => {
  it('only ever count volume up, and say when each page was known', async () => {
    const { chains } = await tapeOf('2026-01-12');
    for (const chain of chains) {
      const width = chain.strikes.length;
      for (const { volume } of [chain.call, chain.put])
        expect(volume.findIndex((units, at) => at >= width && units < (volume[at - width] as number))).toBe(-1);
      const lags = Array.from(chain.eventTime, (time, s) => (chain.availableAt[s] as number) - time);
      expect(Math.min(...lags)).toBeGreaterThanOrEqual(1_500);
      expect(Math.max(...lags)).toBeLessThan(5_000);
    }
  });

  it('show what the bars of a contract show: price, quotes, volume and open interest', async () => {
    const tape = await tapeOf('2026-01-12');
    const chain = tape.chains[0];
    if (chain === undefined) throw new Error('expected a chain, found none');
    for (const [k, right] of [
      [10, 'PE'],
      [28, 'CE'],
      [30, 'PE'],
      [3, 'CE'],
      [50, 'CE'],
    ] as const) {
      const side = right === 'CE' ? chain.call : chain.put;
      const series = tape.option(optionOf(chain, chain.strikes[k] as number, right));
      if (!series) throw new Error('expected a series, found none');
      let [row, total] = [-1, 0];
      for (let s = 0; s < chain.length; s++) {
        while (row + 1 < series.length && (series.time[row + 1] as number) <= (chain.eventTime[s] as number))
          total += series.volume[++row] as number;
        const at = s * chain.strikes.length + k;
        expect(side.volume[at]).toBe(total);
        expect(side.ltp[at]).toBe(row < 0 ? Number.NaN : series.close[row]);
        if (row < 0 || series.time[row] !== chain.eventTime[s]) continue;
        const shown = [side.bid, side.ask, side.bidQty, side.askQty, side.openInterest].map((c) => c[at]);
        expect(shown).toEqual(
          [series.bid, series.ask, series.bidQty, series.askQty, series.openInterest].map((c) => c[row]),
        );
      }
    }
  });

  it('trade between the quotes', async () => {
    const tape = await tapeOf('2026-01-12');
    const series = tape.option(atTheMoney(tape, 'CE', 3));
    if (!series) throw new Error('expected a series, found none');
    const isInside = (price: number, i: number): boolean =>
      (series.bid[i] as number) < (series.ask[i] as number) &&
      price >= (series.bid[i] as number) &&
      price <= (series.ask[i] as number);
    expect(series.close.every(isInside)).toBe(true);
  });

  it('end on the intrinsic value on expiry day', async () => {
    for (const date of ['2026-01-13', '2026-08-04', '2024-12-26']) {
      const tape = await tapeOf(date);
      const chain = tape.chains[0];
      if (chain === undefined) throw new Error('expected a chain, found none');
      expect(chain.expiry).toBe(date);
      const settled = tape.index.close.at(-1) as number;
      const last = (chain.length - 1) * chain.strikes.length;
      chain.strikes.forEach((strike, k) => {
        const [bid, ask] = [chain.call.bid[last + k] as number, chain.call.ask[last + k] as number];
        const value = Math.max(0, settled - strike);
        expect(Number.isNaN(bid) || bid <= value + 1e-9).toBe(true);
        expect(ask >= value - 1e-9).toBe(true);
        if (Math.abs(settled - strike) < 100) expect(ask - value).toBeLessThan(0.6);
      });
    }
  });

  it('hold strikes that were chosen at the open and still cover the day', async () => {
    const { chains } = await tapeOf('2026-01-12');
    for (const { strikes, spot } of chains) {
      const atm = Math.round((spot[0] as number) / 50) * 50;
      expect(Math.min(...strikes)).toBeLessThanOrEqual(atm - 20 * 50);
      expect(Math.max(...strikes)).toBeGreaterThanOrEqual(atm + 20 * 50);
    }
  });
});

describe('session', () => {
  it('is the rulebook’s', () => {
    expect(sessionOf(day('2026-08-03'))?.minutes).toBe(385);
  });
});

const GOLDEN = '8fd0b43008054f758f74eafb0ebab8e2ced6f46db1f536e162e0e16ce2c287df';
