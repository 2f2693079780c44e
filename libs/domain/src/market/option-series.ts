import type { OptionContract } from './contract.js';
import type { SeriesSource } from './series-source.js';

/**
 * What is known of one option through one session, oldest first. Two kinds of row:
 * - `bars`: one-minute bars; `openTime` is the bar's start, `time` its close.
 * - `quotes`: point quotes (chain snapshots); open = high = low = close = last price and `openTime` = `time`.
 *
 * Times are epoch ms. `availableAt` ≥ `time`: no decision before it may use the row. Prices float rupees, sizes and open interest in units,
 * `volume` in units traded within the row; NaN = unknown. Rows are absent where nothing is known: a missing minute is never filled in.
 */
export interface OptionSeries {
  readonly contract: OptionContract;
  readonly kind: 'bars' | 'quotes';
  readonly source: SeriesSource;
  readonly length: number;
  readonly openTime: Float64Array;
  readonly time: Float64Array;
  readonly availableAt: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidQty: Float64Array;
  readonly askQty: Float64Array;
  readonly volume: Float64Array;
  readonly openInterest: Float64Array;
}
