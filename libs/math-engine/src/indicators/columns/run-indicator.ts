import { AppError } from '@sos/domain';
import type { BarIndicator, Indicator } from '../indicator.js';

/** The columns of bars that bar indicators read; prices in rupees, volume in units. */
export interface BarInput {
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/** Refuses columns of unequal length. @throws SOS_INPUT */
export function checkColumns(first: Float64Array, ...others: readonly Float64Array[]): void {
  for (const other of others)
    if (other.length !== first.length)
      throw new AppError('SOS_INPUT', `expected columns of ${first.length} rows, found one of ${other.length}`);
}

/** Feeds a whole column to an indicator and writes its value after each row into `out` (returned). @throws SOS_INPUT for columns of unequal length */
export function runIndicator(indicator: Indicator, input: Float64Array, out: Float64Array): Float64Array {
  checkColumns(input, out);
  for (let i = 0; i < input.length; i++) {
    indicator.add(input[i] as number);
    out[i] = indicator.value;
  }
  return out;
}

/** Feeds whole bars to a bar indicator and writes its value after each row into `out` (returned). @throws SOS_INPUT for columns of unequal length */
export function runBarIndicator(indicator: BarIndicator, bars: BarInput, out: Float64Array): Float64Array {
  const { high, low, close, volume } = bars;
  checkColumns(high, low, close, volume, out);
  for (let i = 0; i < high.length; i++) {
    indicator.add(high[i] as number, low[i] as number, close[i] as number, volume[i] as number);
    out[i] = indicator.value;
  }
  return out;
}
