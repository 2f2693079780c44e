import { assertNever } from '@sos/domain';
import type { GraphNode } from '../graph/graph-node.js';
import type { SamplePath } from './sample-path.js';

type StatefulNode = Extract<GraphNode, { kind: 'stateful' }>;
type Fold = (window: Float64Array) => number;

const sum: Fold = (window) => window.reduce((total, x) => total + x, 0);
const mean: Fold = (window) => sum(window) / window.length;

function deviation(window: Float64Array, less: number): number {
  const middle = mean(window);
  return Math.sqrt(window.reduce((total, x) => total + (x - middle) ** 2, 0) / (window.length - less));
}

function weighted(window: Float64Array): number {
  const n = window.length;
  return window.reduce((total, x, i) => total + x * (i + 1), 0) / ((n * (n + 1)) / 2);
}

/** Folds the last `length` values; unknown before there are so many, of one session only when `path` is given. */
function rolling(
  series: Float64Array,
  length: number,
  { fold, path }: { fold: Fold; path?: SamplePath },
): Float64Array {
  return series.map((_, i) => {
    const from = i - length + 1;
    if (from < 0 || (path !== undefined && path.session[from] !== path.session[i])) return Number.NaN;
    return fold(series.subarray(from, i + 1));
  });
}

function shifted(series: Float64Array, by: number, path: SamplePath | null): Float64Array {
  return series.map((_, i) => {
    const from = i - by;
    const isThere = from >= 0 && (path === null || path.session[from] === path.session[i]);
    return isThere ? (series[from] as number) : Number.NaN;
  });
}

function smoothed(series: Float64Array, share: number): Float64Array {
  let level = Number.NaN;
  return series.map((x) => {
    level = Number.isNaN(level) ? x : Number.isNaN(x) ? level : level + share * (x - level);
    return level;
  });
}

function strength(series: Float64Array, length: number): Float64Array {
  const change = series.map((x, i) => (i === 0 ? 0 : x - (series[i - 1] as number)));
  const up = smoothed(
    change.map((x) => Math.max(x, 0)),
    1 / length,
  );
  const down = smoothed(
    change.map((x) => Math.max(-x, 0)),
    1 / length,
  );
  return up.map((x, i) => (i < length ? Number.NaN : (100 * x) / (x + (down[i] as number))));
}

function trueRange([high, low, close]: readonly Float64Array[]): Float64Array {
  return (high as Float64Array).map((top, i) => {
    const before = i === 0 ? top : ((close as Float64Array)[i - 1] as number);
    return Math.max(top, before) - Math.min((low as Float64Array)[i] as number, before);
  });
}

function weightedPrice([high, low, close, volume]: readonly Float64Array[], path: SamplePath): Float64Array {
  let [money, units] = [0, 0];
  return (close as Float64Array).map((last, i) => {
    if (i === 0 || path.session[i] !== path.session[i - 1]) [money, units] = [0, 0];
    const traded = (volume as Float64Array)[i] as number;
    money += ((((high as Float64Array)[i] as number) + ((low as Float64Array)[i] as number) + last) / 3) * traded;
    units += traded;
    return money / units;
  });
}

function opening(
  args: readonly Float64Array[],
  length: number,
  { path, pick }: { path: SamplePath; pick: -1 | 1 },
): Float64Array {
  const [field, minutes] = args as [Float64Array, Float64Array];
  let level = Number.NaN;
  return field.map((x, i) => {
    if (i === 0 || path.session[i] !== path.session[i - 1]) level = x;
    else if ((minutes[i] as number) <= length) level = pick > 0 ? Math.max(level, x) : Math.min(level, x);
    return (minutes[i] as number) < length ? Number.NaN : level;
  });
}

/** Values of one expression with memory on the sample bars. */
export function sampleState(
  { state, length }: StatefulNode,
  args: readonly Float64Array[],
  path: SamplePath,
): Float64Array {
  const series = args[0] as Float64Array;
  switch (state) {
    case 'sma':
      return rolling(series, length, { fold: mean });
    case 'wma':
      return rolling(series, length, { fold: weighted });
    case 'stdev':
      return rolling(series, length, { fold: (window) => deviation(window, 1) });
    case 'bandwidth':
      return rolling(series, length, { fold: (window) => deviation(window, 0) });
    case 'highest':
      return rolling(series, length, { fold: (window) => Math.max(...window), path });
    case 'lowest':
      return rolling(series, length, { fold: (window) => Math.min(...window), path });
    case 'ema':
      return smoothed(series, 2 / (length + 1));
    case 'rsi':
      return strength(series, length);
    case 'atr':
      return smoothed(trueRange(args), 1 / length);
    case 'prev':
      return shifted(series, length, path);
    case 'lag':
      return shifted(series, length, null);
    case 'vwap':
      return weightedPrice(args, path);
    case 'openingHigh':
      return opening(args, length, { path, pick: 1 });
    case 'openingLow':
      return opening(args, length, { path, pick: -1 });
    case 'rvol':
      return series.map((volume, i) => 0.3 + volume / 200_000 + (i % 50) / 40);
    default:
      return assertNever(state);
  }
}
