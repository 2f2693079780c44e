/** Plausible bars of an index with everything that a gate may read of the market, made once and the same on every machine. */
export interface SamplePath {
  readonly length: number;
  /** Session of each bar, from 0. */
  readonly session: Int32Array;
  readonly columns: ReadonlyMap<string, Float64Array>;
}

const SESSIONS = 6;
const BARS = 375;
const START = 25_000;
const GAPS = [0, 0.006, -0.006, 0.001, -0.012, 0.012];

/** Numbers in [0, 1) from a seed, the same on every machine (mulberry32). */
function randomNumbers(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const CHAIN: Readonly<Record<string, (bar: number, random: () => number) => number>> = {
  'chain.smartTrend': (i) => Math.floor(i / 40) % 5,
  'chain.regime': (i) => Math.floor(i / 40) % 7,
  'chain.score': (i) => Math.sin(i / 60),
  'chain.pcr': (i) => Math.exp(3 * Math.sin(i / 90)),
  'chain.pcrVelocity': (_, random) => 0.4 * (random() - 0.5),
  'chain.ceOi': (_, random) => 1e7 * (1 + 20 * random()),
  'chain.peOi': (_, random) => 1e7 * (1 + 20 * random()),
  'chain.ceOiChange': (_, random) => 4e6 * (random() - 0.5),
  'chain.peOiChange': (_, random) => 4e6 * (random() - 0.5),
  'chain.straddle': (_, random) => 30 + 800 * random(),
  'chain.ageMinutes': (_, random) => 10 * random(),
  'deltaVolume.net': (_, random) => 40 * (random() - 0.5),
  'deltaVolume.signal': (i) => Math.floor(i / 7) % 3,
  'deltaVolume.coveringCalls': (_, random) => Math.floor(6 * random()),
  'deltaVolume.coveringPuts': (_, random) => Math.floor(6 * random()),
  'deltaVolume.writingCalls': (_, random) => Math.floor(6 * random()),
  'deltaVolume.writingPuts': (_, random) => Math.floor(6 * random()),
  'breadth.ratio': (_, random) => Math.exp(4 * (random() - 0.5)),
};

type Columns = Record<'open' | 'high' | 'low' | 'close' | 'volume', Float64Array>;

function drawBar(columns: Columns, i: number, draw: { price: number; random: () => number }): number {
  const { random } = draw;
  // Calm and wild stretches, short trends, and now and then one bar many times the others.
  const wild = (i % 97 < 60 ? 0.6 : 2.2) * (random() < 0.03 ? 5 : 1);
  const drift = Math.sin(i / 45) * 2.2;
  const move = wild * (drift + 14 * (random() + random() - 1));
  const close = draw.price + move;
  columns.open[i] = draw.price;
  columns.close[i] = close;
  columns.high[i] = Math.max(draw.price, close) + wild * 9 * random() ** 2;
  columns.low[i] = Math.min(draw.price, close) - wild * 9 * random() ** 2;
  columns.volume[i] = Math.round((40_000 + 120_000 * random()) * (random() < 0.06 ? 6 : 1) * (1 + wild / 2));
  return close;
}

function sessionWords(path: { columns: Map<string, Float64Array>; bars: Columns }, length: number): void {
  const { columns, bars } = path;
  const word = (name: string): Float64Array => {
    const column = new Float64Array(length);
    columns.set(name, column);
    return column;
  };
  const [open, high, low] = [word('session.open'), word('session.high'), word('session.low')];
  const [time, minutes, left] = [word('time'), word('session.minutes'), word('session.minutesLeft')];
  const [count, previous] = [word('session.bar'), word('session.previousClose')];
  for (let i = 0; i < length; i++) {
    const n = i % BARS;
    const isFirst = n === 0;
    open[i] = isFirst ? (bars.open[i] as number) : (open[i - 1] as number);
    high[i] = isFirst ? (bars.high[i] as number) : Math.max(high[i - 1] as number, bars.high[i] as number);
    low[i] = isFirst ? (bars.low[i] as number) : Math.min(low[i - 1] as number, bars.low[i] as number);
    [time[i], minutes[i], left[i], count[i]] = [556 + n, n + 1, BARS - n - 1, n + 1];
    previous[i] = i < BARS ? START : (bars.close[i - n - 1] as number);
  }
}

function chainWords(columns: Map<string, Float64Array>, close: Float64Array, random: () => number): void {
  for (const [name, draw] of Object.entries(CHAIN))
    columns.set(
      name,
      close.map((_, i) => draw(i, random)),
    );
  const around = (points: number): Float64Array =>
    close.map((price) => Math.round((price + points) / 50) * 50 + 50 * Math.floor(3 * random()));
  columns.set(
    'chain.forward',
    close.map((price) => price + 25 * random()),
  );
  columns.set('chain.atm', around(-50));
  columns.set('chain.wallAbove', around(100));
  columns.set('chain.wallBelow', around(-300));
  columns.set('chain.maxPain', around(-100));
}

function makePath(): SamplePath {
  const random = randomNumbers(20_260_112);
  const length = SESSIONS * BARS;
  const make = (): Float64Array => new Float64Array(length);
  const bars: Columns = { open: make(), high: make(), low: make(), close: make(), volume: make() };
  let price = START;
  for (let i = 0; i < length; i++) {
    if (i % BARS === 0) price *= 1 + (GAPS[i / BARS] ?? 0);
    price = drawBar(bars, i, { price, random });
  }
  const columns = new Map<string, Float64Array>(Object.entries(bars));
  sessionWords({ columns, bars }, length);
  chainWords(columns, bars.close, random);
  return { length, session: Int32Array.from({ length }, (_, i) => Math.floor(i / BARS)), columns };
}

let made: SamplePath | null = null;

/** Six plausible sessions around NIFTY 25,000: calm and wild, with gaps both ways. Made for judging bounds, not for trading. */
export function samplePath(): SamplePath {
  made ??= makePath();
  return made;
}
