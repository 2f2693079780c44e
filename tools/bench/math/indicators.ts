// Indicators: ns per bar, whole columns and one bar at a time, beside technicalindicators on the same bars.
import { spawnSync } from 'node:child_process';
import { fileURLToPath, pathToFileURL } from 'node:url';
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
  rollingMaxColumn,
  rollingMinColumn,
  rsiColumn,
  runIndicator,
  smaColumn,
  vwapColumn,
  type BarIndicator,
  type BarInput,
  type Indicator,
} from '@sos/math-engine';
import * as theirs from 'technicalindicators';
import { randomBars } from '../../../libs/math-engine/src/indicators/fixtures/random-bars.js';
import type { BenchRow } from '../bench-row.js';
import { nanosecondsPerCall, nanosecondsPerRow, printRows, rowOf, type Kernel, type Measured } from './measure.js';

const BARS = 1_000_000;
/** technicalindicators is slow enough to be measured on fewer. */
const FEWER = 100_000;

const bars = randomBars(BARS);
const few = {
  high: Array.from(bars.high.slice(0, FEWER)),
  low: Array.from(bars.low.slice(0, FEWER)),
  close: Array.from(bars.close.slice(0, FEWER)),
  volume: Array.from(bars.volume.slice(0, FEWER)),
};

function part(column: Float64Array, from: number, to: number): Float64Array {
  return column.subarray(from, to);
}

/** A column form as a kernel: views of the rows asked for. */
function columnKernel(form: (rows: BarInput, out: Float64Array) => void): Kernel {
  const out = new Float64Array(BARS);
  return (from, to) => {
    const { high, low, close, volume } = bars;
    const rows = {
      high: part(high, from, to),
      low: part(low, from, to),
      close: part(close, from, to),
      volume: part(volume, from, to),
    };
    form(rows, part(out, from, to));
    return out[to - 1] as number;
  };
}

/** One indicator per kernel, made inside: the loop sees one class only. */
function seriesKernel(make: () => Indicator): Kernel {
  const { close } = bars;
  const indicator = make();
  return (from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++) {
      indicator.add(close[i] as number);
      sum += indicator.value;
    }
    return sum;
  };
}

function barKernel(make: () => BarIndicator): Kernel {
  const { high, low, close, volume } = bars;
  const indicator = make();
  return (from, to) => {
    let sum = 0;
    for (let i = from; i < to; i++) {
      indicator.add(high[i] as number, low[i] as number, close[i] as number, volume[i] as number);
      sum += indicator.value;
    }
    return sum;
  };
}

interface Contest {
  readonly name: string;
  readonly column: Kernel;
  readonly stream: Kernel;
  readonly other: (() => unknown) | null;
}

function contests(): Contest[] {
  const { high, low, close } = few;
  const second = new Float64Array(BARS);
  const third = new Float64Array(BARS);
  return [
    {
      name: 'SMA(20)',
      column: columnKernel((r, out) => smaColumn(r.close, 20, out)),
      stream: seriesKernel(() => new Sma(20)),
      other: () => theirs.SMA.calculate({ period: 20, values: close }),
    },
    {
      name: 'EMA(20)',
      column: columnKernel((r, out) => emaColumn(r.close, 20, out)),
      stream: seriesKernel(() => new Ema(20)),
      other: () => theirs.EMA.calculate({ period: 20, values: close }),
    },
    {
      name: 'RSI(14)',
      column: columnKernel((r, out) => rsiColumn(r.close, 14, out)),
      stream: seriesKernel(() => new Rsi(14)),
      other: () => theirs.RSI.calculate({ period: 14, values: close }),
    },
    {
      name: 'ATR(14)',
      column: columnKernel((r, out) => atrColumn(r, 14, out)),
      stream: barKernel(() => new Atr(14)),
      other: () => theirs.ATR.calculate({ period: 14, high, low, close }),
    },
    {
      name: 'Bollinger(20, 2)',
      column: columnKernel((r, out) => {
        const bands = { middle: out, upper: part(second, 0, out.length), lower: part(third, 0, out.length) };
        bollingerColumns(r.close, { period: 20, multiplier: 2 }, bands);
      }),
      stream: seriesKernel(() => new Bollinger({ period: 20, multiplier: 2 })),
      other: () => theirs.BollingerBands.calculate({ period: 20, stdDev: 2, values: close }),
    },
    {
      name: 'VWAP',
      column: columnKernel((r, out) => vwapColumn(r, [], out)),
      stream: barKernel(() => new SessionVwap()),
      other: () => theirs.VWAP.calculate(few),
    },
    {
      name: 'max(50)',
      column: columnKernel((r, out) => rollingMaxColumn(r.close, 50, out)),
      stream: seriesKernel(() => new RollingMax(50)),
      other: null,
    },
    {
      name: 'min(50)',
      column: columnKernel((r, out) => rollingMinColumn(r.close, 50, out)),
      stream: seriesKernel(() => new RollingMin(50)),
      other: null,
    },
    {
      name: 'stdev(20)',
      column: columnKernel((r, out) => void runIndicator(new RollingStdev(20), r.close, out)),
      stream: seriesKernel(() => new RollingStdev(20)),
      other: () => theirs.SD.calculate({ period: 20, values: close }),
    },
  ];
}

function rowsOf({ name, column, stream, other }: Contest): BenchRow[] {
  const found: Measured | null = other === null ? null : nanosecondsPerCall(other, FEWER, 5);
  const beside = found === null ? undefined : { name: 'technicalindicators', found };
  const goal = beside === undefined ? {} : { goal: '>= 7x' };
  return [
    rowOf({ name: `${name}, column`, unit: 'ns/bar', ...goal }, nanosecondsPerRow(column, BARS, 9), beside),
    rowOf({ name: `${name}, streaming`, unit: 'ns/bar' }, nanosecondsPerRow(stream, BARS, 9), beside),
  ];
}

const NAMES = [
  'SMA(20)',
  'EMA(20)',
  'RSI(14)',
  'ATR(14)',
  'Bollinger(20, 2)',
  'VWAP',
  'max(50)',
  'min(50)',
  'stdev(20)',
];

/** Each contest in a process of its own: in one isolate the loops would meet several classes and be compiled for all of them. */
function measureApart(name: string): BenchRow[] {
  const file = fileURLToPath(import.meta.url);
  const args = ['--conditions=@sos/source', '--import', 'tsx', file, name];
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.status !== 0) throw new Error(`expected figures of ${name}, found exit code ${done.status}`);
  return JSON.parse(done.stdout) as BenchRow[];
}

/** Rows for `docs/benchmarks.md`. */
export async function run(): Promise<BenchRow[]> {
  return NAMES.flatMap(measureApart);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const contest = contests().find((c) => c.name === process.argv[2]);
  if (contest === undefined) printRows(await run());
  else process.stdout.write(JSON.stringify(rowsOf(contest)));
}
