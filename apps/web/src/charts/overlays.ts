import { emaColumn, vwapColumn } from '@sos/math-engine';
import type { Candle } from './fold-bars.js';

/** A line over the candles; values in the order of the candles, NaN = unknown. */
export interface Overlay {
  readonly name: string;
  readonly colour: 'vwap' | 'fast' | 'slow';
  readonly values: Float64Array;
}

const FAST = 9;
const SLOW = 21;

const column = (candles: readonly Candle[], of: (candle: Candle) => number | null): Float64Array =>
  Float64Array.from(candles, (candle) => of(candle) ?? Number.NaN);

/** Session VWAP (where volume is known) and two exponential averages of the close, by math-engine. */
export function overlaysOf(candles: readonly Candle[]): Overlay[] {
  const close = column(candles, (c) => c.close);
  const bars = {
    high: column(candles, (c) => c.high),
    low: column(candles, (c) => c.low),
    close,
    volume: column(candles, (c) => c.volume),
  };
  const out = (): Float64Array => new Float64Array(candles.length);
  const lines: Overlay[] = [
    { name: `EMA ${FAST}`, colour: 'fast', values: emaColumn(close, FAST, out()) },
    { name: `EMA ${SLOW}`, colour: 'slow', values: emaColumn(close, SLOW, out()) },
  ];
  if (bars.volume.some((x) => x > 0))
    lines.unshift({ name: 'VWAP', colour: 'vwap', values: vwapColumn(bars, [], out()) });
  return lines;
}
