import type { BarColumns } from '@sos/domain';

/** How the one-minute returns of an index behave over many sessions. Deviations in basis points. */
export interface ReturnStatistics {
  readonly sessions: number;
  /** Root mean square of the sessions' deviations (square root of the sum of squared minute returns), their median, and spread of its logarithm. */
  readonly sessionDeviation: number;
  readonly medianSessionDeviation: number;
  readonly logSpread: number;
  readonly openToClose: number;
  readonly gap: number;
  /** Kurtosis of all minute returns, without each first minute, and of returns freed of the day's and the minute's usual size (normal = 3). */
  readonly kurtosis: number;
  readonly kurtosisAfterOpen: number;
  readonly kurtosisFreed: number;
  /** Autocorrelation of returns at lag 1, of absolute returns and of freed absolute returns at LAGS. */
  readonly echo: number;
  readonly absolute: readonly number[];
  readonly absoluteFreed: readonly number[];
  /** Mean absolute return in each of SEGMENTS relative to the mean of the session. */
  readonly shape: readonly number[];
  /** Mean range of a bar over mean |close - open|. */
  readonly range: number;
}

export const LAGS = [1, 5, 10, 30, 60] as const;
/** Minutes after the open, from and to (exclusive). */
export const SEGMENTS = [
  [0, 1],
  [1, 5],
  [5, 15],
  [15, 60],
  [60, 120],
  [120, 210],
  [210, 300],
  [300, 345],
  [345, 375],
] as const;

const BASIS_POINTS = 1e4;

const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
const rootMeanSquare = (x: readonly number[]): number => Math.sqrt(mean(x.map((v) => v * v)));
const median = (x: readonly number[]): number => [...x].sort((a, b) => a - b)[x.length >> 1] ?? Number.NaN;

function deviation(x: readonly number[]): number {
  const m = mean(x);
  return rootMeanSquare(x.map((v) => v - m));
}

function kurtosisOf(x: readonly number[]): number {
  const m = mean(x);
  const variance = mean(x.map((v) => (v - m) ** 2));
  return mean(x.map((v) => (v - m) ** 4)) / variance ** 2;
}

/** Autocorrelation within sessions at a lag. */
function autocorrelation(sessions: readonly (readonly number[])[], lag: number): number {
  const all = sessions.flat();
  const m = mean(all);
  const variance = mean(all.map((v) => (v - m) ** 2));
  let [sum, count] = [0, 0];
  for (const s of sessions)
    for (let i = lag; i < s.length; i++, count++) sum += ((s[i] as number) - m) * ((s[i - lag] as number) - m);
  return sum / count / variance;
}

function returnsOf(bars: BarColumns): number[] {
  let last = bars.open[0] as number;
  return Array.from(bars.close, (close) => {
    const r = Math.log(close / last);
    last = close;
    return r;
  });
}

/** Measures sessions of equal length, oldest first, consecutive as far as gaps are concerned. Only the first `minutes` bars of each count. */
export function returnStatistics(days: readonly BarColumns[], minutes = 375): ReturnStatistics {
  const sessions = days.map((bars) => returnsOf(bars).slice(0, minutes));
  const usual = Array.from({ length: minutes }, (_, i) => mean(sessions.map((s) => Math.abs(s[i] as number))));
  const freed = sessions.map((s) => {
    const sizes = s.map((r, i) => r / (usual[i] as number));
    const level = mean(sizes.map(Math.abs));
    return sizes.map((x) => x / level);
  });
  const deviations = sessions.map((s) => Math.sqrt(s.reduce((sum, r) => sum + r * r, 0)) * BASIS_POINTS);
  const first = days.map((d) => d.open[0] as number);
  const last = days.map((d) => d.close[d.length - 1] as number);
  const gaps = first.slice(1).map((open, i) => Math.log(open / (last[i] as number)) * BASIS_POINTS);
  const average = mean(usual);
  const bars = days.flatMap((d) =>
    Array.from(d.open, (open, i) => [d.high[i], d.low[i], open, d.close[i]] as number[]),
  );
  return {
    sessions: days.length,
    sessionDeviation: rootMeanSquare(deviations),
    medianSessionDeviation: median(deviations),
    logSpread: deviation(deviations.map(Math.log)),
    openToClose: deviation(first.map((open, i) => Math.log((last[i] as number) / open) * BASIS_POINTS)),
    gap: deviation(gaps),
    kurtosis: kurtosisOf(sessions.flat()),
    kurtosisAfterOpen: kurtosisOf(sessions.flatMap((s) => s.slice(1))),
    kurtosisFreed: kurtosisOf(freed.flat()),
    echo: autocorrelation(sessions, 1),
    absolute: LAGS.map((lag) =>
      autocorrelation(
        sessions.map((s) => s.map(Math.abs)),
        lag,
      ),
    ),
    absoluteFreed: LAGS.map((lag) =>
      autocorrelation(
        freed.map((s) => s.map(Math.abs)),
        lag,
      ),
    ),
    shape: SEGMENTS.map(([from, to]) => mean(usual.slice(from, to)) / average),
    range:
      mean(bars.map(([high, low]) => (high as number) - (low as number))) /
      mean(bars.map(([, , open, close]) => Math.abs((close as number) - (open as number)))),
  };
}

/** Correlation of the one-minute returns of two indices over sessions of equal length, and the slope of the second on the first. */
export function minuteCorrelation(
  a: readonly BarColumns[],
  b: readonly BarColumns[],
): { correlation: number; slope: number } {
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((day, d) => {
    const x = returnsOf(day);
    const y = returnsOf(b[d] as BarColumns);
    x.forEach((r, i) => {
      ab += r * (y[i] as number);
      aa += r * r;
      bb += (y[i] as number) ** 2;
    });
  });
  return { correlation: ab / Math.sqrt(aa * bb), slope: ab / aa };
}
