/**
 * One-minute bars as columns; row `i` is one bar. All columns have `length` rows.
 * `time` is the bar's CLOSE in epoch ms; prices are float rupees; `volume` and `openInterest` are units, NaN = unknown.
 */
export interface BarColumns {
  readonly length: number;
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
}

/** Columns for `length` bars: times 0, every price, volume and open interest unknown (NaN). */
export function makeBarColumns(length: number): BarColumns {
  const unknown = (): Float64Array => new Float64Array(length).fill(Number.NaN);
  return {
    length,
    time: new Float64Array(length),
    open: unknown(),
    high: unknown(),
    low: unknown(),
    close: unknown(),
    volume: unknown(),
    openInterest: unknown(),
  };
}

/** A view of rows `from` (inclusive) to `to` (exclusive); shares memory with its parent. */
export function sliceBars(bars: BarColumns, from: number, to: number): BarColumns {
  return {
    length: to - from,
    time: bars.time.subarray(from, to),
    open: bars.open.subarray(from, to),
    high: bars.high.subarray(from, to),
    low: bars.low.subarray(from, to),
    close: bars.close.subarray(from, to),
    volume: bars.volume.subarray(from, to),
    openInterest: bars.openInterest.subarray(from, to),
  };
}
