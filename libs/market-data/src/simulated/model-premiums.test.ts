import fc from 'fast-check';
import { sliceBars, type BarColumns, type ChainTape, type DayTape, type IstDate, type OptionSeries } from '@sos/domain';
import type { MarketSource } from '@sos/backtester';
import { atTheMoney, barColumns, chainColumns, optionOf, seriesColumns, tapeDigest } from './fixtures/tape-digest.js';
import { createModelledMarket } from './modelled-market.js';
import { modelPremiums, type ModelPremiumsInput } from './model-premiums.js';
import { createSimulatedMarket } from './simulated-market.js';

const day = (text: string): IstDate => text as IstDate;
const DATE = day('2026-01-12');
const market = createSimulatedMarket({ seed: 'path' });

async function pathOf(date: IstDate): Promise<DayTape> {
  const tape = await market.day('NIFTY', date);
  if (tape === null) throw new Error(`expected a session on ${date}, found none`);
  return tape;
}

const chainOf = (tape: DayTape): ChainTape => {
  const chain = tape.chains[0];
  if (chain === undefined) throw new Error('expected a chain, found none');
  return chain;
};

const expectBeginning = (short: readonly Float64Array[], long: readonly Float64Array[]): void =>
  short.forEach((column, i) => expect((long[i] as Float64Array).subarray(0, column.length)).toEqual(column));

describe('modelled premiums', () => {
  let bars: BarColumns;
  let input: ModelPremiumsInput;
  beforeAll(async () => {
    const tape = await pathOf(DATE);
    bars = tape.index;
    input = { bars, underlying: 'NIFTY', date: DATE, seed: 1, previousClose: tape.previousClose };
  });

  it('obey the prefix law: what is dated t does not depend on bars after t', () => {
    const whole = modelPremiums(input);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 374 }), fc.integer({ min: -8, max: 8 }), (rows, steps) => {
        const part = modelPremiums({ ...input, bars: sliceBars(bars, 0, rows) });
        const [short, long] = [part.chains[0] as ChainTape, chainOf(whole)];
        expect(short.strikes).toEqual(long.strikes);
        expectBeginning(chainColumns(short), chainColumns(long, short.length));
        expectBeginning(barColumns(part.future as BarColumns), barColumns(whole.future as BarColumns));
        const contract = atTheMoney(whole, steps > 0 ? 'CE' : 'PE', steps);
        expectBeginning(
          seriesColumns(part.option(contract) as OptionSeries),
          seriesColumns(whole.option(contract) as OptionSeries),
        );
      }),
      { numRuns: 12 },
    );
  });

  it('leave the index alone and label the rest modelled', () => {
    const tape = modelPremiums({ ...input, origins: ['index-1m (recorded)'] });
    expect(tape.index).toBe(bars);
    expect(tape.indexSource).toBe('recorded');
    expect(chainOf(tape).source).toBe('modelled');
    expect(tape.option(atTheMoney(tape, 'CE'))?.source).toBe('modelled');
    expect(tape.origins).toEqual([
      'index-1m (recorded)',
      'future (MODELLED, seed 1)',
      'option chain (MODELLED, seed 1)',
      'premiums (MODELLED, seed 1)',
    ]);
  });

  it('publish every three minutes, ±10 strikes and room to drift, unless told otherwise', () => {
    const usual = chainOf(modelPremiums(input));
    expect(usual.length).toBe(125);
    expect(usual.strikes.length).toBeGreaterThanOrEqual(23);
    const asked = modelPremiums({ ...input, bandStrikes: 4, chainCadenceMinutes: 5, expiries: 2 });
    expect(asked.chains.map((c) => c.length)).toEqual([75, 75]);
    expect(chainOf(asked).strikes.length).toBeLessThan(usual.strikes.length);
  });

  it('show 12 strikes on each side of the money and, when asked for, all', () => {
    const [near, whole] = [
      chainOf(modelPremiums(input)),
      chainOf(modelPremiums({ ...input, isWhole: true, bandStrikes: 14 })),
    ];
    const known = (tape: ChainTape, s: number): number[] =>
      Array.from(tape.strikes).filter((_, k) => !Number.isNaN(tape.put.openInterest[s * tape.strikes.length + k]));
    for (const s of [0, 60, 124]) {
      expect(known(near, s).length).toBe(25);
      expect(Math.abs((known(near, s)[12] as number) - (near.spot[s] as number))).toBeLessThan(60);
      expect(known(whole, s).length).toBe(whole.strikes.length);
    }
  });

  it('depend on the seed, and on nothing else that is not given', () => {
    expect(tapeDigest(modelPremiums(input))).toBe(tapeDigest(modelPremiums(input)));
    expect(tapeDigest(modelPremiums({ ...input, seed: 2 }))).not.toBe(tapeDigest(modelPremiums(input)));
  });

  it('make bars and chain of a contract agree at every publication, thinly traded ones too', () => {
    const tape = modelPremiums(input);
    const chain = chainOf(tape);
    const differing: string[] = [];
    let shown = 0;
    chain.strikes.forEach((strike, k) => {
      const series = tape.option(optionOf(chain, strike, 'CE')) as OptionSeries;
      let [row, total] = [-1, 0];
      for (let s = 0; s < chain.length; s++) {
        while (row + 1 < series.length && (series.time[row + 1] as number) <= (chain.eventTime[s] as number))
          total += series.volume[++row] as number;
        const at = s * chain.strikes.length + k;
        // Far from the money the cell is unknown.
        if (Number.isNaN(chain.call.volume[at])) continue;
        shown++;
        const isSame = row < 0 ? Number.isNaN(chain.call.ltp[at]) : chain.call.ltp[at] === series.close[row];
        if (chain.call.volume[at] !== total || !isSame) differing.push(`${strike} at ${s}`);
      }
    });
    expect(differing).toEqual([]);
    expect(shown).toBe(25 * 125);
  });

  it('survive missing minutes without inventing bars', () => {
    const kept = Array.from({ length: bars.length }, (_, i) => i).filter((i) => i % 5 !== 3 && (i < 100 || i > 140));
    const gappy = {
      ...bars,
      length: kept.length,
      ...Object.fromEntries(
        (['time', 'open', 'high', 'low', 'close', 'volume', 'openInterest'] as const).map((n) => [
          n,
          Float64Array.from(kept, (i) => bars[n][i] as number),
        ]),
      ),
    };
    const tape = modelPremiums({ ...input, bars: gappy });
    const times = new Set(gappy.time);
    expect(Array.from(chainOf(tape).eventTime).every((t) => times.has(t))).toBe(true);
    const series = tape.option(atTheMoney(tape, 'CE')) as OptionSeries;
    expect(Array.from(series.time).every((t) => times.has(t))).toBe(true);
    expect(tape.future?.length).toBe(gappy.length);
  });

  it('refuse a day without a session and a session without bars', () => {
    expect(() => modelPremiums({ ...input, date: day('2026-01-15') })).toThrow(
      'expected a trading day, found 2026-01-15',
    );
    expect(() => modelPremiums({ ...input, bars: sliceBars(bars, 0, 0) })).toThrow(
      'expected index bars of NIFTY on 2026-01-12, found none',
    );
  });
});

/** A source that knows the index of simulated days only, and keeps count of what it is asked. */
function indexOnly(withChains: readonly string[] = []): MarketSource & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    sessions: (underlying, from, to) => market.sessions(underlying, from, to),
    warmUp: (underlying, date, bars) => market.warmUp(underlying, date, bars),
    day: async (underlying, date) => {
      asked.push(date);
      const tape = await market.day(underlying, date);
      if (tape === null || withChains.includes(date)) return tape;
      const { underlying: name, index, previousClose } = tape;
      return {
        underlying: name,
        date,
        index,
        previousClose,
        indexSource: 'recorded',
        future: null,
        chains: [],
        origins: ['index (recorded)'],
        option: () => null,
      };
    },
  };
}

describe('modelled market', () => {
  it('models the days without premiums and passes the others through untouched', async () => {
    const inner = indexOnly(['2026-01-13']);
    const source = createModelledMarket(inner, { seed: 3 });
    const [made, kept] = [await source.day('NIFTY', DATE), await source.day('NIFTY', day('2026-01-13'))];
    expect(made?.chains.map((c) => c.source)).toEqual(['modelled']);
    expect(made?.origins[0]).toBe('index (recorded)');
    expect(kept?.chains.map((c) => c.source)).toEqual(['simulated', 'simulated']);
    expect(await source.day('NIFTY', day('2026-01-15'))).toBeNull();
  });

  it('makes the same day in whatever order days are asked for, from the sessions before it', async () => {
    const forward = createModelledMarket(indexOnly(), { seed: 3 });
    const dates = await forward.sessions('NIFTY', day('2026-01-05'), DATE);
    const digests: string[] = [];
    for (const date of dates) digests.push(tapeDigest((await forward.day('NIFTY', date)) as DayTape));
    const backward = createModelledMarket(indexOnly(), { seed: 3 });
    for (const date of [...dates].reverse())
      expect(tapeDigest((await backward.day('NIFTY', date)) as DayTape)).toBe(digests.pop());
  });

  it('reads each day once when days are asked for in order', async () => {
    const inner = indexOnly();
    const source = createModelledMarket(inner, { seed: 3 });
    const dates = await source.sessions('NIFTY', DATE, day('2026-02-10'));
    for (const date of dates) await source.day('NIFTY', date);
    expect(inner.asked.filter((date) => date >= DATE)).toEqual(dates);
    expect(inner.asked.length).toBe(dates.length + 5);
  });
});
