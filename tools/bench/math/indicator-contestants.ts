// Contestants of `indicators.ts`, each made in a process of its own.
import { IndicatorsSync } from '@ixjb94/indicators';
import {
  Atr,
  Bollinger,
  Ema,
  RollingMax,
  RollingMin,
  RollingStdev,
  Rsi,
  SessionVwap,
  Sma,
  atrColumn,
  bollingerColumns,
  emaColumn,
  rollingExtremesColumns,
  rsiColumn,
  smaColumn,
  vwapColumn,
} from '@sos/math-engine';
import * as theirs from 'technicalindicators';
import { ofWhole, serve, type Contestant } from './contestant.js';
import { randomBars } from '../../../libs/math-engine/src/indicators/fixtures/random-bars.js';

const BARS = 1_000_000;
/** technicalindicators is slow enough to be measured on fewer, which flatters it a little. */
const FEWER = 100_000;
const PER_SESSION = 375;
const WARM_UPS = 3000;
const SLICE = 200;
/** Values compared between contestants, from the last row backwards. */
const SAMPLES = 500;
const SAMPLE_STEP = 150;

const bars = randomBars(BARS);

/** Work over rows `from` to `to`; `last(k)` afterwards gives the value of the k-th row before the end. */
interface Work {
  readonly bars: number;
  readonly run: (from: number, to: number) => void;
  readonly last: (k: number) => number;
}

type Column = 'high' | 'low' | 'close' | 'volume';
const cut = (name: Column, from: number, to: number): Float64Array => bars[name].subarray(from, to);

function column(work: (rows: typeof bars, out: Float64Array) => void): Work {
  const out = new Float64Array(BARS);
  return {
    bars: BARS,
    run: (from, to) => {
      const rows = {
        high: cut('high', from, to),
        low: cut('low', from, to),
        close: cut('close', from, to),
        volume: cut('volume', from, to),
      };
      work(rows, out.subarray(from, to));
    },
    last: (k) => out[BARS - 1 - k] as number,
  };
}

interface Streaming {
  readonly value: number;
  add(high: number, low: number, close: number, volume: number): void;
}

/** The loop is written out per indicator (`step`), so that it sees one class only. */
function stream(step: (i: number) => number): Work {
  const out = new Float64Array(BARS);
  return {
    bars: BARS,
    run: (from, to) => {
      for (let i = from; i < to; i++) out[i] = step(i);
    },
    last: (k) => out[BARS - 1 - k] as number,
  };
}

function series(indicator: { readonly value: number; add(x: number): void }): Work {
  const { close } = bars;
  return stream((i) => {
    indicator.add(close[i] as number);
    return indicator.value;
  });
}

function ofBars(indicator: Streaming): Work {
  const { high, low, close, volume } = bars;
  return stream((i) => {
    indicator.add(high[i] as number, low[i] as number, close[i] as number, volume[i] as number);
    return indicator.value;
  });
}

function sessionVwap(): Work {
  const { high, low, close, volume } = bars;
  const vwap = new SessionVwap();
  return stream((i) => {
    if (i % PER_SESSION === 0) vwap.startSession();
    vwap.add(high[i] as number, low[i] as number, close[i] as number, volume[i] as number);
    return vwap.value;
  });
}

function extremes(): Work {
  const { close } = bars;
  const [max, min] = [new RollingMax(50), new RollingMin(50)];
  return stream((i) => {
    const x = close[i] as number;
    max.add(x);
    min.add(x);
    return max.value + min.value;
  });
}

/** Sessions of whole bars within the rows given. */
function startsOf(length: number): number[] {
  return Array.from({ length: Math.floor((length - 1) / PER_SESSION) }, (_, n) => (n + 1) * PER_SESSION);
}

type Lists = Record<Column, number[]>;

/** A library that takes and returns plain arrays; `values` picks those that are compared. */
function listing<T>(
  rows: number,
  call: (lists: Lists) => T,
  values: (found: T) => readonly (number | undefined)[],
): Work {
  const offset = BARS - rows;
  const take = (from: number, to: number): Lists => ({
    high: Array.from(cut('high', offset + from, offset + to)),
    low: Array.from(cut('low', offset + from, offset + to)),
    close: Array.from(cut('close', offset + from, offset + to)),
    volume: Array.from(cut('volume', offset + from, offset + to)),
  });
  const whole = take(0, rows);
  let found: T | undefined;
  return {
    bars: rows,
    run: (from, to) => {
      found = call(to - from === rows ? whole : take(from, to));
    },
    last: (k) => {
      const all = found === undefined ? [] : values(found);
      return all[all.length - 1 - k] ?? Number.NaN;
    },
  };
}

const plain = (found: readonly (number | undefined)[]): readonly (number | undefined)[] => found;

function ixjb94(call: (library: IndicatorsSync, lists: Lists) => number[]): Work {
  const library = new IndicatorsSync();
  return listing(BARS, (lists) => call(library, lists), plain);
}

/** nextValue() of technicalindicators. */
function next<T>(indicator: { nextValue(input: T): unknown }, input: (i: number) => T): Work {
  const out: unknown[] = [];
  return {
    bars: FEWER,
    run: (from, to) => {
      for (let i = from; i < to; i++) out[i] = indicator.nextValue(input(BARS - FEWER + i));
    },
    last: (k) => Number(out[FEWER - 1 - k]),
  };
}

const closeAt = (i: number): number => bars.close[i] as number;
const barAt = (i: number): { high: number; low: number; close: number; volume: number } => ({
  high: bars.high[i] as number,
  low: bars.low[i] as number,
  close: bars.close[i] as number,
  volume: bars.volume[i] as number,
});
const none: number[] = [];

/** Sessions as arrays of their own, cut before the clock runs. */
function dailyVwap(): Work {
  const sessions: Lists[] = [];
  const offset = BARS - (BARS % PER_SESSION) - Math.floor(FEWER / PER_SESSION) * PER_SESSION;
  for (let from = offset; from < BARS; from += PER_SESSION) {
    const to = Math.min(from + PER_SESSION, BARS);
    const [high, low, close, volume] = (['high', 'low', 'close', 'volume'] as const).map((c) =>
      Array.from(cut(c, from, to)),
    );
    sessions.push({ high: high ?? [], low: low ?? [], close: close ?? [], volume: volume ?? [] });
  }
  let found: number[][] = [];
  return {
    bars: BARS - offset,
    run: () => {
      found = sessions.map((s) => theirs.VWAP.calculate(s));
    },
    last: (k) => found.flat().at(-1 - k) ?? Number.NaN,
  };
}

const WORKS: Record<string, () => Work> = {
  'SMA(20) column': () => column((r, out) => void smaColumn(r.close, 20, out)),
  'SMA(20) streaming': () => series(new Sma(20)),
  'SMA(20) @ixjb94': () => ixjb94((library, l) => library.sma(l.close, 20)),
  'SMA(20) technicalindicators': () =>
    listing(FEWER, (l) => theirs.SMA.calculate({ period: 20, values: l.close }), plain),
  'SMA(20) nextValue': () => next(new theirs.SMA({ period: 20, values: none }), closeAt),
  'EMA(20) column': () => column((r, out) => void emaColumn(r.close, 20, out)),
  'EMA(20) streaming': () => series(new Ema(20)),
  'EMA(20) @ixjb94': () => ixjb94((library, l) => library.ema(l.close, 20)),
  'EMA(20) technicalindicators': () =>
    listing(FEWER, (l) => theirs.EMA.calculate({ period: 20, values: l.close }), plain),
  'EMA(20) nextValue': () => next(new theirs.EMA({ period: 20, values: none }), closeAt),
  'RSI(14) column': () => column((r, out) => void rsiColumn(r.close, 14, out)),
  'RSI(14) streaming': () => series(new Rsi(14)),
  'RSI(14) @ixjb94': () => ixjb94((library, l) => library.rsi(l.close, 14)),
  'RSI(14) technicalindicators': () =>
    listing(FEWER, (l) => theirs.RSI.calculate({ period: 14, values: l.close }), plain),
  'RSI(14) nextValue': () => next(new theirs.RSI({ period: 14, values: none }), closeAt),
  'ATR(14) column': () => column((r, out) => void atrColumn(r, 14, out)),
  'ATR(14) streaming': () => ofBars(new Atr(14)),
  'ATR(14) @ixjb94': () => ixjb94((library, l) => library.atr(l.high, l.low, l.close, 14)),
  'ATR(14) technicalindicators': () => listing(FEWER, (l) => theirs.ATR.calculate({ ...l, period: 14 }), plain),
  'ATR(14) nextValue': () => next(new theirs.ATR({ period: 14, high: none, low: none, close: none }), barAt),
  'Bollinger(20, 2) column': () => {
    const [middle, lower] = [new Float64Array(BARS), new Float64Array(BARS)];
    const options = { period: 20, multiplier: 2 };
    return column((r, out) => {
      const size = out.length;
      bollingerColumns(r.close, options, {
        middle: middle.subarray(0, size),
        upper: out,
        lower: lower.subarray(0, size),
      });
    });
  },
  'Bollinger(20, 2) streaming': () => {
    const { close } = bars;
    const bands = new Bollinger({ period: 20, multiplier: 2 });
    return stream((i) => {
      bands.add(close[i] as number);
      return bands.upper;
    });
  },
  'Bollinger(20, 2) @ixjb94': () => {
    const library = new IndicatorsSync();
    return listing(
      BARS,
      (l) => library.bbands(l.close, 20, 2),
      (found) => found[2] ?? [],
    );
  },
  'Bollinger(20, 2) technicalindicators': () =>
    listing(
      FEWER,
      (l) => theirs.BollingerBands.calculate({ period: 20, stdDev: 2, values: l.close }),
      (found) => found.map((b) => b.upper),
    ),
  'Bollinger(20, 2) nextValue': () => {
    const bands = new theirs.BollingerBands({ period: 20, stdDev: 2, values: none });
    return next({ nextValue: (x: number) => (bands.nextValue(x) as { upper: number } | undefined)?.upper }, closeAt);
  },
  'VWAP daily column': () => column((r, out) => void vwapColumn(r, startsOf(out.length), out)),
  'VWAP daily streaming': sessionVwap,
  'VWAP daily technicalindicators': dailyVwap,
  'VWAP daily nextValue': () => {
    const fresh = (): theirs.VWAP => new theirs.VWAP({ high: none, low: none, close: none, volume: none });
    let vwap = fresh();
    return next(
      {
        nextValue: (i: number) => {
          if (i % PER_SESSION === 0) vwap = fresh();
          return vwap.nextValue(barAt(i) as Parameters<theirs.VWAP['nextValue']>[0]);
        },
      },
      (i) => i,
    );
  },
  'max(50) and min(50) column': () => {
    const [max, min] = [new Float64Array(BARS), new Float64Array(BARS)];
    const { close } = bars;
    return {
      bars: BARS,
      run: (from, to) =>
        void rollingExtremesColumns(close.subarray(from, to), 50, {
          max: max.subarray(from, to),
          min: min.subarray(from, to),
        }),
      last: (k) => (max[BARS - 1 - k] as number) + (min[BARS - 1 - k] as number),
    };
  },
  'max(50) and min(50) streaming': extremes,
  'max(50) and min(50) @ixjb94': () => {
    const library = new IndicatorsSync();
    return listing(
      BARS,
      (l) => [library.max(l.close, 50), library.min(l.close, 50)] as const,
      ([max, min]) => max.map((x, i) => x + (min[i] ?? Number.NaN)),
    );
  },
  'max(50) and min(50) technicalindicators': () =>
    listing(
      FEWER,
      (l) => [theirs.highest({ values: l.close, period: 50 }), theirs.lowest({ values: l.close, period: 50 })] as const,
      ([max, min]) => max.map((x, i) => x + (min[i] ?? Number.NaN)),
    ),
  'stdev(20) streaming': () => series(new RollingStdev(20)),
  'stdev(20) nextValue': () => next(new theirs.SD({ period: 20, values: none }), closeAt),
};

function made({ bars: rows, run, last }: Work): Contestant {
  for (let i = 0; i < (rows === BARS ? WARM_UPS : WARM_UPS / 10); i++) {
    const from = (i * 997) % (rows - SLICE);
    run(from, from + SLICE);
  }
  return ofWhole(
    () => run(0, rows),
    rows,
    () => Array.from({ length: SAMPLES }, (_, n) => last(n * SAMPLE_STEP)),
  );
}

serve(Object.fromEntries(Object.entries(WORKS).map(([name, make]) => [name, () => made(make())])));
