import {
  MS_PER_DAY,
  MS_PER_MINUTE,
  makeBarColumns,
  parseIstDate,
  type BarColumns,
  type DayTape,
  type EpochMs,
  type IstDate,
  type OptionContract,
  type OptionSeries,
} from '@sos/domain';
import { black76Price } from '@sos/math-engine';
import { expiryInstant, sessionOf, tradingDays } from '@sos/rulebook';

const BARS_PER_SESSION = 375;
const VOLATILITY = 0.15;
/** One-minute step of the index walk: about 0.75 % a day. */
const STEP = 0.0004;

/** Uniform numbers from a seed (mulberry32). */
function uniform(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function regularDays(): IstDate[] {
  const days = tradingDays(parseIstDate('2022-01-03'), parseIstDate('2023-03-31'));
  return days.filter((day) => sessionOf(day)?.minutes === BARS_PER_SESSION);
}

function walkDay(open: EpochMs, bars: BarColumns, { price, random }: { price: number; random: () => number }): number {
  let last = price;
  for (let i = 0; i < bars.length; i++) {
    const [from, a, b, c] = [last, random(), random(), random()];
    last *= 1 + STEP * (a + b + c - 1.5) * 2;
    const wick = Math.abs(last - from) * 0.3 + from * STEP * 0.3 * random();
    bars.time[i] = open + (i + 1) * MS_PER_MINUTE;
    [bars.open[i], bars.high[i], bars.low[i]] = [from, Math.max(from, last) + wick, Math.min(from, last) - wick];
    [bars.close[i], bars.volume[i]] = [last, 1000 + Math.floor(9000 * random())];
  }
  return last;
}

/** What every option of one day has in common: its clock, and columns of which nothing is known. */
interface SharedColumns {
  readonly openTime: Float64Array;
  readonly unknown: Float64Array;
}

/** Premiums of one option on an index path: Black-76 at a constant volatility, one row per index bar. */
function modelledSeries(
  contract: OptionContract,
  index: BarColumns,
  { openTime, unknown }: SharedColumns,
): OptionSeries {
  const { length, time } = index;
  const column = (): Float64Array => new Float64Array(length);
  const [open, high, low, close] = [column(), column(), column(), column()];
  const end = expiryInstant(contract.expiry);
  const isCall = contract.right === 'CE';
  const [atHigh, atLow] = isCall ? [index.high, index.low] : [index.low, index.high];
  for (let i = 0; i < length; i++) {
    const years = (end - (time[i] as number)) / (365 * MS_PER_DAY);
    const worth = (spot: number): number =>
      Math.max(0.05, Math.round(20 * black76Price(spot, contract.strike, years, VOLATILITY, isCall)) / 20);
    open[i] = worth(index.open[i] as number);
    high[i] = worth(atHigh[i] as number);
    low[i] = worth(atLow[i] as number);
    close[i] = worth(index.close[i] as number);
  }
  const quotes = { bid: unknown, ask: unknown, bidQty: unknown, askQty: unknown };
  const clock = { openTime, time, availableAt: time };
  const series = { contract, kind: 'bars' as const, source: 'modelled' as const, length };
  return { ...series, ...clock, open, high, low, close, ...quotes, volume: unknown, openInterest: unknown };
}

/** A random walk of one-minute index bars (seed 42) on real trading days of 375 minutes; option series are made on first use and kept. */
export function walkTapes(bars: number): DayTape[] {
  const random = uniform(42);
  const tapes: DayTape[] = [];
  let price = 24_000;
  let left = bars;
  for (const date of regularDays()) {
    if (left <= 0) break;
    const session = sessionOf(date);
    if (!session) continue;
    const index = makeBarColumns(Math.min(left, BARS_PER_SESSION));
    const previousClose = price;
    price = walkDay(session.open, index, { price, random });
    tapes.push(tapeOf(date, index, previousClose));
    left -= index.length;
  }
  return tapes;
}

function tapeOf(date: IstDate, index: BarColumns, previousClose: number): DayTape {
  const made = new Map<string, OptionSeries>();
  const shared = {
    openTime: index.time.map((time) => time - MS_PER_MINUTE),
    unknown: new Float64Array(index.length).fill(Number.NaN),
  };
  return {
    underlying: 'NIFTY',
    date,
    index,
    indexSource: 'simulated',
    future: index,
    chains: [],
    previousClose,
    origins: ['random walk, seed 42 (simulated)'],
    option(contract) {
      let series = made.get(contract.id);
      if (!series) made.set(contract.id, (series = modelledSeries(contract, index, shared)));
      return series;
    },
  };
}
