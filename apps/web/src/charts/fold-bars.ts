import type { BarsPayload } from '@sos/contracts';

const IST_OFFSET_SECONDS = 19_800;

/** One candle of a timeframe; `time` is its opening second shifted to IST digits, because the chart library draws UTC only. Null = unknown. */
export interface Candle {
  readonly time: number;
  readonly open: number | null;
  readonly high: number | null;
  readonly low: number | null;
  readonly close: number | null;
  readonly volume: number | null;
  readonly openInterest: number | null;
}

/** Chart time of the candle that holds an instant: one exactly at a close belongs to the next candle's open. */
export function candleAt(at: number, minutes: number): number {
  const ist = Math.floor(at / 1000) + IST_OFFSET_SECONDS;
  return Math.floor(ist / (minutes * 60)) * minutes * 60;
}

const larger = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);
const smaller = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);
const sum = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

/**
 * Bars (or quotes) of one minute as candles of 1, 3, 5 or 15 minutes. A row belongs to the candle in which its minute began; a minute without a row adds nothing, a
 * value that is not known stays unknown.
 */
export function foldBars(bars: BarsPayload, minutes: number): Candle[] {
  const out: Candle[] = [];
  bars.time.forEach((close, i) => {
    const [o, h, l, c] = [bars.open[i] ?? null, bars.high[i] ?? null, bars.low[i] ?? null, bars.close[i] ?? null];
    const [volume, openInterest] = [bars.volume[i] ?? null, bars.openInterest[i] ?? null];
    const time = candleAt(close - 1, minutes);
    const before = out.at(-1);
    if (before === undefined || before.time !== time) {
      out.push({ time, open: o, high: h, low: l, close: c, volume, openInterest });
      return;
    }
    out[out.length - 1] = {
      time,
      open: before.open ?? o,
      high: larger(before.high, h),
      low: smaller(before.low, l),
      close: c ?? before.close,
      volume: sum(before.volume, volume),
      openInterest: openInterest ?? before.openInterest,
    };
  });
  return out;
}

/** Candles on a common axis of times: what is missing becomes a gap, so that charts side by side share every position. */
export function onAxis(candles: readonly Candle[], axis: readonly number[]): Candle[] {
  const known = new Map(candles.map((c) => [c.time, c]));
  const gap = { open: null, high: null, low: null, close: null, volume: null, openInterest: null };
  return axis.map((time) => known.get(time) ?? { time, ...gap });
}

/** All times of several series, ascending. */
export function axisOf(...series: readonly (readonly Candle[])[]): number[] {
  return [...new Set(series.flatMap((candles) => candles.map((c) => c.time)))].sort((a, b) => a - b);
}

/** Minutes per candle that can be chosen. */
export const TIMEFRAMES = [1, 3, 5, 15] as const;
