import { checkPeriod } from '../check-period.js';
import { rollingExtreme } from './rolling-extreme-column.js';
import { checkColumns } from './run-indicator.js';

/**
 * `RollingMax` over a whole column into `out` (returned), by van Herk's blocks: about three comparisons per row whatever the period; NaN where the window is not full of
 * present values. `rollingExtremesColumns` gives the minimum too for less than two calls. @throws SOS_INPUT for a bad period or columns of unequal length
 */
export function rollingMaxColumn(input: Float64Array, period: number, out: Float64Array): Float64Array {
  checkPeriod('rollingMaxColumn period', period);
  checkColumns(input, out);
  return rollingExtreme(input, out, { period, extreme: 1 });
}
