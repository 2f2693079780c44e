import { checkPeriod } from '../check-period.js';
import { checkColumns } from './run-indicator.js';

/**
 * `RollingMax` over a whole column into `out` (returned), by van Herk's blocks: about three comparisons per row whatever the period; NaN where the window is not full of
 * present values. @throws SOS_INPUT for a bad period or columns of unequal length
 */
export function rollingMaxColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('rollingMaxColumn period', period);
  checkColumns(input, out);
  const length = input.length;
  const tail = new Float64Array(period + 1).fill(Number.NaN);
  // Beyond the end of the block before there is nothing to add.
  tail[period] = Number.NEGATIVE_INFINITY;
  for (let block = 0; block < length; block += period) {
    const end = Math.min(block + period, length);
    let head = Number.NEGATIVE_INFINITY;
    for (let i = block, k = 1; i < end; i++, k++) {
      // Math.max hands a missing value on to every window that contains it, and to no other.
      head = Math.max(head, input[i] as number);
      out[i] = Math.max(head, tail[k] as number);
    }
    let highest = Number.NEGATIVE_INFINITY;
    for (let i = end - 1, k = end - 1 - block; k >= 0; i--, k--) {
      highest = Math.max(highest, input[i] as number);
      tail[k] = highest;
    }
  }
  return out;
}
